"""Dispatch tables as people treat them: filled in, sorted, cut about, saved by other programmes."""

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from supervision.vocabulary import ItemKind, Light
from templates.workbooks.columns import COLUMNS, HIDDEN, OPEN_COLUMNS, REQUIRED
from templates.workbooks.table import HEADING_ROW
from templates.workbooks.unit_workbook import unit_workbook
from templates.workbooks.words import Line, TableWords, UnitWords, Value

HEADINGS = {column.key: column.heading for column in COLUMNS} | {name: name for name in HIDDEN}
HEADING = HEADING_ROW + 1  # as people count

Edit = Callable[[Worksheet], None]


def a_line(number: str = "T01", *, kind: ItemKind = ItemKind.TASK, **cells: Value) -> Line:
    """Return a line of a table; an item says what it is told, under the keys of its columns."""
    open_keys = {column.key for column in OPEN_COLUMNS}
    facts: dict[str, Value] = {"code": f"{number}\n附件2-1", "title": "一项任务", "light": "红"}
    return Line(
        id="00" * 16,
        revision=0,
        kind=kind,
        light=Light.RED,
        facts=facts | {key: value for key, value in cells.items() if key not in open_keys},
        said=dict.fromkeys(open_keys)
        | {key: value for key, value in cells.items() if key in open_keys},
    )


def a_unit_workbook(*lines: Line, text: str = "区财政局") -> bytes:
    """Return a unit's workbook of these lines; `text` stands wherever a text of its own may."""
    return unit_workbook(
        UnitWords(
            table=TableWords(title=text, subtitle=text, lines=lines),
            period="2024Q4",
            unit=text,
            token="token.signed",
            instructions=((text, text),),
        )
    )


def sheet_of(content: bytes, name: str = "填报") -> Worksheet:
    """Return a sheet as it stands, formulas as formulas."""
    return openpyxl.load_workbook(BytesIO(content))[name]


def column_of(sheet: Worksheet, key: str) -> int:
    """Return the number of a column, by its heading."""
    wanted = (HEADINGS[key], HEADINGS[key].removesuffix(REQUIRED))
    return next(int(cell.column) for cell in sheet[HEADING] if cell.value in wanted)


def row_of(sheet: Worksheet, code: str) -> int:
    """Return the row of an item, by its code."""
    return next(
        int(cell.row)
        for cell in sheet["A"]
        if isinstance(cell.value, str) and cell.value.split("\n")[0] == code
    )


def address(content: bytes, code: str, key: str) -> str:
    """Return the address of an item's cell, such as I4."""
    sheet = sheet_of(content)
    return sheet.cell(row_of(sheet, code), column_of(sheet, key)).coordinate


def shown(content: bytes, code: str, key: str) -> Any:  # noqa: ANN401 - whatever the cell holds
    """Return what an item's cell holds."""
    return sheet_of(content)[address(content, code, key)].value


def book_of(content: bytes) -> Any:  # noqa: ANN401 - its properties have no published type
    """Return the whole workbook."""
    return openpyxl.load_workbook(BytesIO(content))


def edited(content: bytes, edit: Edit) -> bytes:
    """Return the workbook after somebody changed the sheet 填报 and saved it."""
    book = openpyxl.load_workbook(BytesIO(content))
    edit(book["填报"])
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """Return an open workbook as a file's bytes."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def filled(content: bytes, cells: Mapping[tuple[str, str], str | float | None]) -> bytes:
    """Return the workbook with these cells filled in: (item, column) to what is typed."""

    def fill(sheet: Worksheet) -> None:
        for (code, key), value in cells.items():
            sheet[sheet.cell(row_of(sheet, code), column_of(sheet, key)).coordinate] = value

    return edited(content, fill)


def rewritten(content: bytes, part: str, pattern: str, replacement: str) -> bytes:
    """Return the file with the text of one of its parts changed, as no programme would."""
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            inside = old.read(name)
            if name == part:
                text, times = re.subn(pattern, replacement, inside.decode())
                assert times, f"{pattern} is not in {part}"
                inside = text.encode()
            new.writestr(name, inside)
    return buffer.getvalue()
