"""Queries about extensions (延期): the open one of an item, those decided, those that freeze."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from db.life_tables import Extension
from db.plan_tables import WorkItem
from supervision.vocabulary import Decision


def open_one(session: Session, item_id: UUID) -> Extension | None:
    """Return the extension of an item that is not decided yet."""
    query = select(Extension).where(
        Extension.work_item_id == item_id, col(Extension.decision) == Decision.OPEN
    )
    return session.exec(query).one_or_none()


def of_item(session: Session, item_id: UUID) -> list[Extension]:
    """Return every extension asked for on an item, the first one first."""
    query = select(Extension).where(Extension.work_item_id == item_id)
    return list(session.exec(query.order_by(col(Extension.asked_on), col(Extension.id))))


def granted(session: Session, item_id: UUID) -> int:
    """Return how many extensions an item was granted."""
    query = select(func.count(col(Extension.id))).where(
        Extension.work_item_id == item_id, col(Extension.decision) == Decision.APPROVED
    )
    return session.exec(query).one()


def of_plan(
    session: Session, plan_id: UUID, decision: Decision | None
) -> list[tuple[WorkItem, Extension]]:
    """Return a plan's extensions with their items, the oldest first; None means any decision."""
    query: Any = select(WorkItem, Extension).join(
        Extension, col(Extension.work_item_id) == col(WorkItem.id)
    )
    query = query.where(WorkItem.plan_id == plan_id)
    if decision is not None:
        query = query.where(col(Extension.decision) == decision)
    order = (col(Extension.asked_on), col(WorkItem.code))
    return [(item, found) for item, found in session.exec(query.order_by(*order))]


_OPEN = (
    select(Extension)
    .join(WorkItem, col(WorkItem.id) == col(Extension.work_item_id))
    .where(WorkItem.plan_id == bindparam("plan"), col(Extension.decision) == Decision.OPEN)
    .order_by(col(Extension.asked_on), col(WorkItem.code))
)


def undecided(session: Session, plan_id: UUID) -> list[Extension]:
    """Return a plan's admissible extensions that are not decided yet: they may freeze the ladder.

    One that lacked something when it was asked for freezes nothing (R21, R22).
    """
    found = session.exec(_OPEN, params={"plan": plan_id})
    return [extension for extension in found if not extension.lacks]
