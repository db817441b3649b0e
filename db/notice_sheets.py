"""Queries about notice sheets and the matters they name."""

import re
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy import select as select_pairs
from sqlmodel import Session, col, select

from db.notice_tables import NoticeSheet
from db.plan_tables import WorkItem
from db.record_tables import Notice
from supervision.lights import LISTED_STATES
from supervision.vocabulary import NoticeState


def locked(session: Session, sheet_id: UUID) -> NoticeSheet | None:
    """Return a sheet as it stands, locked until the transaction ends; None when there is none."""
    query = select(NoticeSheet).where(NoticeSheet.id == sheet_id)
    return session.exec(query.with_for_update()).one_or_none()


def matters(session: Session, sheet_id: UUID) -> list[tuple[Notice, WorkItem]]:
    """Return the matters of a sheet with their items, in the order the paper names them."""
    return list(session.execute(_pairs().where(col(Notice.sheet_id) == sheet_id)).tuples())


def matters_locked(session: Session, sheet_id: UUID) -> list[tuple[Notice, WorkItem]]:
    """Return the same, the notices locked until the transaction ends."""
    query = _pairs().where(col(Notice.sheet_id) == sheet_id)
    return list(session.execute(query.with_for_update(of=Notice)).tuples())


def _pairs() -> Select[tuple[Notice, WorkItem]]:
    return (
        select_pairs(Notice, WorkItem)
        .join(WorkItem, col(WorkItem.id) == col(Notice.work_item_id))
        .order_by(col(WorkItem.due_on), col(WorkItem.code))
    )


def still_calls(notice: Notice, item: WorkItem) -> bool:
    """Return whether what a matter is about still stands: item open, same life, same date."""
    return (
        item.state in LISTED_STATES
        and not item.historic
        and notice.cycle == item.cycle
        and notice.overdue_since in (None, item.due_on)
    )


SHORT_NUMBER = re.compile(r"(\d{4})-(\d+)")


def by_number(session: Session, office_id: UUID, name: str) -> NoticeSheet | None:
    """Return the sheet of a number, as printed or as 2025-3, locked; None when there is none."""
    query = select(NoticeSheet).where(NoticeSheet.office_id == office_id)
    short = SHORT_NUMBER.fullmatch(name.strip())
    if short is not None:
        query = query.where(NoticeSheet.year == int(short[1]), NoticeSheet.number == int(short[2]))
    else:
        query = query.where(NoticeSheet.number_text == name.strip())
    return session.exec(query.with_for_update()).one_or_none()


def latest_of_item(session: Session, plan_id: UUID, code: str) -> NoticeSheet | None:
    """Return the sheet signed last that names an item and was not taken back, locked."""
    query = (
        select(NoticeSheet)
        .join(Notice, col(Notice.sheet_id) == col(NoticeSheet.id))
        .join(WorkItem, col(WorkItem.id) == col(Notice.work_item_id))
        .where(
            WorkItem.plan_id == plan_id,
            WorkItem.code == code,
            col(NoticeSheet.state) != NoticeState.WITHDRAWN,
        )
        .order_by(col(NoticeSheet.signed_at).desc(), col(Notice.cycle).desc())
        .limit(1)
        .with_for_update(of=NoticeSheet)
    )
    return session.exec(query).first()


def of_plan(session: Session, plan_id: UUID) -> list[NoticeSheet]:
    """Return a plan's sheets in the order they were signed."""
    query = select(NoticeSheet).where(NoticeSheet.plan_id == plan_id)
    order = (col(NoticeSheet.signed_at), col(NoticeSheet.number), col(NoticeSheet.id))
    return list(session.exec(query.order_by(*order)))


def drafts_locked(session: Session, notice_ids: list[UUID]) -> list[tuple[Notice, WorkItem]]:
    """Return those of the notices that are still drafts, with their items, locked."""
    drafts = (col(Notice.id).in_(notice_ids), col(Notice.state) == NoticeState.DRAFT)
    return list(session.execute(_pairs().where(*drafts).with_for_update(of=Notice)).tuples())


def named(session: Session, notice_ids: list[UUID]) -> list[tuple[Notice, WorkItem]]:
    """Return notices with their items to look at, in the order a paper names them."""
    return list(session.execute(_pairs().where(col(Notice.id).in_(notice_ids))).tuples())
