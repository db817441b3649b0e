"""One sheet as cells and merged ranges to blocks: the same for .xlsx, .ods and .xls."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tasks_catalog.blocks import Aside, Cell, Paragraph, Row, Table
from tasks_catalog.readers.package import bomb

MOST_CELLS = 200_000  # with text
MOST_COLUMNS = 256
MOST_MERGED_ROWS = 500_000  # rows touched by merged ranges, each range counted
UNNAMED = ("sheet", "工作表")


@dataclass(frozen=True, slots=True)
class Range:
    """A merged range; rows and columns count from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """What a sheet shows: texts by (row, column) from 1, merged ranges, computed cells."""

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    computed: set[tuple[int, int]] = field(default_factory=set)
    hidden: list[Aside] = field(default_factory=list)

    def put(self, row: int, column: int, text: str, *, computed: bool = False) -> None:
        """Add a cell that shows something."""
        if not text.strip():
            return
        if len(self.cells) >= MOST_CELLS:
            raise bomb()
        if (row, column) in self.cells:  # a damaged file; the program shows one of the two
            self.hidden.append(Aside(row, text, "同一单元格的另一内容"))
            return
        self.cells[row, column] = text
        if computed:
            self.computed.add((row, column))


def blocks_of(sheet: Sheet) -> Iterator[Paragraph | Table]:
    """Yield the sheet as paragraphs and tables; a place is the row's number in its sheet.

    Rows with a single text over or under the table are its titles and notes.
    """
    if not sheet.name.lower().startswith(UNNAMED):
        yield Paragraph(0, sheet.name)
    rows = list(_rows(sheet))
    tabular = [at for at, row in enumerate(rows) if not _is_one_text(row)]
    first, last = (tabular[0], tabular[-1] + 1) if tabular else (len(rows), len(rows))
    for row in rows[:first]:
        yield from _paragraphs(row)
    if tabular:
        yield Table(rows=tuple(rows[first:last]))
    for row in rows[last:]:
        yield from _paragraphs(row)


def _is_one_text(row: Row) -> bool:
    texts = [cell for cell in row.cells if cell.text]
    return len(texts) == 1 and not any(cell.merged_above for cell in row.cells)


def _paragraphs(row: Row) -> Iterator[Paragraph]:
    for cell in row.cells:
        yield from (Paragraph(row.line, text) for text in cell.text.split("\n") if text.strip())


def _rows(sheet: Sheet) -> Iterator[Row]:
    """Yield the rows that hold text; columns without any text in the whole sheet do not count."""
    columns = sorted({column for _, column in sheet.cells})
    numbers = sorted({row for row, _ in sheet.cells})
    if len(columns) > MOST_COLUMNS:
        raise bomb()
    ranges = _ranges_by_row(sheet.merged, numbers)
    for number in numbers:
        yield _row(sheet, number, columns, ranges[number])


def _ranges_by_row(merged: Sequence[Range], numbers: Sequence[int]) -> dict[int, list[Range]]:
    by_row: dict[int, list[Range]] = defaultdict(list)
    touched = 0
    for each in merged:
        rows = numbers[bisect_left(numbers, each.top) : bisect_right(numbers, each.bottom)]
        touched += len(rows)
        if touched > MOST_MERGED_ROWS:
            raise bomb()
        for number in rows:
            by_row[number].append(each)
    return by_row


def _row(sheet: Sheet, number: int, columns: Sequence[int], ranges: Sequence[Range]) -> Row:
    cells: list[Cell] = []
    at = 0
    while at < len(columns):
        column = columns[at]
        merged = next((each for each in ranges if each.left <= column <= each.right), None)
        right = merged.right if merged else column
        width = max(1, bisect_right(columns, right) - at)
        merged_above = bool(merged and number > merged.top)
        _note_covered(sheet, number, columns[at if merged_above else at + 1 : at + width])
        cells.append(
            Cell(
                text="" if merged_above else sheet.cells.get((number, column), ""),
                line=number,
                column=at,
                width=width,
                merged_above=merged_above,
                computed=(number, column) in sheet.computed,
            )
        )
        at += width
    return Row(tuple(cells))


def _note_covered(sheet: Sheet, number: int, columns: Sequence[int]) -> None:
    """Keep text that a merged range hides: the program does not show it, so it is no content."""
    for column in columns:
        if text := sheet.cells.get((number, column)):
            sheet.hidden.append(Aside(number, text, "被合并单元格遮住的文字"))


def as_asides(sheet: Sheet, kind: str) -> Iterator[Aside]:
    """Yield the texts of a sheet that nobody sees."""
    return (Aside(row, text, kind) for (row, _), text in sorted(sheet.cells.items()))
