"""Pages of long lists of items: how many there are, and which stand on a page, in SQL."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session, col

from db.plan_tables import Indicator, Plan, WorkItem
from db.work_items import Wanted, narrowed
from supervision.vocabulary import ItemKind


def count(session: Session, wanted: Wanted) -> int:
    """Return how many items are wanted; of a day gone by no number can be had this way."""
    query = select(func.count()).select_from(WorkItem).where(*narrowed(wanted))
    return int(session.connection().execute(query).scalar_one())


def ids(session: Session, wanted: Wanted, *, offset: int, limit: int) -> tuple[UUID, ...]:
    """Return which items stand on a page, in the order of `items.listed`."""
    order: list[Any] = [col(WorkItem.plan_id), col(WorkItem.kind).desc(), col(WorkItem.number)]
    if wanted.overdue_only:
        order.insert(0, col(WorkItem.due_on))
    query = select(col(WorkItem.id)).where(*narrowed(wanted)).order_by(*order)
    found = session.connection().execute(query.offset(offset).limit(limit))
    return tuple(found.scalars())


def kinds(session: Session, wanted: Wanted) -> dict[ItemKind, int]:
    """Return how many items of each kind are wanted."""
    query = select(col(WorkItem.kind), func.count()).where(*narrowed(wanted))
    rows = session.connection().execute(query.group_by(col(WorkItem.kind)))
    return dict(rows.tuples().all())


def indicators(session: Session, office_id: UUID, *, offset: int, limit: int) -> list[Indicator]:
    """Return a stretch of the indicators (指标) of an office's plans, in the order printed."""
    query = (
        select(Indicator)
        .join(Plan, col(Plan.id) == col(Indicator.plan_id))
        .where(col(Plan.office_id) == office_id)
        .order_by(col(Plan.code), col(Indicator.number))
    )
    return list(session.execute(query.offset(offset).limit(limit)).scalars())


def indicator_count(session: Session, office_id: UUID) -> int:
    """Return how many indicators an office's plans have."""
    query = (
        select(func.count())
        .select_from(Indicator)
        .join(Plan, col(Plan.id) == col(Indicator.plan_id))
        .where(col(Plan.office_id) == office_id)
    )
    return int(session.connection().execute(query).scalar_one())
