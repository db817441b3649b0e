"""Queries for days gone by: which items changed since, by which moves, and their due dates then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, and_, bindparam, exists, select
from sqlmodel import Session, col

from db.life_tables import Extension
from db.plan_tables import Adjustment, WorkItem
from db.record_tables import Event
from supervision.vocabulary import Decision, ItemState, Move

DATED = (WorkItem.acknowledged_on, WorkItem.submitted_on, WorkItem.closed_on, WorkItem.settled_on)
OF_ITEMS = "work_item"  # how entries say what they are about


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """A move of an item as it stands on record: from which state, on which day, with what."""

    move: Move
    before: ItemState
    day: date
    facts: Mapping[str, Any]


def changed_since(as_of: date) -> list[Any]:
    """Return conditions on WorkItem: any of them makes an item one that changed after a day."""
    extended = select(col(Extension.work_item_id)).where(*_granted_since(as_of))
    adjusted = select(col(Adjustment.work_item_id)).where(col(Adjustment.as_of) > as_of)
    moved = [col(WorkItem.id).in_(query) for query in (extended, adjusted)]
    return [col(dated) > as_of for dated in DATED] + moved + [moved_since(as_of)]


def moved_since(as_of: date) -> Any:  # noqa: ANN401 - a condition
    """Return the condition that a move of an item is on record after a day."""
    return exists().where(*_moves_of_an_item(), col(Event.as_of) > as_of).correlate(WorkItem)


def _moves_of_an_item() -> list[Any]:
    return [
        col(Event.about_id) == col(WorkItem.id),
        col(Event.about_kind) == OF_ITEMS,
        col(Event.act).in_([move.value for move in Move]),
    ]


def moves(session: Session, about: Sequence[Any], *, as_of: date) -> dict[UUID, list[Moved]]:
    """Return every move, in order, of those items that were moved after a day.

    `about` are conditions on WorkItem. What is archived from the record is not among them.
    """
    columns = (WorkItem.id, Event.act, Event.before, Event.as_of, Event.facts)
    query = (
        select(*(col(column) for column in columns))
        .join_from(WorkItem, Event, and_(*_moves_of_an_item()))
        .where(moved_since(as_of), *about)
        .order_by(col(WorkItem.id), col(Event.sequence))
    )
    found: dict[UUID, list[Moved]] = {}
    for item_id, act, before, day, facts in session.connection().execute(query):
        moved = Moved(move=Move(act), before=ItemState(before), day=day, facts=facts)  # type: ignore[call-arg]
        found.setdefault(item_id, []).append(moved)
    return found


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
