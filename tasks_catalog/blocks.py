"""The one shape that every reader gives: a document as numbered paragraphs, tables and asides."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")  # zero width, soft hyphen


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as printed; `line` counts from 1 in the unit of its format."""

    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table cell as printed, line breaks kept; `column` counts grid columns from 0."""

    text: str
    line: int
    column: int
    width: int = 1  # grid columns it spans
    merged_above: bool = False  # the format itself says: one cell with the one above
    computed: bool = False  # a formula's stored value

    @property
    def words(self) -> str:
        """Return the text on one line: a break inside a cell is layout, not meaning."""
        return "".join(part.strip() for part in UNSEEN.sub("", self.text).split("\n"))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; a cell merged from above is present and says so."""

    cells: tuple[Cell, ...]

    @property
    def line(self) -> int:
        """Return where the row begins."""
        return self.cells[0].line

    @property
    def words(self) -> str:
        """Return the row on one line, for those who must read it by eye."""
        return " | ".join(cell.words for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows in order.

    `placed` is False where the format lost the grid (text): cells are only counted, a cell that
    spans two columns shifts the rest, and an empty cell may be the lower part of a merged one.
    """

    rows: tuple[Row, ...]
    placed: bool = True


@dataclass(frozen=True, slots=True)
class Aside:
    """Text with a remark on what it is, such as 文本框, 批注, 未接受的插入修订."""

    line: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Document:
    """Everything a reader saw, in order.

    `asides` stand outside the flow and are nowhere in the blocks; `doubts` are in the blocks, but
    a person should look at them (a tracked insertion, a formula's value).
    """

    blocks: tuple[Paragraph | Table, ...]
    asides: tuple[Aside, ...] = ()
    doubts: tuple[Aside, ...] = ()

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the paragraphs outside tables, in order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))
