"""Pure: whether every line of a document stands somewhere in what was read of it (V7)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tasks_catalog.blocks import Document, Paragraph, Row, Table
from tasks_catalog.model import ReadIndicator, ReadItem, ReadMeasure, ReadPlan, TextLine

UNSEEN = re.compile(r"\[bookmark:[^\]]*\]|[\u200b-\u200f\u2060\ufeff\u00ad]|\s")
NO_WORDS = re.compile(r"[\d—\-第页共/]*")  # page numbers


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """How many lines of print (paragraphs, table rows, asides) went where; the sum is all.

    `missing` are those that what was read holds nowhere: a fault of reading, never hidden.
    """

    lines: int
    went_to: Mapping[str, int]  # by Chinese name of the place
    missing: Sequence[TextLine]


def ledger_of(document: Document, plan: ReadPlan) -> Ledger:
    """Return where each line of the document went."""
    held = _held(plan)
    everything = "\n".join(place.text for place in held.values())
    went_to, missing, lines = dict.fromkeys(held, 0), [], 0
    for line, texts in printed_lines(document):
        wanted = [text for text in map(_plain, texts) if not NO_WORDS.fullmatch(text)]
        if not wanted:
            continue
        lines += 1
        place = next((name for name, it in held.items() if it.has_all(wanted)), None)
        if place is None and not all(text in everything for text in wanted):
            missing.append(TextLine(line=line, text=" | ".join(texts)))
            continue
        went_to[place or SPREAD] += 1
    return Ledger(lines=lines, went_to=went_to, missing=missing)


def printed_lines(document: Document) -> Iterator[tuple[int, list[str]]]:
    """Yield the place and the texts of every paragraph, table row and aside, in order."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.line, [block.text]
        else:
            yield from _rows_of(block)
    for aside in document.asides:
        yield aside.line, [aside.text]


def _rows_of(table: Table) -> Iterator[tuple[int, list[str]]]:
    row: Row
    for row in table.rows:
        yield row.line, [cell.words for cell in row.cells if not cell.merged_above]


SPREAD = "任务和项目清单"  # a row whose cells stand in several lists is counted with the first


class _Place:
    """The words held in one part of what was read."""

    def __init__(self, texts: Iterable[str]) -> None:
        whole = [_plain(text) for text in texts]
        self.text = "\n".join(whole)
        self._whole = set(whole)

    def has_all(self, wanted: Sequence[str]) -> bool:
        """Tell whether all these words are held here, whole or as a part."""
        return all(text in self._whole or text in self.text for text in wanted)


def _held(plan: ReadPlan) -> Mapping[str, _Place]:
    return {
        "任务和项目清单": _Place(_cells(plan.work_items)),
        "指标表": _Place(_cells(plan.indicators)),
        "正文举措": _Place(_cells(plan.measures)),
        "备注和保障措施": _Place(plan.plan.remarks),
        "标题和一般叙述": _Place(line.text for line in plan.narrative),
        "未读懂的行": _Place(line.text for line in plan.unread),
    }


def _cells(things: Iterable[ReadItem | ReadIndicator | ReadMeasure]) -> Iterator[str]:
    return (part for thing in things for pair in thing.source.raw.items() for part in pair)


def _plain(text: str) -> str:
    return UNSEEN.sub("", text)
