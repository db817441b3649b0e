"""Queries about notice sheets and the matters they name."""

from uuid import UUID

from sqlmodel import Session, col, select

from db.notice_tables import NoticeSheet
from db.plan_tables import WorkItem
from db.record_tables import Notice
from supervision.lights import LISTED_STATES


def locked(session: Session, sheet_id: UUID) -> NoticeSheet | None:
    """Return a sheet as it stands, locked until the transaction ends; None when there is none."""
    query = select(NoticeSheet).where(NoticeSheet.id == sheet_id)
    return session.exec(query.with_for_update()).one_or_none()


def matters(session: Session, sheet_id: UUID) -> list[tuple[Notice, WorkItem]]:
    """Return the matters of a sheet with their items, in the order the paper names them."""
    query = (
        select(Notice, WorkItem)
        .join(WorkItem, col(WorkItem.id) == col(Notice.work_item_id))
        .where(Notice.sheet_id == sheet_id)
        .order_by(col(WorkItem.due_on), col(WorkItem.code))
    )
    return [(notice, item) for notice, item in session.exec(query)]


def still_calls(notice: Notice, item: WorkItem) -> bool:
    """Return whether what a matter is about still stands: item open, same life, same date."""
    return (
        item.state in LISTED_STATES
        and not item.historic
        and notice.cycle == item.cycle
        and notice.overdue_since in (None, item.due_on)
    )
