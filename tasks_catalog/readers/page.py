"""Pure: what is drawn on a page to lines of text and to tables, by the ruled lines around cells."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tasks_catalog.blocks import Cell, Row, Table
from tasks_catalog.readers.drawing import Page, Text
from tasks_catalog.readers.ruled import Field, Grid, grids_on, owners_in, position

SAME_LINE = 0.5  # of the letter size: texts this close in height are one line
WIDE_GAP = 1.2  # of the letter size: more than this between two texts is a space
PAGE_NUMBER = re.compile(r"[-—–－\s·]*\d{1,4}[-—–－\s·]*|第\s*\d+\s*页.*")


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


def flow(page: Page, first: int) -> tuple[list[Line | Table], int]:
    """Return lines and tables from top to bottom, and the number of the next printed line."""
    printed = _printed_lines(page.texts)
    numbers = {id(text): first + at for at, line in enumerate(printed) for text in line}
    grids = list(grids_on(page))
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


def _table(grid: Grid, texts: Sequence[Text], numbers: dict[int, int]) -> Table:
    owners = owners_in(grid)
    held: dict[Field, list[Text]] = defaultdict(list)
    for text in texts:
        held[owners[position(grid, text)]].append(text)
    rows = []
    for band in range(len(grid.bands) - 1):
        cells = list(_cells(band, owners, held, numbers))
        line = min((cell.line for cell in cells if cell.text), default=None)
        if line is not None:
            rows.append(
                Row(tuple(cell if cell.text else replace(cell, line=line) for cell in cells))
            )
    return Table(rows=tuple(rows))


def _cells(
    band: int,
    owners: dict[Field, Field],
    held: dict[Field, list[Text]],
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
