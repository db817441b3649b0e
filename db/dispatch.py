"""Queries for the dispatch table: what a round asks of whom, and what is on record about it."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from db.life_tables import Milestone, ProgressReport
from db.plan_tables import Assignment, Contact, Unit, WorkingGroup, WorkItem
from db.record_tables import Obligation, Round
from supervision.lights import LISTED_STATES


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """One report that is owed, with its item and the item's working group."""

    obligation: Obligation
    item: WorkItem
    group: str | None

    @property
    def is_asked(self) -> bool:
        """Whether anything is reported on the item still: not once it is closed or suspended."""
        return self.item.state in LISTED_STATES


def owed(session: Session, round_id: UUID, *, unit_id: UUID | None = None) -> list[Owed]:
    """Return what is owed in a round, by all or by one unit, tasks first, in the plan's order."""
    query = (
        select(Obligation, WorkItem, WorkingGroup.name)
        .join(WorkItem, col(WorkItem.id) == col(Obligation.work_item_id))
        .outerjoin(WorkingGroup, col(WorkingGroup.id) == col(WorkItem.working_group_id))
        .where(Obligation.round_id == round_id)
        .order_by(col(WorkItem.kind).desc(), col(WorkItem.number))
    )
    if unit_id is not None:
        theirs = select(Assignment.work_item_id).where(
            Assignment.unit_id == unit_id, col(Assignment.answers).is_(True)
        )
        query = query.where(col(WorkItem.id).in_(theirs))
    rows = session.exec(query)
    return [Owed(obligation=found, item=item, group=group) for found, item, group in rows]


def units_owing(session: Session, round_id: UUID) -> list[Unit]:
    """Return the units that answer for an item of a round, in the plan's order."""
    theirs = (
        select(Assignment.unit_id)
        .join(Obligation, col(Obligation.work_item_id) == col(Assignment.work_item_id))
        .join(WorkItem, col(WorkItem.id) == col(Assignment.work_item_id))
        .where(
            Obligation.round_id == round_id,
            col(Assignment.answers).is_(True),
            col(WorkItem.state).in_(LISTED_STATES),
        )
    )
    return list(session.exec(select(Unit).where(col(Unit.id).in_(theirs)).order_by("position")))


def reports_of(session: Session, item_id: UUID) -> list[tuple[str, ProgressReport]]:
    """Return the latest version of every round's report on an item, with its period, in time."""
    query = (
        select(Round.period, ProgressReport)
        .join(Obligation, col(Obligation.id) == col(ProgressReport.obligation_id))
        .join(Round, col(Round.id) == col(Obligation.round_id))
        .where(Obligation.work_item_id == item_id)
        .order_by(col(Round.period), col(ProgressReport.version))
    )
    return list(dict(session.exec(query).all()).items())


def stages(session: Session, plan_id: UUID, period: str) -> dict[UUID, str]:
    """Return how far each item of a plan is to be by the end of a period, in its own words."""
    query = (
        select(Milestone.work_item_id, Milestone.stage)
        .join(WorkItem, col(WorkItem.id) == col(Milestone.work_item_id))
        .where(WorkItem.plan_id == plan_id, Milestone.period == period)
    )
    return dict(session.exec(query).all())


def people_of(session: Session, unit_id: UUID) -> list[Contact]:
    """Return the people a unit has named and who are still there."""
    query = select(Contact).where(Contact.unit_id == unit_id, col(Contact.left_on).is_(None))
    return list(session.exec(query))
