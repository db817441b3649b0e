"""Pure: what is drawn on a page to lines of text and to tables, by the ruled lines around cells."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tasks_catalog.blocks import Cell, Row, Table

NEAR = 3.0  # points: two ruled lines or ends this close are one
SAME_LINE = 0.5  # of the letter size: texts this close in height are one line
WIDE_GAP = 1.2  # of the letter size: more than this between two texts is a space
MOST_RULES = 4_000
MOST_BANDS = 400
PAGE_NUMBER = re.compile(r"[-—–－\s·]*\d{1,4}[-—–－\s·]*|第\s*\d+\s*页.*")
FIRST_WIDE = "\u2e80"  # from here on letters are as wide as high


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text where it is drawn; y counts upwards."""

    x: float
    y: float
    size: float
    words: str
    measured_end: float | None  # None where the font's widths are not known

    @property
    def end(self) -> float:
        """Return where it ends, else by rule: wide letters take their size, others half of it."""
        if self.measured_end is not None:
            return self.measured_end
        return self.x + self.size * sum(1 if c >= FIRST_WIDE else 0.5 for c in self.words)


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: at a height or a place from the left, between two ends."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """All that matters of one page."""

    texts: list[Text] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line outside tables, with the margins of its page."""

    number: int
    words: str
    x: float
    end: float
    size: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Grid:
    """The ruled lines of one table: columns from left to right, bands from top to bottom."""

    columns: tuple[float, ...]
    bands: tuple[float, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]

    def holds(self, text: Text) -> bool:
        """Tell whether a text stands inside the table."""
        x, y = _middle(text)
        return self.columns[0] < x < self.columns[-1] and self.bands[-1] < y < self.bands[0]


def _middle(text: Text) -> tuple[float, float]:
    return (text.x + text.end) / 2, text.y + text.size * 0.3


def flow(page: Page, first: int) -> tuple[list[Line | Table], int]:
    """Return lines and tables from top to bottom, and the number of the next printed line."""
    printed = _printed_lines(page.texts)
    numbers = {id(text): first + at for at, line in enumerate(printed) for text in line}
    grids = list(_grids(page))
    left = min((text.x for text in page.texts), default=0)
    right = max((text.end for text in page.texts), default=0)
    found: list[tuple[float, Line | Table]] = []
    for grid in grids:
        inside = [text for text in page.texts if grid.holds(text)]
        if inside:
            found.append((grid.bands[0], _table(grid, inside, numbers)))
    for at, line in enumerate(printed):
        outside = [text for text in line if not any(grid.holds(text) for grid in grids)]
        words = _joined(outside)
        if words and not PAGE_NUMBER.fullmatch(words):
            ends = outside[0].x, max(text.end for text in outside)
            found.append(
                (outside[0].y, Line(first + at, words, *ends, outside[0].size, left, right))
            )
    found.sort(key=lambda pair: -pair[0])
    return [block for _, block in found], first + len(printed)


def _printed_lines(texts: Iterable[Text]) -> list[list[Text]]:
    """Return the texts as printed lines, the topmost first, each from left to right."""
    lines: list[list[Text]] = []
    for text in sorted(texts, key=lambda text: -text.y):
        if lines and lines[-1][0].y - text.y < SAME_LINE * max(text.size, 1):
            lines[-1].append(text)
        else:
            lines.append([text])
    return [sorted(line, key=lambda text: text.x) for line in lines]


def _joined(line: Sequence[Text]) -> str:
    words = "".join(text.words for text in line[:1])
    for before, text in pairwise(line):
        gap = text.x - before.end > WIDE_GAP * text.size
        words += (" " if gap else "") + text.words
    return words.strip()


