"""Queries from the codes of a plan's items, as snapshots keep them, to the items themselves."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from db.plan_tables import WorkItem


def ids_by_code(session: Session, plan_id: UUID, codes: Sequence[str]) -> dict[str, UUID]:
    """Return the ids of a plan's items by their codes."""
    query = select(WorkItem.code, WorkItem.id).where(
        WorkItem.plan_id == plan_id, col(WorkItem.code).in_(codes)
    )
    return dict(session.exec(query).all())
