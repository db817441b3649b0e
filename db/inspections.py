"""Queries about inspections (督导检查): of an item, of a plan, of what one unit answers for."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from db.life_tables import Inspection
from db.plan_tables import Assignment, WorkItem


def same(
    session: Session, item_id: UUID, *, inspected_on: date, inspected_by: str, findings: str
) -> Inspection | None:
    """Return the inspection of that item, day and finding by the same people."""
    query = select(Inspection).where(
        Inspection.work_item_id == item_id,
        Inspection.inspected_on == inspected_on,
        Inspection.inspected_by == inspected_by,
        Inspection.findings == findings,
    )
    return session.exec(query).first()


def unsettled(session: Session, item_id: UUID) -> list[Inspection]:
    """Return the inspections of an item whose findings are still to be put right."""
    query = select(Inspection).where(
        Inspection.work_item_id == item_id,
        col(Inspection.put_right_by).is_not(None),
        col(Inspection.put_right_on).is_(None),
    )
    return list(session.exec(query.order_by(col(Inspection.put_right_by))))


def of_item(session: Session, item_id: UUID) -> list[Inspection]:
    """Return the inspections of an item, the first one first."""
    query = select(Inspection).where(Inspection.work_item_id == item_id)
    return list(session.exec(query.order_by(col(Inspection.inspected_on), col(Inspection.id))))


def of_plan(
    session: Session, plan_id: UUID, *, unit_id: UUID | None = None
) -> list[tuple[WorkItem, Inspection]]:
    """Return a plan's inspections with their items; of the items a unit answers for if named."""
    query = (
        select(WorkItem, Inspection)
        .join(Inspection, col(Inspection.work_item_id) == col(WorkItem.id))
        .where(WorkItem.plan_id == plan_id)
        .order_by(col(Inspection.inspected_on), col(WorkItem.code))
    )
    if unit_id is not None:
        theirs = select(Assignment.work_item_id).where(
            Assignment.unit_id == unit_id, col(Assignment.answers).is_(True)
        )
        query = query.where(col(WorkItem.id).in_(theirs))
    return [(item, found) for item, found in session.exec(query)]
