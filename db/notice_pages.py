"""Queries behind the pages of notices: papers by where they are, counted and paged in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, or_, select
from sqlmodel import Session, col

from db.notice_tables import NoticeSheet
from db.notices import first_to_answer
from db.plan_tables import Assignment, Unit, WorkItem
from db.record_tables import Notice
from db.work_items import can_be_due
from supervision.vocabulary import NoticeState, Rung

ONE_MATTER = (Rung.RED, Rung.INTERVIEW)  # 一事一单 (R17)


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperLine:
    """One paper in a list; any of its notices names it."""

    notice_id: UUID
    unit: str
    rung: Rung
    number: str | None
    items: int
    first_code: str
    drafted_on: date
    signed_on: date | None = None
    issued_on: date | None = None
    delivered_on: date | None = None
    reply_due_on: date | None = None


def waiting_papers(session: Session, plan_ids: Sequence[UUID]) -> int:
    """Return how many papers wait to be signed."""
    query = select(func.count()).select_from(_drafts(plan_ids).subquery())
    return int(session.connection().execute(query).scalar_one())


def drafts(
    session: Session, plan_ids: Sequence[UUID], *, offset: int, limit: int
) -> list[PaperLine]:
    """Return a stretch of the papers that wait to be signed, by unit in the plan's order."""
    query = _drafts(plan_ids).offset(offset).limit(limit)
    return [
        PaperLine(
            notice_id=UUID(row.notice_id),
            unit=row.unit,
            rung=row.rung,
            number=None,
            items=row.matters,
            first_code=row.first_code,
            drafted_on=row.drafted_on,
        )
        for row in session.connection().execute(query)
    ]


def _drafts(plan_ids: Sequence[UUID]) -> Select[Any]:
    """Return the query for papers as they would be signed: one a unit, or one a matter (R17)."""
    one_matter = case((col(Notice.rung).in_(ONE_MATTER), cast(col(Notice.id), String)))
    still_calls = or_(
        col(Notice.overdue_since) == col(WorkItem.due_on), col(Notice.overdue_since).is_(None)
    )
    columns: tuple[Any, ...] = (
        func.min(cast(col(Notice.id), String)).label("notice_id"),
        col(Unit.name).label("unit"),
        col(Notice.rung).label("rung"),
        func.count().label("matters"),
        func.min(col(WorkItem.code)).label("first_code"),
        func.min(col(Notice.drafted_on)).label("drafted_on"),
    )
    return (
        select(*columns)
        .join_from(Notice, WorkItem, col(WorkItem.id) == col(Notice.work_item_id))
        .join(Assignment, first_to_answer())
        .join(Unit, col(Unit.id) == col(Assignment.unit_id))
        .where(
            or_(*(and_(*can_be_due(plan_id)) for plan_id in plan_ids)),
            col(Notice.state) == NoticeState.DRAFT,
            col(Notice.cycle) == col(WorkItem.cycle),
            still_calls,
        )
        .group_by(col(Unit.id), col(Unit.name), col(Unit.position), col(Notice.rung), one_matter)
        .order_by(col(Unit.position), col(Notice.rung), func.min(col(WorkItem.code)))
    )


def of_state(state: NoticeState) -> ColumnElement[bool]:
    """Return what makes a sheet one that has a matter in this state."""
    return exists().where(col(Notice.sheet_id) == col(NoticeSheet.id), col(Notice.state) == state)


def received_by(unit_id: UUID) -> ColumnElement[bool]:
    """Return what makes a sheet one that a unit received: its own, or its company's (督导单位)."""
    addressed = or_(
        col(NoticeSheet.unit_id) == unit_id, col(NoticeSheet.receiving_unit_id) == unit_id
    )
    return and_(addressed, col(NoticeSheet.number).is_not(None))


def count_sheets(session: Session, plan_ids: Sequence[UUID], which: ColumnElement[bool]) -> int:
    """Return how many signed papers there are of a sort."""
    query = select(func.count()).select_from(NoticeSheet)
    found = query.where(col(NoticeSheet.plan_id).in_(plan_ids), which)
    return int(session.connection().execute(found).scalar_one())


def sheets(
    session: Session,
    plan_ids: Sequence[UUID],
    which: ColumnElement[bool],
    *,
    offset: int,
    limit: int,
) -> list[PaperLine]:
    """Return a stretch of the signed papers of a sort, the latest first."""
    matters = (
        select(
            col(Notice.sheet_id).label("sheet_id"),
            func.min(cast(col(Notice.id), String)).label("notice_id"),
            func.count().label("matters"),
            func.min(col(WorkItem.code)).label("first_code"),
            func.min(col(Notice.drafted_on)).label("drafted_on"),
        )
        .join(WorkItem, col(WorkItem.id) == col(Notice.work_item_id))
        .group_by(col(Notice.sheet_id))
        .subquery()
    )
    query = (
        select(NoticeSheet.__table__, col(Unit.name).label("unit"), matters)  # type: ignore[attr-defined]
        .join(matters, matters.c.sheet_id == col(NoticeSheet.id))
        .join(Unit, col(Unit.id) == col(NoticeSheet.unit_id))
        .where(col(NoticeSheet.plan_id).in_(plan_ids), which)
        .order_by(col(NoticeSheet.signed_at).desc(), col(NoticeSheet.id))
        .offset(offset)
        .limit(limit)
    )
    return [
        PaperLine(
            notice_id=UUID(row["notice_id"]),
            unit=row["unit"],
            rung=row["rung"],
            number=row["number_text"],
            items=row["matters"],
            first_code=row["first_code"],
            drafted_on=row["drafted_on"],
            signed_on=row["signed_on"],
            issued_on=row["issued_on"],
            delivered_on=row["delivered_on"],
            reply_due_on=row["reply_due_on"],
        )
        for row in session.connection().execute(query).mappings()
    ]
