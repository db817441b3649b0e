"""Pure: ruled lines to the grids of tables, and which fields of a grid are one merged cell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tasks_catalog.readers.drawing import Page, Rule, Text

NEAR = 3.0  # points: two ruled lines or ends this close are one
MOST_RULES = 2_500
MOST_BANDS = 400

Field = tuple[int, int]  # band from the top, column from the left


@dataclass(frozen=True, slots=True)
class Grid:
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


def grids_on(page: Page) -> Iterator[Grid]:
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
            yield Grid(columns, bands, across, down)


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


def position(grid: Grid, text: Text) -> Field:
    """Return the field in whose bounds the middle of a text lies."""
    x, y = _middle(text)
    band = max(at for at, place in enumerate(grid.bands[:-1]) if place >= y)
    column = max(at for at, place in enumerate(grid.columns[:-1]) if place <= x)
    return band, column


def owners_in(grid: Grid) -> dict[Field, Field]:
    """Return for each field of the grid the top left field of the cell that it belongs to."""
    owners: dict[Field, Field] = {}
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
