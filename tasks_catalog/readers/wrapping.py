"""Pure: paragraphs that a copy broke into lines of one width, joined again."""

from collections import Counter
from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from tasks_catalog.blocks import Paragraph, Table
from tasks_catalog.outline import clean, numbering
from tasks_catalog.remarks import is_remark
from tasks_catalog.sections import annex_label

NARROWEST, WIDEST = 30, 130  # columns; a Chinese character takes two
FULL_LINES = 0.4  # at least this share of the lines ends at the margin
NEAR = 4  # columns: punctuation may hang over or be pulled in
FEWEST_LINES = 8
FEWEST_INDENTED = 3  # then the indent alone tells where a paragraph begins
INDENTS = (" ", "\u3000")
ENDS = "。：；！？:;"


def unwrapped(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks, with broken paragraphs joined where the whole text is broken so.

    A paragraph keeps the place of its first line.
    """
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    margin = _margin(paragraphs)
    if margin is None:
        return list(blocks)
    indents = sum(line.text.startswith(INDENTS) for line in paragraphs) >= FEWEST_INDENTED
    return list(_joined(blocks, margin, indents=indents))


def _margin(paragraphs: Sequence[Paragraph]) -> int | None:
    """Return the width at which lines are broken, None where they are not."""
    widths = Counter(_width(paragraph.text) for paragraph in paragraphs)
    if sum(widths.values()) < FEWEST_LINES:
        return None
    widest = max(widths)
    full = sum(count for width, count in widths.items() if widest - width <= NEAR)
    if not NARROWEST <= widest <= WIDEST or full < FULL_LINES * sum(widths.values()):
        return None
    return widest


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text.rstrip())


def _joined(
    blocks: Sequence[Paragraph | Table], margin: int, *, indents: bool
) -> Iterator[Paragraph | Table]:
    begun: Paragraph | None = None
    full = False
    for block in blocks:
        ended = begun is not None and not indents and clean(begun.text)[-1:] in ENDS
        if begun and full and not ended and isinstance(block, Paragraph) and _goes_on(block):
            begun = Paragraph(begun.line, begun.text.rstrip() + block.text.strip())
        else:
            if begun:
                yield begun
            begun = block if isinstance(block, Paragraph) else None
            if isinstance(block, Table):
                yield block
        full = isinstance(block, Paragraph) and margin - _width(block.text) <= NEAR
    if begun:
        yield begun


def _goes_on(line: Paragraph) -> bool:
    """Tell whether a line under a full one continues it: not indented, not numbered, no title."""
    text = clean(line.text)
    begins = numbering(text) or annex_label(text) or is_remark(text)
    return not line.text.startswith(INDENTS) and not begins
