"""An item as it stood on a day gone by: what was done to it since is taken back."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from db.plan_tables import WorkItem
from supervision.vocabulary import ItemState


def as_it_stood(item: WorkItem, *, as_of: date, due_on: Mapping[UUID, date | None]) -> WorkItem:
    """Return the item as of a day, itself when nothing happened to it since.

    `due_on` holds the due dates of that day, of items whose date was moved since. State, due date,
    historic mark and the dates of signing, asking and closing are taken back; when an item was
    suspended, cancelled or reopened no row says, so that these stand as they are (docs/adr/0015).
    """
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
    due = item.original_due_on
    was_due = due is not None and due < item.adopted_on
    return was_due and _is_later(item.closed_on, as_of)
