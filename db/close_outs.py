"""Queries about close-outs: the one that is open, those of a plan, what an item has to show."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from db import evidence
from db.life_tables import CloseOut, ProgressReport
from db.plan_tables import WorkItem
from db.record_tables import Obligation
from db.reports import STANDING
from supervision.closing import Proof
from supervision.vocabulary import Decision


def open_one(session: Session, item_id: UUID) -> CloseOut | None:
    """Return the request on an item that is not decided yet."""
    query = select(CloseOut).where(
        CloseOut.work_item_id == item_id, col(CloseOut.decision) == Decision.OPEN
    )
    return session.exec(query).one_or_none()


def of_item(session: Session, item_id: UUID) -> list[CloseOut]:
    """Return every request on an item, the first one first."""
    query = select(CloseOut).where(CloseOut.work_item_id == item_id)
    return list(session.exec(query.order_by(col(CloseOut.ordinal))))


def next_ordinal(session: Session, item_id: UUID) -> int:
    """Return the number of the next request on an item, counted from 1."""
    query = select(func.max(CloseOut.ordinal)).where(CloseOut.work_item_id == item_id)
    return (session.exec(query).one() or 0) + 1


def of_plan(
    session: Session, plan_id: UUID, decision: Decision | None
) -> list[tuple[WorkItem, CloseOut]]:
    """Return a plan's requests with their items, the oldest first; None means any decision."""
    query: Any = select(WorkItem, CloseOut).join(
        CloseOut, col(CloseOut.work_item_id) == col(WorkItem.id)
    )
    query = query.where(WorkItem.plan_id == plan_id)
    if decision is not None:
        query = query.where(col(CloseOut.decision) == decision)
    order = (col(CloseOut.asked_on), col(WorkItem.code), col(CloseOut.ordinal))
    return [(item, found) for item, found in session.exec(query.order_by(*order))]


def proof_of(session: Session, item: WorkItem) -> Proof:
    """Return what an item has to show for itself."""
    return Proof(
        kind=item.kind,
        evidence=evidence.kinds_of(session, item.id),
        invested_wan=latest_investment(session, item.id),
    )


def latest_investment(session: Session, item_id: UUID) -> Decimal | None:
    """Return the money spent so far (万元) by the latest report that states it."""
    query = (
        select(ProgressReport)
        .join(Obligation, col(Obligation.id) == col(ProgressReport.obligation_id))
        .where(
            Obligation.work_item_id == item_id,
            col(ProgressReport.invested_wan).is_not(None),
            col(ProgressReport.verdict).in_(STANDING),
        )
        .order_by(col(ProgressReport.as_of).desc(), col(ProgressReport.reported_at).desc())
    )
    latest = session.exec(query.limit(1)).first()
    return None if latest is None else latest.invested_wan
