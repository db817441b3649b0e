"""Old Excel workbooks (.xls) to blocks; runs confined, because its library cannot be bounded."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from supervision.errors import UnreadableDocumentError
from tasks_catalog.blocks import Aside, Document, Paragraph, Table
from tasks_catalog.readers.number_format import shown
from tasks_catalog.readers.sheet import Range, Sheet, as_asides, blocks_of

Value = float | str | bool | time | date | datetime | timedelta


def read(path: Path) -> Document:
    """Return the document; raises `UnreadableDocumentError` for a broken or locked file."""
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            doubts: list[Aside] = []
            sheets = [
                (_sheet(book.get_sheet_by_name(meta.name), doubts), meta.visible)
                for meta in book.sheets_metadata
            ]
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableDocumentError(
            f"“{path.name}”已损坏、设有密码，或不是 .xls 文件。",
            advice="请用 WPS 或 Excel 打开后另存为 .xlsx，再重试。",
        ) from error
    blocks: list[Paragraph | Table] = []
    asides: list[Aside] = []
    for sheet, visible in sheets:
        if visible is SheetVisibleEnum.Visible:
            blocks.extend(blocks_of(sheet))
        else:
            asides.extend(as_asides(sheet, "隐藏的工作表"))
        asides.extend(sheet.hidden)
    return Document(tuple(blocks), tuple(asides), tuple(doubts))


def _sheet(printed: CalamineSheet, doubts: list[Aside]) -> Sheet:
    sheet = Sheet(printed.name)
    for number, row in enumerate(printed.to_python(skip_empty_area=False), start=1):
        for column, value in enumerate(row, start=1):
            sheet.put(number, column, _text(value))
            if isinstance(value, date):
                doubts.append(
                    Aside(number, _text(value), "旧版表格的日期（看不出只写到月还是到日）")
                )
    for (top, left), (bottom, right) in printed.merged_cell_ranges or ():
        sheet.merged.append(Range(top + 1, left + 1, bottom + 1, right + 1))
    return sheet


def _text(value: Value) -> str:
    """Return a value as text; the library keeps no formats, so a date always has its day."""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float):
        return shown(value, "")
    return str(value)
