"""Pure: printed rows to whole rows, with merged cells filled and page breaks joined."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from tasks_catalog.blocks import Cell, Row, Table
from tasks_catalog.columns import LABELS, ROLES, Column, is_heading_row, settle
from tasks_catalog.fitness import fitness

MOST_HEADING_ROWS = 3
MOST_LOST_CELLS = 2  # a row that lacks more is listed as unread, not guessed at
# Empty in a text form, these are taken from above like labels, and the inference is reported.
DATED_AND_OWNED = (Column.DEADLINE, *ROLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeRow:
    """One row under its headings; `number` counts the rows of a table from 1."""

    number: int
    line: int
    printed: Mapping[str, str]  # heading -> cell as printed
    values: Mapping[Column, str]  # trimmed, on one line, merged cells filled
    taken_from_above: frozenset[Column] = frozenset()  # filled without the format saying so
    computed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeTable:
    """A table whose headings are understood; `odd_rows` are those that fit no heading."""

    columns: Mapping[int, Column]
    headings: Mapping[int, str]
    rows: tuple[WholeRow, ...]
    odd_rows: tuple[Row, ...]

    @property
    def by_column(self) -> dict[Column, str]:
        """Return the printed heading of each column."""
        return {column: self.headings[place] for place, column in self.columns.items()}


@dataclass(slots=True)
class _Reading:
    """What is carried from row to row."""

    columns: Mapping[int, Column]
    headings: Mapping[int, str]
    placed: bool
    above: dict[int, str] = field(default_factory=dict)
    rows: list[WholeRow] = field(default_factory=list)
    odd: list[Row] = field(default_factory=list)


def whole_table(table: Table) -> WholeTable | None:
    """Return the table under its headings, or None where no row of headings is found."""
    start = next((i for i, row in enumerate(table.rows) if _heads(row)), None)
    if start is None:
        return None
    headings, end = _headings(table.rows, start)
    reading = _Reading(columns=settle(headings), headings=headings, placed=table.placed)
    reading.odd.extend(table.rows[:start])
    for row in table.rows[end:]:
        _read_row(reading, row)
    return WholeTable(
        columns=reading.columns,
        headings=headings,
        rows=tuple(reading.rows),
        odd_rows=tuple(reading.odd),
    )


def _heads(row: Row) -> bool:
    return is_heading_row([cell.words for cell in row.cells])


def _headings(rows: Sequence[Row], start: int) -> tuple[dict[int, str], int]:
    """Return grid position -> heading, and the row where the data begins.

    Two rows of headings (责任单位 over 牵头 and 配合) give the lower word where there is one.
    """
    headings = _words_by_place(rows[start])
    end = start + 1
    while end < min(len(rows), start + MOST_HEADING_ROWS) and _continues(rows[start], rows[end]):
        headings |= {place: text for place, text in _words_by_place(rows[end]).items() if text}
        end += 1
    return headings, end


def _continues(upper: Row, lower: Row) -> bool:
    """Tell whether the lower row belongs to the same heading: merged down, or dividing a span."""
    if any(cell.merged_above for cell in lower.cells):
        return True
    divides = any(cell.width > 1 for cell in upper.cells) and len(lower.cells) > len(upper.cells)
    return divides and not any(cell.words.isdigit() for cell in lower.cells)


def _words_by_place(row: Row) -> dict[int, str]:
    return {
        place: cell.words
        for cell in row.cells
        for place in range(cell.column, cell.column + cell.width)
    }


def _read_row(reading: _Reading, row: Row) -> None:
    if _repeats_headings(reading, row) or not any(cell.words for cell in row.cells):
        return
    placed = row if reading.placed else _place(row, reading.columns)
    if placed is None:
        reading.odd.append(row)
        return
    if reading.rows and _is_rest_of_row_above(reading.columns, placed):
        reading.rows[-1] = _joined(reading.rows[-1], reading, placed)
        return
    reading.rows.append(_whole(reading, placed))


def _repeats_headings(reading: _Reading, row: Row) -> bool:
    """Tell whether a page break printed the headings again."""
    return [cell.words for cell in row.cells] == list(dict.fromkeys(reading.headings.values()))


def _place(row: Row, columns: Mapping[int, Column]) -> Row | None:
    """Give the cells of a row without a grid their columns.

    A row with fewer cells than headings has cells that span two columns; of all ways to place
    them the one is taken whose cells fit the headings best, spans among labels first.
    """
    lost = len(columns) - len(row.cells)
    if lost == 0:
        return row
    if not 0 < lost <= MOST_LOST_CELLS or len(row.cells) == 1:
        return None
    ways = [_spread(row, wide) for wide in combinations(range(len(row.cells)), lost)]
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


def _is_rest_of_row_above(columns: Mapping[int, Column], row: Row) -> bool:
    """Tell whether a page break cut this row off the one above: no number, and not all cells."""
    if Column.NUMBER not in columns.values():
        return False
    filled = {columns[cell.column] for cell in row.cells if cell.words and not cell.merged_above}
    return (
        not filled & {Column.NUMBER, Column.TITLE, Column.NAME}
        and bool(filled & {Column.CONTENT, *DATED_AND_OWNED})
        and not any(cell.merged_above for cell in row.cells)
    )


def _joined(upper: WholeRow, reading: _Reading, lower: Row) -> WholeRow:
    values, printed = dict(upper.values), dict(upper.printed)
    for cell in lower.cells:
        if cell.words:
            column, heading = reading.columns[cell.column], reading.headings[cell.column]
            values[column] = values.get(column, "") + cell.words
            printed[heading] = f"{printed.get(heading, '')}\n{cell.text}".lstrip("\n")
    return replace(upper, values=values, printed=printed)


def _whole(reading: _Reading, row: Row) -> WholeRow:
    places = dict(_filled(reading, row))
    values = {reading.columns[place]: text for place, (text, _) in places.items()}
    reading.above = {place: text for place, (text, _) in places.items()}
    return WholeRow(
        number=len(reading.rows) + 1,
        line=_line_of_number(reading.columns, row),
        printed={reading.headings[cell.column]: cell.text for cell in row.cells},
        values=values,
        taken_from_above=frozenset(
            reading.columns[place] for place, (_, inferred) in places.items() if inferred
        ),
        computed=any(cell.computed for cell in row.cells),
    )


def _filled(reading: _Reading, row: Row) -> Iterator[tuple[int, tuple[str, bool]]]:
    """Yield each cell's text, taken from above where merged, and whether that was inferred.

    A new label ends what stood to its right: the next 体系 belongs to its own 领域.
    """
    above = dict(reading.above)
    for cell in row.cells:
        column, text = reading.columns[cell.column], cell.words
        if cell.merged_above:
            yield cell.column, (above.get(cell.column, ""), False)
        elif not text and _may_be_merged(reading, column):
            text = above.get(cell.column, "")
            yield cell.column, (text, bool(text) and column in DATED_AND_OWNED)
        else:
            if column in LABELS and text != above.get(cell.column):
                above = {place: words for place, words in above.items() if place <= cell.column}
            yield cell.column, (text, False)


def _may_be_merged(reading: _Reading, column: Column) -> bool:
    return column in LABELS or (not reading.placed and column in DATED_AND_OWNED)


def _line_of_number(columns: Mapping[int, Column], row: Row) -> int:
    numbers = (cell.line for cell in row.cells if columns[cell.column] is Column.NUMBER)
    return next(numbers, row.line)
