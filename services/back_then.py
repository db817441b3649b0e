"""An item as it stood on a day gone by: what was done to it since is taken back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from db.back_then import Moved
from db.plan_tables import WorkItem
from supervision.vocabulary import Grade, ItemState, Move

Set = Callable[[Moved], Any]


def _on_its_day(moved: Moved) -> date:
    return moved.day


def _nothing(_moved: Moved) -> None:
    return None


def _no(_moved: Moved) -> bool:
    return False


def _grade(moved: Moved) -> Grade | None:
    found = moved.facts.get("grade")
    return None if found is None else Grade(found)  # type: ignore[call-arg]


def _review_on(moved: Moved) -> date | None:
    found = moved.facts.get("review_on")
    return None if found is None else date.fromisoformat(found)


# Which moves set what of an item, as `services.moves` does.
SET_BY: Mapping[str, Mapping[Move, Set]] = MappingProxyType(
    {
        "assigned_on": {Move.REASSIGN: _on_its_day},
        "acknowledged_on": {Move.ACKNOWLEDGE: _on_its_day, Move.REASSIGN: _nothing},
        "submitted_on": {
            Move.SUBMIT: _on_its_day,
            Move.SEND_BACK: _nothing,
            Move.REOPEN: _nothing,
        },
        "closed_on": {Move.CLOSE_OUT: _on_its_day, Move.REOPEN: _nothing},
        "grade": {Move.CLOSE_OUT: _grade, Move.REOPEN: _nothing},
        "review_on": {Move.SUSPEND: _review_on, Move.RESUME: _nothing},
        "settled_on": {Move.RESTART: _on_its_day},
        "historic": {Move.RESTART: _no, Move.CLOSE_OUT: _no},
    }
)


def as_it_stood(
    item: WorkItem,
    *,
    as_of: date,
    due_on: Mapping[UUID, date | None],
    moves: Sequence[Moved] = (),
) -> WorkItem:
    """Return the item as of a day, itself when nothing happened to it since.

    `due_on` holds the due dates of that day, of items whose date was moved since; `moves` all moves
    on record of an item that was moved since. Where these are not known, only what rows date is
    taken back: when an item was suspended, cancelled or reopened no row says.
    """
    if any(moved.day > as_of for moved in moves):
        then = _rewound(item, as_of, moves) | {"due_on": due_on.get(item.id, item.due_on)}
        return WorkItem.model_construct(**(item.model_dump() | then))
    then = {
        "state": _state(item, as_of),
        "historic": _was_historic(item, as_of),
        "due_on": due_on.get(item.id, item.due_on),
        **{
            name: _by(getattr(item, name), as_of)
            for name in ("acknowledged_on", "submitted_on", "closed_on", "settled_on")
        },
    }
    if all(getattr(item, name) == value for name, value in then.items()):
        return item
    return WorkItem.model_construct(**(item.model_dump() | then))


def _rewound(item: WorkItem, as_of: date, moves: Sequence[Moved]) -> dict[str, Any]:
    """Return what moves decide of an item, as those made by a day left it."""
    done = [moved for moved in moves if moved.day <= as_of]
    undone = [moved for moved in moves if moved.day > as_of]
    reopened = sum(moved.move is Move.REOPEN for moved in undone)
    at_first = {"assigned_on": item.adopted_on, "historic": _was_due(item)}
    then: dict[str, Any] = {"state": undone[0].before, "cycle": item.cycle - reopened}
    for name, setting in SET_BY.items():
        last = next((moved for moved in reversed(done) if moved.move in setting), None)
        if last is not None:
            then[name] = setting[last.move](last)
        elif any(moved.move in setting for moved in undone):
            then[name] = at_first.get(name)
    return then


def _was_due(item: WorkItem) -> bool:
    """Return whether an item was due before it was adopted: it awaits settling (R24)."""
    due = item.original_due_on
    return due is not None and due < item.adopted_on


def _by(day: date | None, as_of: date) -> date | None:
    return None if _is_later(day, as_of) else day


def _state(item: WorkItem, as_of: date) -> ItemState:
    """Return the state of that day, by taking back one dated step after the other."""
    state = item.state
    if state is ItemState.CLOSED and _is_later(item.closed_on, as_of):
        state = ItemState.SUBMITTED
    if state is ItemState.SUBMITTED and _is_later(item.submitted_on, as_of):
        state = ItemState.ASSIGNED if item.acknowledged_on is None else ItemState.IN_PROGRESS
    if state is ItemState.IN_PROGRESS and _is_later(item.acknowledged_on, as_of):
        state = ItemState.ASSIGNED
    if state is ItemState.ASSIGNED and _is_later(item.assigned_on, as_of):
        state = ItemState.REGISTERED
    return state


def _is_later(day: date | None, as_of: date) -> bool:
    return day is not None and day > as_of


def _was_historic(item: WorkItem, as_of: date) -> bool:
    """Return whether it awaited settling: closing and starting afresh both end that."""
    if item.historic or item.settled_on is not None:
        return item.historic or _is_later(item.settled_on, as_of)
    return _was_due(item) and _is_later(item.closed_on, as_of)
