"""Queries about everything one item has: its units, its record, its reports and notices."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from db.life_tables import ProgressReport
from db.plan_tables import Assignment, Plan, Unit, WorkItem
from db.record_tables import Event, Notice, Obligation, Round
from supervision.vocabulary import ItemEvent, ItemState, Relation


def item_shown(session: Session, plan_id: UUID, code: str) -> WorkItem | None:
    """Return a plan's item of that code to look at: unlike `lives.by_code`, it locks nothing."""
    query = select(WorkItem).where(WorkItem.plan_id == plan_id, WorkItem.code == code)
    return session.exec(query).one_or_none()


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcernedUnit:
    """A unit of an item as the plan relates them, in the order printed."""

    name: str
    relation: Relation
    answers: bool
    is_inferred: bool


def units_of(session: Session, item_id: UUID) -> list[ConcernedUnit]:
    """Return the units an item concerns, in the order printed."""
    query = (
        select(Unit, Assignment)
        .join(Assignment, col(Assignment.unit_id) == col(Unit.id))
        .where(Assignment.work_item_id == item_id)
        .order_by(col(Assignment.position))
    )
    return [
        ConcernedUnit(
            name=unit.name,
            relation=assigned.relation,
            answers=assigned.answers,
            is_inferred=assigned.is_inferred,
        )
        for unit, assigned in session.exec(query)
    ]


def events_about(session: Session, item_id: UUID) -> list[Event]:
    """Return what is on record of an item, in the order it happened."""
    query = select(Event).where(Event.about_id == item_id)
    return list(session.exec(query.order_by(col(Event.sequence))))


def reports_of(session: Session, item_id: UUID) -> list[tuple[str, ProgressReport]]:
    """Return an item's reports with their quarters, versions in order."""
    query = (
        select(Round, ProgressReport)
        .join(Obligation, col(Obligation.round_id) == col(Round.id))
        .join(ProgressReport, col(ProgressReport.obligation_id) == col(Obligation.id))
        .where(Obligation.work_item_id == item_id)
        .order_by(col(Round.period), col(ProgressReport.version))
    )
    return [(found.period, report) for found, report in session.exec(query)]


def notices_of(session: Session, item_id: UUID) -> list[Notice]:
    """Return an item's notices, the first drafted first."""
    query = select(Notice).where(Notice.work_item_id == item_id)
    return list(session.exec(query.order_by(col(Notice.drafted_on), col(Notice.cycle))))


def has_notice(session: Session, item: WorkItem) -> bool:
    """Return whether a notice was drafted on an item in the cycle it is in."""
    query = select(Notice.cycle).where(Notice.work_item_id == item.id, Notice.cycle == item.cycle)
    return session.exec(query.limit(1)).first() is not None


def disputed(session: Session, office_id: UUID) -> list[tuple[WorkItem, Event]]:
    """Return the items whose last dispute is not answered, each with it, the oldest first."""
    acts = (ItemEvent.DISPUTE, ItemEvent.ANSWER_DISPUTE)
    query = (
        select(WorkItem, Event)
        .join(Event, col(Event.about_id) == col(WorkItem.id))
        .where(Event.office_id == office_id, col(Event.act).in_(acts))
        .order_by(col(Event.sequence))
    )
    last = {item.id: (item, event) for item, event in session.exec(query)}
    waiting = [pair for pair in last.values() if pair[1].act == ItemEvent.DISPUTE]
    return sorted(waiting, key=lambda pair: pair[1].sequence)


def suspended(session: Session, office_id: UUID) -> list[WorkItem]:
    """Return the suspended items of an office's plans, the one to be reviewed first first."""
    query = (
        select(WorkItem)
        .join(Plan, col(Plan.id) == col(WorkItem.plan_id))
        .where(Plan.office_id == office_id, col(WorkItem.state) == ItemState.SUSPENDED)
    )
    return list(session.exec(query.order_by(col(WorkItem.review_on), col(WorkItem.code))))
