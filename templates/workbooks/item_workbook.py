"""One item's sheet (事项单): what the plan says of it, how it stands, what was reported so far."""

from io import BytesIO

import xlsxwriter

from templates.workbooks.cells import cell_text
from templates.workbooks.styles import OPTIONS, Styles, lay_out
from templates.workbooks.table import LINE_POINTS, TALLEST, lines_of, write_merged
from templates.workbooks.words import ItemWords

REPORT_HEADINGS = (
    "季度", "本季进展", "累计进度%", "形象进度", "存在问题", "需协调事项", "下步计划", "佐证说明",
    "报送",
)  # fmt: skip
WIDTHS = (10, 38, 9, 14, 24, 20, 24, 16, 13)
LIGHT_LABEL = "状态灯"


def item_workbook(words: ItemWords) -> bytes:
    """Return the .xlsx of one item, on A4 in landscape."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, dict(OPTIONS))
    styles, sheet = Styles(book), book.add_worksheet("事项单")
    last = len(WIDTHS) - 1
    for number, width in enumerate(WIDTHS):
        sheet.set_column(number, number, width)
    sheet.set_row(0, 30)
    write_merged(sheet, (0, 0, last), words.title, styles.title)
    write_merged(sheet, (1, 0, last), words.subtitle, styles.subtitle)
    row = 2
    for label, text in words.facts:
        style = styles.lights[words.light] if label == LIGHT_LABEL else styles.locked
        sheet.write_string(row, 0, cell_text(label), styles.label)
        write_merged(sheet, (row, 1, last), text, style)
        sheet.set_row(row, LINE_POINTS * lines_of(text, sum(WIDTHS[1:])) + 4)
        row += 1
    for number, heading in enumerate(REPORT_HEADINGS):
        sheet.write_string(row, number, heading, styles.heading)
    for offset, report in enumerate(words.reports, start=1):
        for number, text in enumerate(report):
            sheet.write_string(row + offset, number, cell_text(text), styles.locked)
        most = max(lines_of(text, width) for text, width in zip(report, WIDTHS, strict=True))
        sheet.set_row(row + offset, min(LINE_POINTS * most + 4, TALLEST))
    lay_out(sheet, first_row=row, last_row=row + len(words.reports), last_column=last)
    book.close()
    return buffer.getvalue()
