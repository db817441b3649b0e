"""A draft as pages show it: findings beside their passages, items with fields and findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.plan_draft_tables import PlanDraft
from services.plan_drafts import Said, corrected, read_of, said_of, settlement_of
from services.plan_rulings import item_of
from services.plan_uploads import unpacked
from supervision.vocabulary import Severity
from tasks_catalog.model import Finding, ReadItem, ReadPlan
from tasks_catalog.passages import Passage, codes_of, passage_of, passages_of

MOST_PASSAGES = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A finding by its number in the draft, what it is about, and how it was settled if it was."""

    number: int
    finding: Finding
    codes: Sequence[str]
    said: Said | None

    @property
    def is_waiting(self) -> bool:
        """Whether it stands in the way of adoption; notes never do."""
        return self.said is None and self.finding.severity is not Severity.NOTE


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemSheet:
    """One item of a draft: its passage, its fields as corrected, its findings, its neighbours."""

    passage: Passage
    read: ReadItem
    now: ReadItem
    points: Sequence[Point]
    before: str
    after: str
    next_waiting: str  # the next item with something to be settled; empty when there is none
    groups: Sequence[str]


def points_of(draft: PlanDraft) -> list[Point]:
    """Return the findings of a draft, numbered from 1; a number means the same one for good."""
    return _points(read_of(draft), said_of(draft))


def _points(read: ReadPlan, said: Mapping[str, Said]) -> list[Point]:
    return [
        Point(
            number=number,
            finding=finding,
            codes=codes_of(finding, read),
            said=said.get(finding.id),
        )
        for number, finding in enumerate(read.findings, start=1)
    ]


def passages_at(draft: PlanDraft, point: Point) -> list[Passage]:
    """Return the passages a finding is about, the first few where it is about many."""
    found = passages_of(unpacked(draft.document), read_of(draft), point.finding)
    return found[:MOST_PASSAGES]


def sheet_of(draft: PlanDraft, code: str) -> ItemSheet:
    """Return one item of a draft; UsageError for a code it does not have."""
    read = read_of(draft)
    item = item_of(read, code)
    codes = [each.code for each in read.work_items]
    at, points = codes.index(code), _points(read, said_of(draft))
    waiting = {about for point in points if point.is_waiting for about in point.codes}
    later = [other for other in (*codes[at + 1 :], *codes[:at]) if other in waiting]
    return ItemSheet(
        passage=passage_of(unpacked(draft.document), read, code),
        read=item,
        now=item_of(corrected(draft), code),
        points=[point for point in points if code in point.codes],
        before=codes[at - 1] if at else "",
        after=codes[at + 1] if at + 1 < len(codes) else "",
        next_waiting=later[0] if later else "",
        groups=list(dict.fromkeys(each.working_group for each in read.work_items
                                  if each.working_group)),
    )  # fmt: skip


def item_lines(draft: PlanDraft) -> list[tuple[ReadItem, int, bool]]:
    """Return the items as corrected, each with how many findings wait, and whether it changed."""
    waiting: dict[str, int] = {}
    for point in points_of(draft):
        for code in point.codes if point.is_waiting else ():
            waiting[code] = waiting.get(code, 0) + 1
    changed = settlement_of(draft).items
    return [
        (item, waiting.get(item.code, 0), item.code in changed)
        for item in corrected(draft).work_items
    ]
