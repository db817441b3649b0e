"""Queries about notices that wait for a person: to be issued, delivered, reviewed, addressed."""

from uuid import UUID

from sqlmodel import Session, col, select

from db.notices import first_to_answer
from db.plan_tables import Assignment, Unit, WorkItem
from db.record_tables import Notice
from db.work_items import can_be_due
from supervision.lights import LISTED_STATES
from supervision.vocabulary import NoticeState, UnitKind

ON_THEIR_WAY = (NoticeState.DRAFT, NoticeState.SIGNED)


def codes_in(session: Session, plan_id: UUID, state: NoticeState) -> list[str]:
    """Return the items, not closed yet, that have a notice in that state."""
    query = (
        select(WorkItem.code)
        .join(Notice, col(Notice.work_item_id) == col(WorkItem.id))
        .where(
            Notice.plan_id == plan_id,
            col(Notice.state) == state,
            col(WorkItem.state).in_(LISTED_STATES),
        )
        .order_by(col(WorkItem.code))
    )
    return list(session.exec(query))


def without_sponsor(session: Session, plan_id: UUID) -> list[str]:
    """Return the items with a notice to come whose company is reached through nobody."""
    query = (
        select(WorkItem.code)
        .join(Notice, col(Notice.work_item_id) == col(WorkItem.id))
        .join(Assignment, first_to_answer())
        .join(Unit, col(Unit.id) == col(Assignment.unit_id))
        .where(
            *can_be_due(plan_id),
            col(Notice.state).in_(ON_THEIR_WAY),
            col(Unit.kind) == UnitKind.COMPANY,
            col(Unit.sponsor_unit_id).is_(None),
        )
        .order_by(col(WorkItem.code))
    )
    return list(session.exec(query))
