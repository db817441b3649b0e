"""Pure: one printed row to a whole one: cells under their headings, merged ones filled."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

from tasks_catalog.blocks import Cell, Row
from tasks_catalog.columns import LABELS, ROLES, Column
from tasks_catalog.fitness import UNIT_NAME, fitness

MOST_LOST_CELLS = 3  # a row that lacks more is listed as unread, not guessed at
GROUPS = (Column.LEVEL1, Column.LEVEL2, Column.GROUP, Column.SYSTEM)
# Empty in a text form, these are taken from above like labels, and the inference is reported.
DATED_AND_OWNED = (Column.DEADLINE, *ROLES)

BRANCH = re.compile(
    r"[^省市县区镇各].{1,6}(分局|支队|大队|分公司|支行|工作组)"
)  # goes with its head office
SEPARATORS = re.compile(r"[、，；：:]")
IN_BRACKETS = re.compile(r"（[^）]*）$|\([^)]*\)$")  # 区住建局（牵头）
BEGINS_NAME = re.compile(r"[省市县区镇各]")  # 市财政局, 各镇（街道）


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeRow:
    """One row under its headings; `number` counts the rows of a table from 1."""

    number: int
    line: int
    printed: Mapping[str, str]  # heading -> cell as printed
    values: Mapping[Column, str]  # trimmed, on one line, merged cells filled
    taken_from_above: frozenset[Column] = frozenset()  # filled without the format saying so


@dataclass
class Reading:
    """A table while it is read: its headings, and what is carried from row to row."""

    columns: Mapping[int, Column]
    headings: Mapping[int, str]
    placed: bool
    caption: str
    goes_on: bool = False  # with the table before it
    after_page_break: bool = False  # the next row may be the rest of the last one
    label: str = ""  # a row across the table that names what follows
    above: dict[int, str] = field(default_factory=dict)
    rows: list[WholeRow] = field(default_factory=list)

    @cached_property
    def names(self) -> dict[int, str]:
        """Return the headings, each once: the second of two equal ones says so."""
        names: dict[int, str] = {}
        for place, heading in self.headings.items():
            count = sum(1 for before in names if self.headings[before] == heading)
            names[place] = f"{heading}（{count + 1}）" if count else heading
        return names


def read_row(reading: Reading, row: Row) -> bool:
    """Add a row to those read; False where its cells cannot be brought under the headings."""
    placed = row if reading.placed else _place(row, reading.columns)
    if placed is None or any(cell.column not in reading.columns for cell in placed.cells):
        return False
    after_page_break, reading.after_page_break = reading.after_page_break, False
    if reading.rows and _is_rest_of_row_above(
        reading.columns, placed, after_page_break=after_page_break
    ):
        reading.rows[-1] = _joined(reading.rows[-1], reading, placed)
    else:
        reading.rows.append(_whole(reading, placed))
    return True


def _place(row: Row, columns: Mapping[int, Column]) -> Row | None:
    """Give the cells of a row without a grid their columns.

    A row with fewer cells than headings has cells that span two columns, or lost its empty end; of
    all ways to place them the one is taken that fits the headings best, spans among labels first.
    """
    lost = len(columns) - len(row.cells)
    if lost == 0:
        return row
    if not 0 < lost <= min(MOST_LOST_CELLS, len(row.cells) - 1):
        return None
    ways = [_spread(row, wide) for wide in combinations(range(len(row.cells)), lost)]
    blanks = (replace(row.cells[-1], text="", column=len(row.cells) + at) for at in range(lost))
    ways.append(Row((*row.cells, *blanks)))
    return max(ways, key=lambda way: _fitness(way, columns))


def _spread(row: Row, wide: tuple[int, ...]) -> Row:
    cells: list[Cell] = []
    for place, cell in enumerate(row.cells):
        column = cells[-1].column + cells[-1].width if cells else 0
        cells.append(replace(cell, column=column, width=2 if place in wide else 1))
    return Row(tuple(cells))


def _fitness(row: Row, columns: Mapping[int, Column]) -> tuple[int, int]:
    fit = sum(fitness(cell.words, columns[cell.column]) for cell in row.cells)
    spans = [cell for cell in row.cells if cell.width > 1]
    among_labels = sum(
        columns[cell.column] in LABELS and columns[cell.column + 1] in LABELS for cell in spans
    )
    return fit, among_labels


def _is_rest_of_row_above(
    columns: Mapping[int, Column], row: Row, *, after_page_break: bool
) -> bool:
    """Tell whether this row goes on with the one above.

    Either a page break cut it off, so that it has neither number nor title of its own, or all of
    it but a piece of content is merged with the row above.
    """
    own = {columns[cell.column] for cell in row.cells if cell.words and not cell.merged_above}
    if any(cell.merged_above for cell in row.cells):
        return own <= {Column.CONTENT, Column.OTHER} and _holds(columns, row, Column.NUMBER)
    if Column.NUMBER not in columns.values() or Column.NUMBER in own:
        return False
    if after_page_break:
        return True
    return bool(own & {Column.CONTENT, *DATED_AND_OWNED}) and not own & {Column.TITLE, Column.NAME}


def _holds(columns: Mapping[int, Column], row: Row, column: Column) -> bool:
    """Tell whether the cell in a column is merged with the one above."""
    return any(cell.merged_above and columns[cell.column] is column for cell in row.cells)


def _joined(upper: WholeRow, reading: Reading, lower: Row) -> WholeRow:
    values, printed = dict(upper.values), dict(upper.printed)
    for cell in lower.cells:
        column, heading = reading.columns[cell.column], reading.names[cell.column]
        if cell.words and not cell.merged_above:
            if column not in GROUPS:
                values[column] = values.get(column, "") + cell.words
            printed[heading] = f"{printed.get(heading, '')}\n{cell.text}".lstrip("\n")
    return replace(upper, values=values, printed=printed)


def _whole(reading: Reading, row: Row) -> WholeRow:
    places = dict(_filled(reading, row))
    reading.above = {place: text for place, (text, _) in places.items()}
    values: dict[Column, str] = {Column.GROUP: reading.label} if reading.label else {}
    for place, (text, _) in places.items():
        column = reading.columns[place]
        if column in ROLES and values.get(column):
            text = "、".join(part for part in (values[column], text) if part)  # noqa: PLW2901
        values[column] = text
    return WholeRow(
        number=len(reading.rows) + 1,
        line=_line_of_number(reading.columns, row),
        printed={reading.names[cell.column]: cell.text for cell in row.cells},
        values=values,
        taken_from_above=frozenset(
            reading.columns[place] for place, (_, inferred) in places.items() if inferred
        ),
    )


def _filled(reading: Reading, row: Row) -> Iterator[tuple[int, tuple[str, bool]]]:
    """Yield each cell's text, taken from above where merged, and whether that was inferred.

    A new label ends what stood to its right: the next 体系 belongs to its own 领域.
    """
    above = dict(reading.above)
    for cell in row.cells:
        column = reading.columns[cell.column]
        text = names_on_lines(cell) if column in ROLES else cell.words
        if cell.merged_above:
            yield cell.column, (above.get(cell.column, ""), False)
        elif not text and _may_be_merged(reading, column):
            text = above.get(cell.column, "")
            yield cell.column, (text, bool(text) and column in DATED_AND_OWNED)
        else:
            if column in LABELS and text != above.get(cell.column):
                above = _without_labels_after(above, cell.column, reading.columns)
            yield cell.column, (text, False)


def _without_labels_after(
    above: Mapping[int, str], place: int, columns: Mapping[int, Column]
) -> dict[int, str]:
    return {at: text for at, text in above.items() if at <= place or columns[at] not in LABELS}


def names_on_lines(cell: Cell) -> str:
    """Return the units of a cell; two whole names on two lines are two units, not one."""
    lines = [line.strip() for line in cell.text.split("\n") if line.strip()]
    text = "".join(lines[:1])
    for line in lines[1:]:
        last, first = SEPARATORS.split(text)[-1], SEPARATORS.split(line)[0]
        last, first = IN_BRACKETS.sub("", last), IN_BRACKETS.sub("", first)
        begins = UNIT_NAME.fullmatch(first) or BEGINS_NAME.match(first) or "：" in line
        separate = UNIT_NAME.fullmatch(last) and begins and not BRANCH.fullmatch(first)
        text += ("、" if separate else "") + line
    return text


def _may_be_merged(reading: Reading, column: Column) -> bool:
    return column in LABELS or (not reading.placed and column in DATED_AND_OWNED)


def _line_of_number(columns: Mapping[int, Column], row: Row) -> int:
    numbers = (cell.line for cell in row.cells if columns[cell.column] is Column.NUMBER)
    return next(numbers, row.line)
