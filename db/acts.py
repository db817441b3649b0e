"""Queries about acts (the ledger): what is still untold, to whom, and which message tells it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.plan_tables import Assignment, Unit, WorkItem
from db.record_tables import Act, Obligation, Round
from db.work_items import STREAM, addressee, join_answering, overdue_conditions
from supervision.lights import LISTED_STATES
from supervision.vocabulary import ObligationState, Relation


@dataclass(frozen=True, kw_only=True, slots=True)
class Untold:
    """One act that no message has told yet, with what its line in a digest says."""

    unit_id: UUID
    rule: str
    code: str
    title: str
    due_on: date | None
    historic: bool
    lead_unit: str | None
    period: str | None  # of the round, when the act is about a report
    report_due_on: date | None


def _untold(office_id: UUID) -> list[Any]:
    return [
        col(Act.office_id) == office_id,
        col(Act.message_id).is_(None),
        col(Act.withdrawn_on).is_(None),
    ]


def untold(session: Session, office_id: UUID) -> Iterator[Untold]:
    """Give the untold acts of an office, unit by unit in the plan's order, earliest due first."""
    owner = aliased(Unit)
    lead = (
        select(col(owner.name))
        .join(Assignment, col(Assignment.unit_id) == col(owner.id))
        .where(
            col(Assignment.work_item_id) == col(Act.work_item_id),
            col(Assignment.relation) == Relation.LEAD,
        )
        .correlate(Act)
    )
    query = (
        select(
            col(Act.unit_id),
            col(Act.rule),
            col(WorkItem.code),
            col(WorkItem.title),
            col(WorkItem.due_on),
            col(WorkItem.historic),
            lead.scalar_subquery(),
            col(Round.period),
            col(Round.due_on),
        )
        .join_from(Act, WorkItem, col(WorkItem.id) == col(Act.work_item_id))
        .join(Unit, col(Unit.id) == col(Act.unit_id))
        .outerjoin(Round, col(Round.id) == col(Act.round_id))
        .where(*_untold(office_id))
        .order_by(col(Unit.position), col(WorkItem.due_on), col(WorkItem.code), col(Act.rule))
    )
    for row in session.connection().execute(query, execution_options=STREAM):
        yield Untold(
            unit_id=row[0],
            rule=row[1],
            code=row[2],
            title=row[3],
            due_on=row[4],
            historic=row[5],
            lead_unit=row[6],
            period=row[7],
            report_due_on=row[8],
        )


def withdraw_settled(session: Session, office_id: UUID, *, today: date) -> int:
    """Withdraw untold acts on items that are closed and reports that came in; return how many."""
    closed = select(col(WorkItem.id)).where(col(WorkItem.state).not_in(LISTED_STATES))
    reported = select(col(Obligation.id)).where(
        col(Obligation.round_id) == col(Act.round_id),
        col(Obligation.work_item_id) == col(Act.work_item_id),
        col(Obligation.state) != ObligationState.OPEN,
    )
    settled = or_(
        col(Act.work_item_id).in_(closed),
        and_(col(Act.round_id).is_not(None), reported.exists()),
    )
    gone = update(Act).where(*_untold(office_id), settled).values(withdrawn_on=today)
    return session.connection().execute(gone).rowcount


def claim(session: Session, office_id: UUID, unit_id: UUID, message_id: UUID) -> int:
    """Put every untold act of a unit under one message; return how many those are."""
    theirs = update(Act).where(*_untold(office_id), col(Act.unit_id) == unit_id)
    return session.connection().execute(theirs.values(message_id=message_id)).rowcount


def is_still_due(session: Session, message_id: UUID) -> bool:
    """Return whether anything a message tells is still open; asked just before it is sent."""
    query = (
        select(func.count())
        .select_from(Act)
        .join(WorkItem, col(WorkItem.id) == col(Act.work_item_id))
        .where(col(Act.message_id) == message_id, col(WorkItem.state).in_(LISTED_STATES))
    )
    return bool(session.connection().execute(query).scalar())


def overdue_counts(
    session: Session, plan_ids: list[UUID], *, office_unit_id: UUID, today: date
) -> dict[UUID, int]:
    """Return how many overdue items each addressed unit has to see to, historic ones included."""
    told = addressee(office_unit_id)
    query = join_answering(
        select(told, func.count(func.distinct(col(WorkItem.id)))).where(
            col(WorkItem.plan_id).in_(plan_ids), *overdue_conditions(today)
        )
    )
    rows = session.connection().execute(query.group_by(told)).tuples()
    return dict(rows.all())
