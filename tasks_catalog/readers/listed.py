"""Tables that a copy left with one cell per line: headings first, then row after row.

Cells merged with the ones above are missing altogether and long cells take several lines, so the
lines of a row are dealt out to the columns in the way that fits their headings best.
"""

from collections.abc import Sequence
from functools import lru_cache

from tasks_catalog.blocks import Cell, Row, Table
from tasks_catalog.columns import LABELS, LONGEST_HEADING, Column, column_of, is_heading_row, settle
from tasks_catalog.fitness import fitness
from tasks_catalog.outline import clean, numbering
from tasks_catalog.readers.text_forms import Line

FEWEST_COLUMNS, MOST_COLUMNS = 3, 12
MOST_LINES = 24  # of one row
ABSENT, LONGER = -0.6, -0.3  # what it costs to leave a label out, to join a further line


def listed(lines: Sequence[Line], start: int) -> tuple[Table | None, int]:
    """Read the table whose headings begin here, one per line; also how many lines it takes."""
    printed = [(number, clean(text)) for number, text in lines[start:] if text.strip()]
    headings = _headings(printed)
    if headings is None:
        return None, 1
    columns = list(settle(dict(enumerate(text for _, text in headings))).values())
    rows, taken = _rows(printed[len(headings) :], columns)
    last = printed[len(headings) + taken - 1][0]  # places are counted by lines
    return Table(rows=(_cells(headings), *rows), placed=False), last - lines[start][0] + 1


def _headings(printed: Sequence[Line]) -> Sequence[Line] | None:
    """Return the lines up to the first number 1, if they head a numbered table."""
    if not printed or column_of(printed[0][1]) is not Column.NUMBER:
        return None
    first = next((at for at, (_, text) in enumerate(printed[: MOST_COLUMNS + 1]) if text == "1"), 0)
    texts = [text for _, text in printed[:first]]
    if first < FEWEST_COLUMNS or any(len(text) > LONGEST_HEADING for text in texts):
        return None
    return printed[:first] if is_heading_row(texts) else None


def _rows(printed: Sequence[Line], columns: Sequence[Column]) -> tuple[list[Row], int]:
    """Return the rows, numbered through from 1, and how many printed lines they take."""
    rows: list[Row] = []
    at = 0
    while at < len(printed) and printed[at][1] == str(len(rows) + 1):
        end = _end_of_row(printed, at, columns, following=str(len(rows) + 2))
        rows.append(_deal(printed[at:end], columns))
        at = end
    return rows, at


def _end_of_row(
    printed: Sequence[Line], start: int, columns: Sequence[Column], *, following: str
) -> int:
    """Return where the next number stands; of several candidates the one that fits best.

    The last row ends where a new text begins, or with its last column.
    """
    least = len(columns) - sum(column in LABELS for column in columns)
    limit = min(len(printed), start + MOST_LINES)
    candidates = [at for at in range(start + least, limit) if printed[at][1] == following]
    if not candidates:
        candidates = [
            at
            for at in range(start + least, min(limit, start + len(columns)) + 1)
            if at == len(printed) or not numbering(printed[at - 1][1])
        ]
    texts = [text for _, text in printed]
    return max(
        candidates or [limit],
        key=lambda at: (_score(tuple(texts[start:at]), tuple(columns)), at),
    )


def _score(texts: tuple[str, ...], columns: tuple[Column, ...]) -> float:
    return _best(texts, columns)[0]


@lru_cache(maxsize=4096)
def _best(texts: tuple[str, ...], columns: tuple[Column, ...]) -> tuple[float, tuple[int, ...]]:
    """Return the score of the best way to deal the lines out, and the lines per column."""
    if not columns:
        return (0.0, ()) if not texts else (float("-inf"), ())
    column, rest = columns[0], columns[1:]
    ways = []
    for count in range(len(texts) + 1):
        own = _fit("".join(texts[:count]), column, count)
        if own > float("-inf"):
            further, counts = _best(texts[count:], rest)
            ways.append((own + further, (count, *counts)))
    return max(ways, key=lambda way: way[0], default=(float("-inf"), (0,) * len(columns)))


def _fit(text: str, column: Column, count: int) -> float:
    if count == 0:
        return ABSENT if column in LABELS else float("-inf")
    if column is Column.NUMBER and count > 1:
        return float("-inf")
    return fitness(text, column) + LONGER * (count - 1)


def _deal(lines: Sequence[Line], columns: Sequence[Column]) -> Row:
    _, counts = _best(tuple(text for _, text in lines), tuple(columns))
    cells: list[Cell] = []
    at = 0
    for place, count in enumerate(counts):
        own = lines[at : at + count]
        line = own[0][0] if own else lines[0][0]
        cells.append(Cell(text="\n".join(text for _, text in own), line=line, column=place))
        at += count
    return Row(tuple(cells))


def _cells(lines: Sequence[Line]) -> Row:
    return Row(
        tuple(Cell(text=text, line=line, column=at) for at, (line, text) in enumerate(lines))
    )
