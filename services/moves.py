"""Moving an item from state to state: rights, table of moves, row and event in one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlmodel import Session

from db import dossiers, events, lives
from db.plan_tables import Plan, WorkItem
from services.plans import the_office
from services.withdrawing import Ending, withdrawn
from supervision.errors import UsageError
from supervision.lifecycle import MOVES, state_after
from supervision.rights import Actor, require
from supervision.vocabulary import Grade, ItemState, Move, Need


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A move somebody wants to make, with what it brings; `as_of` is the day it counts for."""

    move: Move
    actor: Actor
    as_of: date
    reason: str = ""
    document: str = ""
    review_on: date | None = None
    grade: Grade | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)  # whatever else goes on record


def item_named(session: Session, plan: Plan, code: str) -> WorkItem:
    """Return a plan's item of that code, locked for an act; UsageError when there is none."""
    item = lives.by_code(session, plan.id, code.upper())
    if item is None:
        raise _unknown(code)
    return item


def item_shown(session: Session, plan: Plan, code: str) -> WorkItem:
    """Return a plan's item of that code to look at, unlocked; UsageError when there is none."""
    item = dossiers.item_shown(session, plan.id, code.upper())
    if item is None:
        raise _unknown(code)
    return item


def _unknown(code: str) -> UsageError:
    return UsageError(f"没有编号为“{code}”的事项", advice="用 duban items 查看全部编号。")


def due_reviews(session: Session, *, today: date) -> list[WorkItem]:
    """Return the office's suspended items whose review date has come, the longest due first."""
    found = dossiers.suspended(session, the_office(session).id)
    return [item for item in found if item.review_on is not None and item.review_on <= today]


def move_item(session: Session, item: WorkItem, wanted: Wanted, *, now: datetime) -> ItemState:
    """Make a move, put it on record, and return the item's new state.

    NotAllowedError when the actor may not, ForbiddenMoveError when the table of moves forbids it.
    The event stands in the same transaction: without it there is no move. What was asked for on an
    item that ends is withdrawn, and on record too.
    """
    rule = MOVES[wanted.move]
    require(rule.permission, wanted.actor, lives.concerned(session, item.id))
    before = item.state
    item.state = state_after(
        wanted.move,
        state=before,
        historic=item.historic,
        brought=_brought(session, item, wanted),
    )
    if wanted.move in EFFECTS:
        EFFECTS[wanted.move](item, wanted)
    session.add(item)
    session.flush()
    ending = Ending(move=wanted.move, actor=wanted.actor, as_of=wanted.as_of)
    entries = [_entry(item, wanted, before), *withdrawn(session, item, ending)]
    events.append(session, lives.office_of(session, item), entries, at=now)
    return item.state


def _brought(session: Session, item: WorkItem, wanted: Wanted) -> set[Need]:
    there = {
        Need.REASON: wanted.reason.strip(),
        Need.DOCUMENT: wanted.document.strip(),
        Need.REVIEW_DATE: wanted.review_on,
        Need.GRADE: wanted.grade,
        Need.EVIDENCE: lives.evidence_count(session, item.id),
    }
    return {need for need, thing in there.items() if thing}


def _acknowledge(item: WorkItem, wanted: Wanted) -> None:
    item.acknowledged_on = wanted.as_of


def _submit(item: WorkItem, wanted: Wanted) -> None:
    item.submitted_on = wanted.as_of


def _send_back(item: WorkItem, _wanted: Wanted) -> None:
    item.submitted_on = None  # from now on it can be overdue again


def _close_out(item: WorkItem, wanted: Wanted) -> None:
    item.closed_on, item.grade, item.historic = wanted.as_of, wanted.grade, False


def _suspend(item: WorkItem, wanted: Wanted) -> None:
    if wanted.review_on is not None and wanted.review_on <= wanted.as_of:
        raise UsageError(f"复核日期 {wanted.review_on} 应在 {wanted.as_of} 之后", advice="请更正。")
    item.review_on = wanted.review_on


def _resume(item: WorkItem, _wanted: Wanted) -> None:
    item.review_on = None


def _reopen(item: WorkItem, _wanted: Wanted) -> None:
    item.closed_on = item.submitted_on = item.grade = None
    item.cycle += 1  # notices of the earlier life do not count any more


def _restart(item: WorkItem, wanted: Wanted) -> None:
    item.historic, item.settled_on = False, wanted.as_of


def _reassign(item: WorkItem, wanted: Wanted) -> None:
    item.assigned_on, item.acknowledged_on = wanted.as_of, None


EFFECTS: Mapping[Move, Callable[[WorkItem, Wanted], None]] = MappingProxyType(
    {
        Move.ACKNOWLEDGE: _acknowledge,
        Move.SUBMIT: _submit,
        Move.SEND_BACK: _send_back,
        Move.CLOSE_OUT: _close_out,
        Move.SUSPEND: _suspend,
        Move.RESUME: _resume,
        Move.REOPEN: _reopen,
        Move.RESTART: _restart,
        Move.REASSIGN: _reassign,
    }
)


def _entry(item: WorkItem, wanted: Wanted, before: ItemState) -> events.Entry:
    facts = {
        "code": item.code,
        "review_on": None if wanted.review_on is None else wanted.review_on.isoformat(),
        "grade": wanted.grade,
        **wanted.facts,
    }
    return events.Entry(
        actor=wanted.actor.name,
        act=wanted.move,
        about_kind="work_item",
        about_id=item.id,
        before=before,
        after=item.state,
        as_of=wanted.as_of,
        why=wanted.reason or None,
        document=wanted.document or None,
        facts={key: value for key, value in facts.items() if value is not None},
    )
