"""Tables of a paper: a head that repeats, rows that stay whole, forms of labels and words."""

from collections.abc import Sequence

from docx.document import Document as WordFile
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.shared import Mm
from docx.table import Table, _Cell

from templates.paper.measures import CELL, CELL_CENTRED, CELL_HEAD
from templates.paper.writing import element, run

PADDING = (40, 70, 40, 70)  # twips: top, left, bottom, right of every cell
FormRow = Sequence[tuple[str, Sequence[str]]]  # a label and the paragraphs beside it, once or twice
Column = tuple[str, float, str, bool]  # heading, width in mm, words of a row, set in the middle


def table(document: WordFile, columns: Sequence[Column], *, each: str) -> None:
    """Add a table: its heading on every page, then one row for `each` (`line in lines`)."""
    made = document.add_table(rows=4, cols=len(columns))
    _set(made, [width for _, width, _, _ in columns])
    tags = [f"{{%tr for {each} %}}", "{%tr endfor %}"]
    for number, (heading, _, words, middle) in enumerate(columns):
        _fill(made.cell(0, number), heading, style=CELL_HEAD)
        _fill(made.cell(2, number), words, style=CELL_CENTRED if middle else CELL)
    for row, tag in zip((1, 3), tags, strict=True):
        _fill(made.cell(row, 0), tag, style=CELL)
    heading = made.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - rows that repeat have no API
    heading.append(element("w:tblHeader"))


def form(document: WordFile, widths: Sequence[float], rows: Sequence[FormRow]) -> None:
    """Add a form of four columns (mm): label and words twice, or one label with wide words."""
    made = document.add_table(rows=len(rows), cols=len(widths))
    _set(made, widths)
    for row, parts in zip(made.rows, rows, strict=True):
        if len(parts) == 1:
            row.cells[1].merge(row.cells[-1])
        for number, (label, texts) in enumerate(parts):
            _fill(row.cells[2 * number], label, style=CELL_HEAD)
            _fill(row.cells[2 * number + 1], *texts, style=CELL)


def _set(made: Table, widths: Sequence[float]) -> None:
    """Give a table its widths (Word goes by the cells, LibreOffice by the grid) and whole rows."""
    made.style = "Table Grid"
    made.autofit = False
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    margins = element("w:tblCellMar")
    for side, twips in zip(("top", "left", "bottom", "right"), PADDING, strict=True):
        margins.append(element(f"w:{side}", w=twips, type="dxa"))
    properties = made._tbl.tblPr  # noqa: SLF001 - padding has no API
    properties.insert_element_before(margins, "w:tblLook")
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for row in made.rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))  # noqa: SLF001 - no API


def _fill(cell: _Cell, *texts: str, style: str) -> None:
    """Write one paragraph per text into a cell and leave no other paragraph in it."""
    for spare in cell.paragraphs[1:]:  # merging leaves those of the merged cells
        spare._p.getparent().remove(spare._p)  # noqa: SLF001
    for number, text in enumerate(texts):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        paragraph.style = style
        run(paragraph, text)
