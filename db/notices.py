"""Queries about supervision notices."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.plan_tables import Assignment, Unit, WorkItem
from db.record_tables import Notice
from supervision.vocabulary import NoticeState, Rung, UnitKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """One drafted notice with what its line on a sheet says."""

    notice_id: UUID
    rung: Rung
    code: str
    title: str
    deadline_text: str | None
    due_on: date
    lead_unit: str
    lead_kind: UnitKind
    sponsor_unit: str | None


def drafts(session: Session, plan_id: UUID) -> list[Draft]:
    """Return the notices waiting to be signed, by answering unit in the plan's order."""
    sponsor = aliased(Unit)
    answers = and_(
        col(Assignment.work_item_id) == col(WorkItem.id), col(Assignment.answers).is_(True)
    )
    query = (
        select(
            col(Notice.id),
            col(Notice.rung),
            col(WorkItem.code),
            col(WorkItem.title),
            col(WorkItem.deadline_text),
            col(Notice.overdue_since),
            col(Unit.name),
            col(Unit.kind),
            col(sponsor.name),
        )
        .join_from(Notice, WorkItem, col(WorkItem.id) == col(Notice.work_item_id))
        .join(Assignment, answers)
        .join(Unit, col(Unit.id) == col(Assignment.unit_id))
        .outerjoin(sponsor, col(sponsor.id) == col(Unit.sponsor_unit_id))
        .where(col(Notice.plan_id) == plan_id, col(Notice.state) == NoticeState.DRAFT)
        .order_by(col(Unit.position), col(Notice.rung), col(WorkItem.due_on), col(WorkItem.code))
    )
    return [
        Draft(
            notice_id=row[0],
            rung=row[1],
            code=row[2],
            title=row[3],
            deadline_text=row[4],
            due_on=row[5],
            lead_unit=row[6],
            lead_kind=row[7],
            sponsor_unit=row[8],
        )
        for row in session.connection().execute(query)
    ]
