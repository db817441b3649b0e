"""A list of items as .xlsx, to filter and print; every text is written as a text."""

from io import BytesIO
from typing import Any

import xlsxwriter

from templates.lists.words import COLUMNS, LIGHT_COLUMN, ListLine, ListWords
from templates.workbooks.styles import OPTIONS, Styles, lay_out
from templates.workbooks.table import (
    FIRST_ROW,
    HEADING_ROW,
    SUBTITLE_ROW,
    TITLE_ROW,
    lines_of,
    write_merged,
    write_value,
)

LAST = len(COLUMNS) - 1
LINE_POINTS, TALLEST = 15.5, 409
FROZEN_COLUMNS = 3  # 序号、编号、任务/项目 stay in sight


def xlsx_list(words: ListWords) -> bytes:
    """Return the workbook: a title, what was asked for, headings, one row per item."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, dict(OPTIONS))
    sheet, styles = book.add_worksheet("清单"), Styles(book)
    write_merged(sheet, (TITLE_ROW, 0, LAST), words.title, styles.title)
    write_merged(sheet, (SUBTITLE_ROW, 0, LAST), words.subtitle, styles.subtitle)
    sheet.set_row(TITLE_ROW, 30)
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width)
        sheet.write_string(HEADING_ROW, number, column.heading, styles.heading)
    for row, line in enumerate(words.lines, start=FIRST_ROW):
        _write(sheet, row, line, styles)
    last_row = max(FIRST_ROW + len(words.lines) - 1, HEADING_ROW)
    sheet.freeze_panes(FIRST_ROW, FROZEN_COLUMNS)
    if words.lines:
        sheet.autofilter(HEADING_ROW, 0, last_row, LAST)
    lay_out(sheet, first_row=HEADING_ROW, last_row=last_row, last_column=LAST)
    book.close()
    return buffer.getvalue()


def _write(sheet: Any, row: int, line: ListLine, styles: Styles) -> None:  # noqa: ANN401 - xlsxwriter is untyped
    for number, value in enumerate(line.cells):
        style = styles.lights[line.light] if number == LIGHT_COLUMN else styles.locked
        write_value(sheet, row, number, value, style)
    texts = zip(line.cells, COLUMNS, strict=True)
    most = max(lines_of(str(value or ""), column.width) for value, column in texts)
    sheet.set_row(row, min(most * LINE_POINTS + 4, TALLEST))
