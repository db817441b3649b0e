"""The round's table of all items (季度调度汇总表), to read, filter and print."""

from io import BytesIO

import xlsxwriter

from templates.workbooks.columns import columns_for
from templates.workbooks.styles import OPTIONS, Styles
from templates.workbooks.table import FIRST_ROW, HEADING_ROW, write_table
from templates.workbooks.words import TableWords


def round_workbook(words: TableWords) -> bytes:
    """Return the .xlsx of a round: every item owed, as it stands and as it was reported."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, dict(OPTIONS))
    sheet = book.add_worksheet("汇总")
    columns = columns_for(with_projects=words.has_projects)
    write_table(sheet, words, columns, Styles(book), to_fill_in=False)
    if words.lines:
        last_row = FIRST_ROW + len(words.lines) - 1
        sheet.autofilter(HEADING_ROW, 0, last_row, len(columns) - 1)
    book.close()
    return buffer.getvalue()
