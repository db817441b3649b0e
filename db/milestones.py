"""Queries about milestones (年度节点): what an item is to have reached by a quarter's end."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import exists
from sqlmodel import Session, col, select

from db.life_tables import Milestone
from db.plan_tables import WorkItem
from supervision.periods import Quarter, quarter_named
from supervision.standing import LISTED_STATES
from supervision.vocabulary import ItemKind


def of_item(session: Session, item_id: UUID) -> list[Milestone]:
    """Return an item's milestones in order of time."""
    query = select(Milestone).where(Milestone.work_item_id == item_id)
    return list(session.exec(query.order_by(col(Milestone.period))))


def of_plan(session: Session, plan_id: UUID) -> Mapping[UUID, dict[Quarter, int]]:
    """Return the percent to be reached, by item and quarter; items without any are not there."""
    query = (
        select(Milestone)
        .join(WorkItem, col(WorkItem.id) == col(Milestone.work_item_id))
        .where(WorkItem.plan_id == plan_id)
    )
    found: dict[UUID, dict[Quarter, int]] = {}
    for milestone in session.exec(query):
        by_quarter = found.setdefault(milestone.work_item_id, {})
        by_quarter[quarter_named(milestone.period)] = milestone.percent
    return found


def tasks_without_course(session: Session, plan_id: UUID) -> list[str]:
    """Return a plan's unfinished dated tasks that have no milestone at all, by code (R16)."""
    there = exists().where(col(Milestone.work_item_id) == col(WorkItem.id))
    query = select(WorkItem.code).where(
        col(WorkItem.plan_id) == plan_id,
        col(WorkItem.state).in_(LISTED_STATES),
        col(WorkItem.historic).is_(False),
        col(WorkItem.kind) == ItemKind.TASK,
        col(WorkItem.due_on).is_not(None),
        ~there,
    )
    return list(session.exec(query.order_by(col(WorkItem.code))))
