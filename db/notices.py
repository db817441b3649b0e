"""Queries about supervision notices."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.bulk import constants, hex_of, insert_found, new_ids
from db.plan_tables import Assignment, Unit, WorkItem
from db.record_tables import Notice
from db.work_items import can_be_due
from supervision.keys import notice_key
from supervision.vocabulary import NoticeState, Rung, UnitKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Missed:
    """Overdue items on which the same rung has opened, by what they have in common."""

    rung: Rung
    settled_on: date | None
    cycle: int  # the second begins when an item that was closed is reopened
    due_on: tuple[date, ...]


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


def draft(
    session: Session,
    plan_id: UUID,
    missed: Missed,
    *,
    frozen: Collection[UUID],
    today: date,
    policy: str,
) -> int:
    """Draft a notice on each item due on one of the missed days; return how many.

    Left out are frozen items, and those on which a notice of any rung was drafted in this cycle.
    `policy` is its version.
    """
    drafted = exists().where(
        col(Notice.work_item_id) == col(WorkItem.id), col(Notice.cycle) == missed.cycle
    )
    due = (
        select(
            new_ids(by=col(WorkItem.id)).label("id"),
            notice_key(hex_of(col(WorkItem.id)), missed.rung, missed.cycle).label("key"),
            col(WorkItem.id).label("work_item_id"),
            col(WorkItem.due_on).label("overdue_since"),
            *constants(
                Notice,
                plan_id=plan_id,
                rung=missed.rung,
                cycle=missed.cycle,
                state=NoticeState.DRAFT,
                drafted_on=today,
                policy_version=policy,
            ),
        )
        .where(
            *can_be_due(plan_id),
            col(WorkItem.due_on).in_(missed.due_on),
            col(WorkItem.settled_on).is_not_distinct_from(missed.settled_on),
            col(WorkItem.cycle) == missed.cycle,
            col(WorkItem.id).not_in(frozen),
            ~drafted,
        )
        .order_by(col(WorkItem.id))
    )
    return insert_found(session, Notice, due)


def drafts(session: Session, plan_id: UUID) -> list[Draft]:
    """Return the notices waiting to be signed, by answering unit in the plan's order.

    One whose item was settled, suspended or given a later date meanwhile is not put before anybody.
    """
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
        .where(
            *can_be_due(plan_id),
            col(Notice.state) == NoticeState.DRAFT,
            col(Notice.overdue_since) == col(WorkItem.due_on),
            col(Notice.cycle) == col(WorkItem.cycle),
        )
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
