"""Queries for days gone by: which items changed since, and which due date they had."""

from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, bindparam, select
from sqlmodel import Session, col

from db.life_tables import Extension
from db.plan_tables import Adjustment, WorkItem
from supervision.vocabulary import Decision

DATED = (WorkItem.acknowledged_on, WorkItem.submitted_on, WorkItem.closed_on, WorkItem.settled_on)


def changed_since(as_of: date) -> list[Any]:
    """Return conditions on WorkItem: any of them makes an item one that changed after a day."""
    extended = select(col(Extension.work_item_id)).where(*_granted_since(as_of))
    adjusted = select(col(Adjustment.work_item_id)).where(col(Adjustment.as_of) > as_of)
    moved = [col(WorkItem.id).in_(query) for query in (extended, adjusted)]
    return [col(dated) > as_of for dated in DATED] + moved


def due_dates(session: Session, *, as_of: date) -> dict[UUID, date | None]:
    """Return the due date of a day gone by, of the items whose date was moved after it."""
    connection, asked = session.connection(), {"day": as_of}
    moves = [move for query in _moves_since() for move in connection.execute(query, asked)]
    # The first move after the day tells what the date was until then.
    latest_first = sorted(moves, key=lambda move: move[1], reverse=True)
    return {item_id: due_on for item_id, _, due_on in latest_first}


@cache  # asked for every list of items
def _moves_since() -> tuple[Select[Any], Select[Any]]:
    day: Any = bindparam("day", type_=Date)
    adjusted = select(
        col(Adjustment.work_item_id), col(Adjustment.as_of), col(Adjustment.due_on_before)
    ).where(col(Adjustment.as_of) > day)
    extended = select(
        col(Extension.work_item_id), col(Extension.decided_on), col(Extension.due_on_before)
    ).where(*_granted_since(day))
    return adjusted, extended


def _granted_since(as_of: date) -> list[Any]:
    return [
        col(Extension.decision) == Decision.APPROVED,
        col(Extension.decided_on) > as_of,
    ]
