"""The extension whose item ends or goes to another lead: withdrawn, and on record.

A request to close out needs no such end: an item that is submitted is decided on or sent back
before it can be cancelled (supervision/lifecycle.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db import events, extensions
from db.plan_tables import WorkItem
from supervision.rights import Actor
from supervision.vocabulary import Decision, ItemEvent, Move

ENDINGS = (Move.CLOSE_OUT, Move.CANCEL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """A move that may end an item, or give it to others: who makes it, for which day."""

    move: Move
    actor: Actor
    as_of: date


def withdrawn(session: Session, item: WorkItem, ending: Ending) -> Iterator[events.Entry]:
    """Withdraw the open extension of an item that ends here; give the entry for the record, if any.

    A move that ends nothing withdraws nothing.
    """
    if ending.move in ENDINGS:
        yield from extension_withdrawn(session, item, ending)


def extension_withdrawn(session: Session, item: WorkItem, by: Ending) -> Iterator[events.Entry]:
    """Withdraw the open extension of an item, whatever the move; give the entry for the record."""
    extension = extensions.open_one(session, item.id)
    if extension is None:
        return
    extension.decision = Decision.WITHDRAWN
    extension.decision_reason = f"事项已{by.move.label}"
    extension.decided_by, extension.decided_on = by.actor.name, by.as_of
    session.add(extension)
    session.flush()
    yield events.Entry(
        actor=by.actor.name,
        act=ItemEvent.WITHDRAW_EXTENSION,
        about_kind="work_item",
        about_id=item.id,
        as_of=by.as_of,
        before=extension.due_on_before.isoformat(),
        after=extension.new_due_on.isoformat(),
        why=extension.decision_reason,
        facts={"code": item.code, "asked_by": extension.asked_by, "decision": extension.decision},
    )
