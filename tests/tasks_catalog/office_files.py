"""Builds the issued plan as Word and Excel files, with the merged cells that its text form lost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
import xlsxwriter
from docx.document import Document as WordDocument
from xlsxwriter.worksheet import Worksheet

from tasks_catalog.blocks import Paragraph, Row, Table
from tasks_catalog.readers.text import parse

PLAN = Path("tasks_catalog/plans/zhanggong/plan.txt")
LABELS = {"领域/专班", "体系", "一级指标", "二级指标", "项目名称"}  # merged where empty
TEXT_PARTS = 4  # the body and three annexes


@dataclass(frozen=True, slots=True)
class Placed:
    """A printed cell with the grid range that it covers; counted from 0, ends included."""

    text: str
    top: int
    left: int
    bottom: int
    right: int


def blocks() -> Sequence[Paragraph | Table]:
    """Return the plan's paragraphs and tables as the text prints them."""
    return parse(PLAN.read_text(encoding="utf-8")).blocks


def placed(table: Table) -> list[Placed]:
    """Return the cells of a table with merges restored: an empty label belongs to the one above."""
    headings = [cell.words for cell in table.rows[0].cells]
    owners: dict[tuple[int, int], list[int]] = {}
    order: list[tuple[str, list[int]]] = []
    for number, row in enumerate(table.rows):
        for left, right, text in _spread(row, len(headings)):
            above = owners.get((number - 1, left))
            if not text and headings[left] in LABELS and above:
                box = above
                box[2] = number
            else:
                box = [number, left, number, right]
                order.append((text, box))
            for column in range(left, right + 1):
                owners[number, column] = box
    return [Placed(text, *box) for text, box in order]


def _spread(row: Row, width: int) -> Iterator[tuple[int, int, str]]:
    """Yield left, right and text; a row one cell short has its second cell over two columns."""
    shift = 0
    for at, cell in enumerate(row.cells):
        left = at + shift
        if at == 1 and len(row.cells) == width - 1:
            shift = 1
        yield left, at + shift, cell.text


def write_word(path: Path) -> None:
    """Write the plan as .docx; merged cells are real ones."""
    document = docx.Document()
    for block in blocks():
        if isinstance(block, Paragraph):
            document.add_paragraph(block.text)
        else:
            _word_table(document, block)
    document.save(str(path))


def _word_table(document: WordDocument, table: Table) -> None:
    grid = document.add_table(len(table.rows), len(table.rows[0].cells))
    for cell in placed(table):
        first, last = grid.cell(cell.top, cell.left), grid.cell(cell.bottom, cell.right)
        merged = first if first is last else first.merge(last)
        merged.text = cell.text


def write_workbook(path: Path) -> None:
    """Write the plan as .xlsx: a sheet for the body and one for each annex."""
    book = xlsxwriter.Workbook(str(path))
    sheets = [book.add_worksheet(f"Sheet{number + 1}") for number in range(TEXT_PARTS)]
    at, row = 0, 0
    for block in blocks():
        if isinstance(block, Paragraph):
            if block.text.strip() in {"附件1", "附件2", "附件3"}:
                at, row = at + 1, 0
            sheets[at].write_string(row, 0, block.text)
            row += 1
        else:
            _sheet_table(sheets[at], block, row)
            row += len(block.rows)
    book.close()


def _sheet_table(sheet: Worksheet, table: Table, start: int) -> None:
    for cell in placed(table):
        top, bottom = start + cell.top, start + cell.bottom
        if (top, cell.left) == (bottom, cell.right):
            sheet.write_string(top, cell.left, cell.text)
        else:
            sheet.merge_range(top, cell.left, bottom, cell.right, cell.text)
