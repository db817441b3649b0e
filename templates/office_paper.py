"""Measures and strokes of an office's paper in Word, for every template built here.

GB/T 9704-2012: A4, margins 37/35/28/26 mm, 22 lines of 28 characters, body in 3号 (16 pt) 仿宋,
title in 2号 (22 pt) 小标宋. Exact spacing and the line grid were found by rendering.
"""

from collections.abc import Sequence

from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

FANGSONG = "仿宋_GB2312"
KAITI = "楷体_GB2312"
XIAOBIAOSONG = "方正小标宋简体"
HEITI = "黑体"
RED = RGBColor(0xE6, 0x00, 0x12)
BODY_POINTS = 16  # 3号
TITLE_POINTS = 22  # 2号
TABLE_POINTS = 12  # 小4号
LINE_POINTS = 28.95  # exact: 22 lines in the type area
LINE_PITCH = 579  # the same in twentieths of a point, for the grid
TIGHTEN = -5  # twentieths of a point between characters: 28 of them to the line
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
FormRow = Sequence[tuple[str, Sequence[str]]]  # a label and the paragraphs beside it, once or twice


def lay_out(document: WordFile) -> None:
    """Give a document the paper, the margins and the line grid."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE_PITCH))
    for old in section._sectPr.findall(qn("w:docGrid")):  # noqa: SLF001 - python-docx has no API
        section._sectPr.remove(old)  # noqa: SLF001
    section._sectPr.append(grid)  # noqa: SLF001


def line(
    document: WordFile,
    text: str,
    *,
    font: str = FANGSONG,
    points: int = BODY_POINTS,
    at: WD_ALIGN_PARAGRAPH | None = None,
    indent: bool = False,
    red: bool = False,
) -> Paragraph:
    """Add a paragraph of one run; `indent` moves its first line in by two characters."""
    paragraph = document.add_paragraph()
    if at is not None:
        paragraph.alignment = at
    _space(paragraph, LINE_POINTS if points == BODY_POINTS else points * 1.5)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * BODY_POINTS)
    _write(paragraph, text, font=font, points=points, red=red)
    return paragraph


def _space(paragraph: Paragraph, points: float) -> None:
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Pt(points)


def _write(paragraph: Paragraph, text: str, *, font: str, points: int, red: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(points)
    run.font.name = font
    if red:
        run.font.color.rgb = RED
    properties = run._element.get_or_add_rPr()  # noqa: SLF001 - East Asian fonts have no API
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")  # “ ” take the Chinese font
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(TIGHTEN))
    properties.append(spacing)


def red_rule(paragraph: Paragraph) -> None:
    """Draw the red rule under the number, as wide as the type area."""
    _space(paragraph, 12)
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "1"), ("color", str(RED))):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001


def table(
    document: WordFile, columns: Sequence[tuple[str, int]], cells: Sequence[str], *, each: str
) -> None:
    """Add a table: a heading that repeats on every page, then one row for `each` (`line in lines`).

    `columns` are heading and width in mm; the row stands between docxtpl's own row tags.
    """
    made = document.add_table(rows=4, cols=len(columns))
    made.style = "Table Grid"
    made.autofit = False
    texts = (
        [name for name, _ in columns],
        [f"{{%tr for {each} %}}"],
        cells,
        ["{%tr endfor %}"],
    )
    for number, row in enumerate(made.rows):
        for cell, text in zip(row.cells, texts[number], strict=False):
            _fill(cell, text, font=FANGSONG if number else HEITI)
        for cell, (_, width) in zip(row.cells, columns, strict=True):
            cell.width = Mm(width)
    for column, (_, width) in zip(made.columns, columns, strict=True):
        column.width = Mm(width)  # LibreOffice goes by the grid, Word by the cells
    heading = OxmlElement("w:tblHeader")
    made.rows[0]._tr.get_or_add_trPr().append(heading)  # noqa: SLF001


def form(document: WordFile, widths: Sequence[int], rows: Sequence[FormRow]) -> None:
    """Add a form of four columns (mm): label and words twice, or one label with wide words."""
    made = document.add_table(rows=len(rows), cols=len(widths))
    made.style = "Table Grid"
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for row, parts in zip(made.rows, rows, strict=True):
        if len(parts) == 1:
            row.cells[1].merge(row.cells[-1])
        for number, (label, texts) in enumerate(parts):
            _fill(row.cells[2 * number], label, font=HEITI)
            _fill(row.cells[2 * number + 1], *texts, font=FANGSONG)


def _fill(cell: _Cell, *texts: str, font: str) -> None:
    """Write one paragraph per text into a cell and leave no other paragraph in it."""
    for spare in cell.paragraphs[1:]:  # merging leaves those of the merged cells
        spare._p.getparent().remove(spare._p)  # noqa: SLF001
    for number, text in enumerate(texts):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        if font == HEITI:
            paragraph.alignment = CENTRE
        _space(paragraph, 18)
        snap = OxmlElement("w:snapToGrid")
        snap.set(qn("w:val"), "0")
        paragraph._p.get_or_add_pPr().append(snap)  # noqa: SLF001
        _write(paragraph, text, font=font, points=TABLE_POINTS)
