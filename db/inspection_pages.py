"""Queries behind the page of inspections (督导检查): counted, paged, and counted by unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.life_tables import Inspection
from db.plan_tables import Assignment, Unit, WorkItem


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which inspections: of a unit's items if it is named, those still to be put right if so."""

    plan_ids: tuple[UUID, ...]
    unit_id: UUID | None = None
    unsettled_only: bool = False


def count(session: Session, wanted: Wanted) -> int:
    """Return how many inspections are wanted."""
    query = select(func.count(col(Inspection.id))).join(
        WorkItem, col(WorkItem.id) == col(Inspection.work_item_id)
    )
    return session.exec(query.where(*_conditions(wanted))).one()


def stretch(
    session: Session, wanted: Wanted, *, offset: int, limit: int
) -> Sequence[tuple[WorkItem, Inspection]]:
    """Return a stretch of them with their items, the latest first."""
    query = (
        select(WorkItem, Inspection)
        .join(Inspection, col(Inspection.work_item_id) == col(WorkItem.id))
        .where(*_conditions(wanted))
        .order_by(col(Inspection.inspected_on).desc(), col(WorkItem.code), col(Inspection.id))
    )
    return session.exec(query.offset(offset).limit(limit)).all()


def by_unit(session: Session, plan_ids: tuple[UUID, ...]) -> Sequence[tuple[UUID, str, int, int]]:
    """Return each unit with how often its items were inspected, and what is still open of it."""
    is_open = col(Inspection.put_right_by).is_not(None) & col(Inspection.put_right_on).is_(None)
    query = (
        select(
            Unit.id,
            Unit.name,
            func.count(col(Inspection.id)),
            func.count(col(Inspection.id)).filter(is_open),
        )
        .join(Assignment, col(Assignment.unit_id) == col(Unit.id))
        .join(Inspection, col(Inspection.work_item_id) == col(Assignment.work_item_id))
        .join(WorkItem, col(WorkItem.id) == col(Inspection.work_item_id))
        .where(col(Assignment.answers).is_(True), col(WorkItem.plan_id).in_(plan_ids))
        .group_by(col(Unit.id), col(Unit.name), col(Unit.position))
        .order_by(col(Unit.position))
    )
    return session.exec(query).all()


def _conditions(wanted: Wanted) -> list[Any]:
    conditions: list[Any] = [col(WorkItem.plan_id).in_(wanted.plan_ids)]
    if wanted.unit_id is not None:
        theirs = select(Assignment.work_item_id).where(
            Assignment.unit_id == wanted.unit_id, col(Assignment.answers).is_(True)
        )
        conditions.append(col(WorkItem.id).in_(theirs))
    if wanted.unsettled_only:
        conditions += [
            col(Inspection.put_right_by).is_not(None),
            col(Inspection.put_right_on).is_(None),
        ]
    return conditions
