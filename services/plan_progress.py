"""A draft as pages show it: how far it has come, its units, historic items, and the sum of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from db import plan_drafts, plans, units
from db.plan_draft_tables import PlanDraft
from services.office import SHANGHAI
from services.plan_drafts import corrected, open_findings, read_of, said_of, settlement_of
from services.plan_terms import historic_items
from services.plan_uploads import unpacked
from services.plans import the_office
from services.roster import nearest
from services.settling import HistoricWord
from supervision.vocabulary import ItemKind, PlanDraftState, Severity, UnitKind
from tasks_catalog.editions import Changes, changes
from tasks_catalog.ledger import Ledger, ledger_of
from tasks_catalog.model import ReadItem, ReadPlan, ReadUnit


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftLine:
    """A draft in the list of them; `waiting` findings stand in the way of its adoption."""

    id: UUID
    title: str
    code: str
    file_name: str
    state: PlanDraftState
    started_by: str
    started_on: date
    waiting: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """How far the settling has come."""

    id: UUID
    title: str
    code: str
    file_name: str
    state: PlanDraftState
    baseline_on: date
    waiting: int  # findings that stand in the way
    settled: int
    notes: int  # not settled, and need not be
    items: Mapping[ItemKind, int]
    historic: int
    historic_open: int
    corrects: str  # the title of the plan that it is an edition of; empty for a new plan


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitLine:
    """A unit a draft names: known to the office, or new; what it was appointed."""

    unit: ReadUnit
    is_new: bool
    near: Sequence[str]  # of a new one: what the office knows under a name like it
    sponsor: str
    members: Sequence[str]

    @property
    def wants_sponsor(self) -> bool:
        """Whether it is reached through another unit (督导单位)."""
        return self.unit.kind is UnitKind.COMPANY

    @property
    def wants_members(self) -> bool:
        """Whether it stands for others."""
        return self.unit.kind is UnitKind.COLLECTIVE


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoricLine:
    """An item due before the baseline, and what was said of it."""

    item: ReadItem
    word: HistoricWord | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """What adopting the draft would write, and where every line of the document went."""

    ledger: Ledger
    indicators: int
    measures: int
    new_units: Sequence[str]
    corrected: Sequence[str]
    changes: Changes | None  # to the latest edition; None for a new plan


def listed(session: Session, *, offset: int, limit: int) -> tuple[int, list[DraftLine]]:
    """Return how many drafts there are, and a stretch of them, the latest first."""
    office_id = the_office(session).id
    found = plan_drafts.of_office(session, office_id, offset=offset, limit=limit)
    return plan_drafts.count(session, office_id), [_line(draft) for draft in found]


def _line(draft: PlanDraft) -> DraftLine:
    """Return a line from the stored values alone: a list does not read whole plans."""
    blocking = [
        finding["id"]
        for finding in draft.content["findings"]
        if finding["severity"] != Severity.NOTE and finding["id"] not in draft.rulings
    ]
    return DraftLine(
        id=draft.id,
        title=draft.content["plan"]["title"],
        code=draft.code,
        file_name=draft.file_name,
        state=draft.state,
        started_by=draft.started_by,
        started_on=draft.started_at.astimezone(SHANGHAI).date(),
        waiting=len(blocking),
    )


def progress_of(session: Session, draft: PlanDraft) -> Progress:
    """Return how far the settling of a draft has come."""
    read, settled = read_of(draft), said_of(draft)
    waiting = len(open_findings(draft, read))
    historic = historic_items(session, draft)
    spoken = settlement_of(draft).historic
    plan = plans.by_code(session, draft.office_id, draft.code)
    return Progress(
        id=draft.id,
        title=read.plan.title,
        code=draft.code,
        file_name=draft.file_name,
        state=draft.state,
        baseline_on=draft.baseline_on,
        waiting=waiting,
        settled=len(settled),
        notes=len(read.findings) - waiting - len(settled),
        items={kind: sum(item.kind is kind for item in read.work_items) for kind in ItemKind},
        historic=len(historic),
        historic_open=sum(item.code not in spoken for item in historic),
        corrects="" if plan is None or draft.state is PlanDraftState.ADOPTED else plan.title,
    )


def unit_lines(session: Session, draft: PlanDraft) -> list[UnitLine]:
    """Return the units a draft names, those to be looked at first."""
    known = units.ids_by_name(session, draft.office_id)
    settlement = settlement_of(draft)
    lines = [
        UnitLine(
            unit=unit,
            is_new=unit.name not in known,
            near=[] if unit.name in known else nearest(unit.name, known),
            sponsor=settlement.sponsors.get(unit.name, ""),
            members=settlement.members.get(unit.name, []),
        )
        for unit in corrected(draft).units
    ]
    return sorted(lines, key=lambda it: not (it.wants_sponsor or it.wants_members))


def historic_lines(session: Session, draft: PlanDraft) -> list[HistoricLine]:
    """Return the items due before the baseline, each with what was said of it."""
    spoken = settlement_of(draft).historic
    return [
        HistoricLine(item=item, word=spoken.get(item.code))
        for item in historic_items(session, draft)
    ]


def summary_of(session: Session, draft: PlanDraft) -> Summary:
    """Return what adopting the draft would write."""
    read, now = read_of(draft), corrected(draft)
    known = units.ids_by_name(session, draft.office_id)
    plan = plans.by_code(session, draft.office_id, draft.code)
    old = None if plan is None else plans.editions_of(session, plan.id)[-1]
    return Summary(
        ledger=ledger_of(unpacked(draft.document), read),
        indicators=len(read.indicators),
        measures=len(read.measures),
        new_units=[unit.name for unit in now.units if unit.name not in known],
        corrected=sorted(settlement_of(draft).items),
        changes=None if old is None else changes(ReadPlan.model_validate(old.content), now),
    )
