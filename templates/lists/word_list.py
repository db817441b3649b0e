"""A list of items as .docx: a table on A4 landscape whose headings stand on every page."""

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from templates.lists.words import COLUMNS, ListWords, Value
from templates.workbooks.cells import cell_text

PAGE = (Mm(297), Mm(210))
MARGIN, ROOM = 15, 267  # mm: at every side, and between left and right
FANGSONG, HEITI, XIAOBIAOSONG = "仿宋_GB2312", "黑体", "方正小标宋简体"
CELL_MARGINS = {"top": 30, "left": 40, "bottom": 30, "right": 40}  # twentieths of a point
TITLE_POINTS, SUBTITLE_POINTS, CELL_POINTS = 22, 12, 10


def word_list(words: ListWords) -> bytes:
    """Return the Word file: a title, what was asked for, a row of headings, one row per item."""
    document = Document()
    _lay_out(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(title, words.title, font=XIAOBIAOSONG, points=TITLE_POINTS)
    _write(document.add_paragraph(), words.subtitle, font=FANGSONG, points=SUBTITLE_POINTS)
    table = document.add_table(rows=1, cols=len(COLUMNS))
    table.style = "Table Grid"
    table.autofit = False
    _tighten(table)
    shares = sum(column.width for column in COLUMNS)
    widths = [round(ROOM * column.width / shares) for column in COLUMNS]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)  # LibreOffice goes by the grid, Word by the cells
    _fill(table.rows[0], [column.heading for column in COLUMNS], widths, font=HEITI)
    _repeat(table.rows[0])
    for line in words.lines:
        _fill(table.add_row(), line.cells, widths, font=FANGSONG)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _lay_out(document: WordFile) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = PAGE
    for side in ("top_margin", "bottom_margin", "left_margin", "right_margin"):
        setattr(section, side, Mm(MARGIN))


def _tighten(table: Table) -> None:
    """Leave little room beside the texts: a list has many columns."""
    margins = OxmlElement("w:tblCellMar")
    for side, twips in CELL_MARGINS.items():
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))  # noqa: SLF001 - margins have no API
    look.addprevious(margins)


def _fill(row: _Row, values: Sequence[Value], widths: Sequence[int], *, font: str) -> None:
    for cell, value, width in zip(row.cells, values, widths, strict=True):
        cell.width = Mm(width)
        text = "" if value is None else str(value)
        _write(cell.paragraphs[0], text, font=font, points=CELL_POINTS)
    _keep_whole(row)


def _write(paragraph: Paragraph, text: str, *, font: str, points: int) -> None:
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(cell_text(text))
    run.font.size, run.font.name = Pt(points), font
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - no API for these
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")  # “ ” take the Chinese font


def _repeat(row: _Row) -> None:
    """Let a row stand on top of every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def _keep_whole(row: _Row) -> None:
    """Let no page end within a row."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