def _grids(page: Page) -> Iterator[_Grid]:
    """Yield the tables: sets of ruled lines that touch one another."""
    rules = [*((rule, True) for rule in page.across), *((rule, False) for rule in page.down)]
    if len(rules) > MOST_RULES:
        return
    for members in _touching(rules):
        across = tuple(rule for rule, is_across in members if is_across)
        down = tuple(rule for rule, is_across in members if not is_across)
        columns = tuple(_clusters(rule.at for rule in down))
        bands = tuple(reversed(_clusters(rule.at for rule in across)))
        if len(columns) > 1 and 1 < len(bands) <= MOST_BANDS and len(columns) <= MOST_BANDS:
            yield _Grid(columns, bands, across, down)


def _touching(rules: Sequence[tuple[Rule, bool]]) -> Iterator[list[tuple[Rule, bool]]]:
    """Yield groups of rules connected by crossings; a group grows from any of its rules."""
    waiting = list(rules)
    while waiting:
        group, edge = [], [waiting.pop()]
        while edge:
            rule = edge.pop()
            group.append(rule)
            touched = [other for other in waiting if _touch(rule, other)]
            waiting = [other for other in waiting if other not in touched]
            edge.extend(touched)
        yield group


def _touch(one: tuple[Rule, bool], other: tuple[Rule, bool]) -> bool:
    (first, across), (second, also_across) = one, other
    if across == also_across:
        overlap = first.start - NEAR <= second.end and second.start - NEAR <= first.end
        return abs(first.at - second.at) < NEAR and overlap
    return (
        first.start - NEAR <= second.at <= first.end + NEAR
        and second.start - NEAR <= first.at <= second.end + NEAR
    )


def _clusters(places: Iterable[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > NEAR:
            found.append(place)
    return found


def _table(grid: _Grid, texts: Sequence[Text], numbers: dict[int, int]) -> Table:
    owners = _owners(grid)
    held: dict[tuple[int, int], list[Text]] = defaultdict(list)
    for text in texts:
        held[owners[_position(grid, text)]].append(text)
    rows = []
    for band in range(len(grid.bands) - 1):
        cells = list(_cells(band, owners, held, numbers))
        line = min((cell.line for cell in cells if cell.text), default=None)
        if line is not None:
            rows.append(
                Row(tuple(cell if cell.text else replace(cell, line=line) for cell in cells))
            )
    return Table(rows=tuple(rows))


def _position(grid: _Grid, text: Text) -> tuple[int, int]:
    x, y = _middle(text)
    band = max(at for at, place in enumerate(grid.bands[:-1]) if place >= y)
    column = max(at for at, place in enumerate(grid.columns[:-1]) if place <= x)
    return band, column


def _owners(grid: _Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each field of the grid the top left field of the cell that it belongs to."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for band, (top, bottom) in enumerate(pairwise(grid.bands)):
        for column, (left, right) in enumerate(pairwise(grid.columns)):
            height, middle = (top + bottom) / 2, (left + right) / 2
            if column and not _walled(grid.down, left, height):
                owners[band, column] = owners[band, column - 1]
            elif band and not _walled(grid.across, top, middle):
                owners[band, column] = owners[band - 1, column]
            else:
                owners[band, column] = (band, column)
    return owners


def _walled(rules: Iterable[Rule], at: float, through: float) -> bool:
    return any(
        abs(rule.at - at) <= NEAR and rule.start - NEAR <= through <= rule.end + NEAR
        for rule in rules
    )


def _cells(
    band: int,
    owners: dict[tuple[int, int], tuple[int, int]],
    held: dict[tuple[int, int], list[Text]],
    numbers: dict[int, int],
) -> Iterator[Cell]:
    columns = sorted(column for row, column in owners if row == band)
    starts = [at for at in columns if not at or owners[band, at] != owners[band, at - 1]]
    for start, end in pairwise([*starts, len(columns)]):
        owner = owners[band, start]
        texts = held.get(owner, []) if owner[0] == band else []
        lines = _printed_lines(texts)
        yield Cell(
            text="\n".join(_joined(line) for line in lines),
            line=min((numbers[id(text)] for text in texts), default=0),
            column=start,
            width=end - start,
            merged_above=owner[0] != band,
        )
