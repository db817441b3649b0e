"""Pure: a document cut at its annexes, each with the tables in it and what is written around."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tasks_catalog.blocks import Document, Paragraph, Table
from tasks_catalog.outline import clean, numbering
from tasks_catalog.remarks import is_remark

BODY = "正文"
# 附件2, 附件 2：任务清单; not 附件：1.… which lists the annexes under the text.
ANNEX = re.compile(
    r"(?P<label>附(?:件|表|录)\s*[\d一二三四五六七八九十]*)\s*[：:\-—]?\s*(?P<title>\S*)$"
)
LIST_OF_ANNEXES = re.compile(r"附(?:件|表)\s*[：:]")
LONGEST_ANNEX_LINE = 50


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table with the title-like line over it; `adjacent` to another one where none is."""

    table: Table
    caption: str
    adjacent: bool


@dataclass(slots=True)
class Section:
    """The body or one annex: its label, its paragraphs, its tables."""

    label: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: list[PlacedTable] = field(default_factory=list)


def sections_of(document: Document) -> list[Section]:
    """Return the body and the annexes in order; the line 附件2 itself opens its section."""
    found = [Section(BODY)]
    for before, block in pairwise((None, *document.blocks)):
        if isinstance(block, Table):
            adjacent = isinstance(before, Table)
            found[-1].tables.append(PlacedTable(block, _caption(found[-1]), adjacent))
            continue
        if block is None:
            continue
        if label := annex_label(block.text):
            found.append(Section(label))
        found[-1].paragraphs.append(block)
    return found


def lists_annexes(paragraphs: Sequence[Paragraph]) -> set[Paragraph]:
    """Return the lines under a notice that only name its annexes: 附件：1.… 2.…."""
    found: set[Paragraph] = set()
    open_list = False
    for paragraph in paragraphs:
        text = clean(paragraph.text)
        numbered = numbering(text)
        short = len(text) <= LONGEST_ANNEX_LINE and text[-1:] not in "。；"
        open_list = bool(LIST_OF_ANNEXES.match(text)) or bool(open_list and numbered and short)
        if open_list:
            found.add(paragraph)
    return found


def annex_label(text: str) -> str | None:
    """Return 附件2 where the line opens an annex."""
    line = clean(text)
    if len(line) > LONGEST_ANNEX_LINE or LIST_OF_ANNEXES.match(line):
        return None
    match = ANNEX.match(line)
    return re.sub(r"\s", "", match["label"]) if match else None


def _caption(section: Section) -> str:
    """Return the last title-like line over a table."""
    titles = (clean(paragraph.text) for paragraph in reversed(section.paragraphs))
    return next((title for title in titles if title and not is_remark(title)), section.label)


def front_of(document: Document) -> Sequence[Paragraph]:
    """Return what stands before the first numbered paragraph, table or annex."""
    annexes = lists_annexes(list(document.paragraphs))
    return tuple(_until_content(block for block in document.blocks if block not in annexes))


def _until_content(blocks: Iterable[Paragraph | Table]) -> Iterator[Paragraph]:
    begun = False
    for block in blocks:
        if isinstance(block, Table) or numbering(clean(block.text)):
            return
        opens_annex = annex_label(block.text) is not None
        if opens_annex and begun:
            return
        if not opens_annex:  # 附件1 over everything is no end of the front
            begun = True
            yield block
