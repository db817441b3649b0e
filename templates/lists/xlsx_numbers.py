"""Tables of numbers as .xlsx, one sheet each, to reckon with and to print."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from templates.wording.statistics import NumbersWords
from templates.workbooks.styles import OPTIONS, Styles, lay_out
from templates.workbooks.table import FIRST_ROW, HEADING_ROW, SUBTITLE_ROW, TITLE_ROW, write_merged

ABOUT_WIDTH, NUMBER_WIDTH = 30, 11


def xlsx_numbers(tables: Sequence[NumbersWords], *, subtitle: str) -> bytes:
    """Return the workbook; numbers are numbers, every text is written as a text."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, dict(OPTIONS))
    styles = Styles(book)
    for number, words in enumerate(tables, start=1):
        sheet, last = book.add_worksheet(f"表{number}"), len(words.headings)
        write_merged(sheet, (TITLE_ROW, 0, last), words.title, styles.title)
        write_merged(sheet, (SUBTITLE_ROW, 0, last), subtitle, styles.subtitle)
        sheet.set_row(TITLE_ROW, 30)
        sheet.set_column(0, 0, ABOUT_WIDTH)
        sheet.set_column(1, last, NUMBER_WIDTH)
        for column, heading in enumerate((words.about, *words.headings)):
            sheet.write_string(HEADING_ROW, column, heading, styles.heading)
        for row, (label, numbers) in enumerate(words.rows, start=FIRST_ROW):
            sheet.write_string(row, 0, label, styles.locked)
            for column, count in enumerate(numbers, start=1):
                sheet.write_number(row, column, count, styles.locked)
        last_row = max(FIRST_ROW + len(words.rows) - 1, HEADING_ROW)
        sheet.freeze_panes(FIRST_ROW, 1)
        lay_out(sheet, first_row=HEADING_ROW, last_row=last_row, last_column=last)
    book.close()
    return buffer.getvalue()
