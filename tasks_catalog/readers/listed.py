"""Tables that a copy left with one cell per line: headings first, then row after row.

Cells merged with the ones above are missing altogether and long cells take several lines, so the
lines are dealt out to rows and columns in the way that fits the headings best.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, takewhile

from tasks_catalog.blocks import Cell, Row, Table
from tasks_catalog.columns import (
    LABELS,
    LONGEST_HEADING,
    ROLES,
    TEXTS,
    Column,
    column_of,
    is_heading_row,
    settle,
)
from tasks_catalog.fitness import fitness
from tasks_catalog.outline import clean, numbering
from tasks_catalog.readers.text_forms import Line

FEWEST_COLUMNS, MOST_COLUMNS = 3, 12
MOST_LINES = 24  # of one row
MOST_UNNUMBERED = 400  # lines of a table without 序号
TITLE_OF_LIST = re.compile(r"(表|清单|台账|方案|计划|要点)$")
ABSENT, LONGER = -0.6, -0.3  # what it costs to leave a label out, to join a further line
IMPOSSIBLE = float("-inf")


def listed(lines: Sequence[Line], start: int) -> tuple[Table | None, int]:
    """Read the table whose headings begin here, one per line; also how many lines it takes."""
    headings = _headings(_printed(lines, start, MOST_COLUMNS + 1))
    if not headings:
        return None, 1
    columns = tuple(settle(dict(enumerate(text for _, text in headings))).values())
    first = _after(lines, start, headings[-1])
    numbered = columns[0] is Column.NUMBER
    rows = _numbered(lines, first, columns) if numbered else _unnumbered(lines, first, columns)
    if not rows:
        return None, 1
    end = _after(lines, first, rows[-1][-1])
    whole = tuple(_deal(row, columns) for row in rows)
    return Table(rows=(_cells(headings), *whole), placed=False), end - start


def _printed(lines: Sequence[Line], start: int, count: int) -> list[Line]:
    """Return the next lines that are not blank."""
    filled = (line for line in islice(lines, start, None) if line[1].strip())
    plain = takewhile(lambda line: "\t" not in line[1], filled)  # a TAB begins another form
    return [(number, clean(text)) for number, text in islice(plain, count)]


def _after(lines: Sequence[Line], start: int, line: Line) -> int:
    """Return the place after a line; lines are numbered one by one."""
    return start + line[0] - lines[start][0] + 1


def _headings(printed: Sequence[Line]) -> list[Line]:
    """Return the lines that head a table: up to the number 1, or as long as all are headings."""
    texts = [text for _, text in printed]
    count = 0
    if printed and column_of(texts[0]) is Column.NUMBER:
        count = texts.index("1") if "1" in texts else 0
    else:
        count = next((at for at, text in enumerate(texts) if not _may_head(text)), 0)
    columns = {column_of(text) for text in texts[:count]}
    if Column.NUMBER in columns and column_of(texts[0]) is not Column.NUMBER:
        return []  # what stands over 序号 is a title
    works = columns & {Column.DEADLINE, Column.TARGET, *ROLES} and columns & set(TEXTS)
    if count < FEWEST_COLUMNS or not works or not is_heading_row(texts[:count]):
        return []
    return list(printed[:count])


def _may_head(text: str) -> bool:
    if len(text) > LONGEST_HEADING or TITLE_OF_LIST.search(text):
        return False
    return column_of(text) is not Column.OTHER


def _numbered(lines: Sequence[Line], at: int, columns: tuple[Column, ...]) -> list[list[Line]]:
    """Return the lines of each row, the rows being numbered through from 1."""
    rows: list[list[Line]] = []
    while at < len(lines):
        ahead = _printed(lines, at, MOST_LINES)
        if not ahead or ahead[0][1] != str(len(rows) + 1):
            break
        rows.append(ahead[: _end_of_row(ahead, columns, following=str(len(rows) + 2))])
        at = _after(lines, at, rows[-1][-1])
    return rows


def _end_of_row(ahead: Sequence[Line], columns: tuple[Column, ...], *, following: str) -> int:
    """Return where the next number stands; of several candidates the one that fits best.

    The last row ends where a new text begins, or with its last column.
    """
    texts = tuple(text for _, text in ahead)
    least = _least(columns)
    ends = [at for at in range(least, len(texts)) if texts[at] == following]
    if not ends:
        last = min(len(texts), len(columns))
        ends = [at for at in range(least, last + 1) if not numbering(texts[at - 1])]
    return max(ends or [len(texts)], key=lambda at: (_best(texts[:at], columns)[0], at))


def _least(columns: Sequence[Column]) -> int:
    return len(columns) - sum(column in LABELS for column in columns)


def _unnumbered(lines: Sequence[Line], at: int, columns: tuple[Column, ...]) -> list[list[Line]]:
    """Return the lines of each row, cut where all rows together fit the headings best."""
    ahead = _printed(lines, at, MOST_UNNUMBERED)
    texts = tuple(text for _, text in ahead)
    scores, cuts = [0.0], [0]  # of the lines up to each place, and where its last row begins
    for end in range(1, len(texts) + 1):
        starts = range(max(0, end - MOST_LINES), end - _least(columns) + 1)
        ways = [(scores[cut] + _best(texts[cut:end], columns)[0], cut) for cut in starts]
        score, cut = max(ways, default=(IMPOSSIBLE, 0))
        scores.append(score)
        cuts.append(cut)
    end = max(range(len(scores)), key=lambda place: scores[place])
    rows: list[list[Line]] = []
    while end > 0:
        rows.append(list(ahead[cuts[end] : end]))
        end = cuts[end]
    return rows[::-1]


@lru_cache(maxsize=4096)
def _best(texts: tuple[str, ...], columns: tuple[Column, ...]) -> tuple[float, tuple[int, ...]]:
    """Return the score of the best way to deal the lines out, and the lines per column."""
    if not columns:
        return (0.0, ()) if not texts else (IMPOSSIBLE, ())
    column, rest = columns[0], columns[1:]
    ways = []
    for count in range(len(texts) - _least(rest) + 1):
        own = _fit("".join(texts[:count]), column, count)
        if own > IMPOSSIBLE:
            further, counts = _best(texts[count:], rest)
            ways.append((own + further, (count, *counts)))
    return max(ways, key=lambda way: way[0], default=(IMPOSSIBLE, (0,) * len(columns)))


def _fit(text: str, column: Column, count: int) -> float:
    if count == 0:
        return ABSENT if column in LABELS else IMPOSSIBLE
    if column is Column.NUMBER and count > 1:
        return IMPOSSIBLE
    return fitness(text, column) + LONGER * (count - 1)


def _deal(lines: Sequence[Line], columns: tuple[Column, ...]) -> Row:
    _, counts = _best(tuple(text for _, text in lines), columns)
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
