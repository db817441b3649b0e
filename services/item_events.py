"""What happens to an item without a change of state: disputes, mergers, conclusions, archiving."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from db import dossiers, events, lives
from db.plan_tables import WorkItem
from services.item_record import entry_about, put_on_record
from services.moves import Wanted, move_item
from supervision.errors import UsageError
from supervision.lifecycle import ForbiddenMoveError
from supervision.rights import Actor, require
from supervision.vocabulary import DeadlineKind, ItemEvent, ItemState, Move, Permission

DECEMBER = 12
SETTLED_STATES = (ItemState.CLOSED, ItemState.CANCELLED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What somebody puts on record of an item: who, for which day, why, by which document."""

    actor: Actor
    as_of: date
    now: datetime
    reason: str
    document: str = ""


def dispute(session: Session, item: WorkItem, said: Said) -> bool:
    """Put on record that a unit disputes being given the item (退回); False when it stands already.

    The item goes on as before, and stands on the office's list until it is answered.
    """
    require(Permission.DISPUTE, said.actor, lives.concerned(session, item.id))
    _require_reason(said, ItemEvent.DISPUTE)
    if item.state in SETTLED_STATES:
        raise ForbiddenMoveError(
            f"{item.code}{item.state.label}，不能再提异议", advice="如需重新办理，请联系办公室。"
        )
    return _record(session, item, ItemEvent.DISPUTE, said)


def answer_dispute(session: Session, item: WorkItem, said: Said) -> bool:
    """Put the office's answer to a dispute on record; False when it stands already."""
    require(Permission.ANSWER_DISPUTE, said.actor)
    _require_reason(said, ItemEvent.ANSWER_DISPUTE)
    acts = {event.act for event in dossiers.events_about(session, item.id)}
    if ItemEvent.DISPUTE not in acts:
        raise ForbiddenMoveError(f"{item.code}没有人提出异议", advice="无须答复。")
    return _record(session, item, ItemEvent.ANSWER_DISPUTE, said)


def conclude_year(session: Session, item: WorkItem, said: Said) -> bool:
    """Put the yearly conclusion of a continuing item on record (R23), due each December."""
    require(Permission.CONCLUDE_YEAR, said.actor, lives.concerned(session, item.id))
    _require_reason(said, ItemEvent.CONCLUDE_YEAR)
    if item.deadline_kind is not DeadlineKind.CONTINUING:
        raise ForbiddenMoveError(
            f"{item.code}不是持续开展的事项，不作年度小结", advice="有期限的事项请申请销号。"
        )
    if said.as_of.month != DECEMBER:
        raise ForbiddenMoveError(
            f"年度小结在每年12月办理，{said.as_of}不在其内", advice="平时进展请按季报送。"
        )
    return _record(session, item, ItemEvent.CONCLUDE_YEAR, said, year=said.as_of.year)


def archive(session: Session, item: WorkItem, said: Said) -> bool:
    """Put on record that a settled item's papers went to the archive (归档)."""
    require(Permission.ARCHIVE, said.actor)
    if item.state not in SETTLED_STATES:
        raise ForbiddenMoveError(
            f"{item.code}现为“{item.state.label}”，不能归档", advice="销号或撤项后再归档。"
        )
    return _record(session, item, ItemEvent.ARCHIVE, said)


def merge(session: Session, item: WorkItem, into: WorkItem, said: Said) -> None:
    """Merge an item into another by signed decision: the one ends, both say so on record."""
    if item.id == into.id or into.state in SETTLED_STATES:
        raise ForbiddenMoveError(
            f"{item.code}不能并入{into.code}", advice="请并入另一个尚在办理的事项。"
        )
    wanted = Wanted(
        move=Move.CANCEL,
        actor=said.actor,
        as_of=said.as_of,
        reason=said.reason,
        document=said.document,
    )
    move_item(session, item, wanted, now=said.now)
    _record(session, item, ItemEvent.MERGE, said, other=into.code)
    _record(session, into, ItemEvent.TAKE_IN, said, other=item.code)


def _require_reason(said: Said, act: ItemEvent) -> None:
    if not said.reason.strip():
        raise UsageError(f"{act.label}须写明理由或内容", advice="请用 --reason 写明。")


def entry_of(item: WorkItem, act: ItemEvent, said: Said, **facts: Any) -> events.Entry:  # noqa: ANN401 - any fact of the act
    """Return what goes on record of an item when somebody says this of it."""
    return entry_about(
        item,
        actor=said.actor.name,
        act=act,
        as_of=said.as_of,
        why=said.reason,
        document=said.document,
        facts=facts,
    )


def _record(session: Session, item: WorkItem, act: ItemEvent, said: Said, **facts: Any) -> bool:  # noqa: ANN401 - any fact of the act
    """Append the event unless the item's record holds the same one already."""
    entry = entry_of(item, act, said, **facts)
    same = (entry.actor, entry.act, entry.as_of, entry.why, entry.document)
    for there in dossiers.events_about(session, item.id):
        if (there.actor, there.act, there.as_of, there.why, there.document) == same:
            return False
    put_on_record(session, item, entry, at=said.now)
    return True
