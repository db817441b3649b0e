"""Queries about the outbox: claiming a message, recording what became of it, counting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from db import lines
from db.bulk import insert_new
from db.plan_tables import Unit
from db.record_tables import DeliveryAttempt, Message
from supervision.vocabulary import ChannelKind, MessageState

WAITING = (MessageState.PENDING, MessageState.IN_DOUBT)
_COLUMNS = tuple(Message.__table__.columns)  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True, slots=True)
class Lease:
    """Whose claim it is, from when, and until when nobody else may take the message."""

    owner: str
    now: datetime
    until: datetime


def free_abandoned(session: Session, *, now: datetime, dead_owners: Iterable[str]) -> list[Message]:
    """Put messages whose sender died, or let its lease run out, in doubt, and return them.

    Nobody knows whether such a message went out. They stand behind all others that are due, so
    that one at which senders die holds up nobody.
    """
    abandoned = or_(col(Message.lease_until) <= now, col(Message.claimed_by).in_(list(dead_owners)))
    query = select_rows(Message).where(col(Message.state) == MessageState.SENDING, abandoned)
    found = list(session.exec(query.with_for_update()))
    for message in found:
        message.state, message.was_in_doubt = MessageState.IN_DOUBT, True
        message.claimed_by, message.not_before = None, now
        session.add(message)
    session.flush()
    return found


def failures(session: Session, message_id: UUID, outcomes: Iterable[str]) -> int:
    """Count the attempts at a message that came to nothing: never ended, or ended like this."""
    query = select(func.count()).where(
        col(DeliveryAttempt.message_id) == message_id,
        or_(col(DeliveryAttempt.outcome).is_(None), col(DeliveryAttempt.outcome).in_(outcomes)),
    )
    return int(session.connection().execute(query).scalar_one())


def keep_claims(session: Session, lease: Lease) -> int:
    """Prolong what an owner is sending; return how much that is."""
    theirs = update(Message).where(
        col(Message.state) == MessageState.SENDING, col(Message.claimed_by) == lease.owner
    )
    return session.connection().execute(theirs.values(lease_until=lease.until)).rowcount


def owners(session: Session) -> list[str]:
    """Return who claims to be sending something now."""
    query = select(col(Message.claimed_by)).where(col(Message.state) == MessageState.SENDING)
    found = session.connection().execute(query.distinct()).scalars()
    return [owner for owner in found if owner]


def next_due(session: Session, now: datetime, *, by: ChannelKind | None = None) -> Message | None:
    """Return the message that has waited longest, locked; those in doubt come last.

    `by` names the only channel wanted. Lines that are down or have to rest are left alone. None
    when nothing is due.
    """
    pending = _next(session, now, MessageState.PENDING, by)
    return pending or _next(session, now, MessageState.IN_DOUBT, by)


def kinds_due(session: Session, now: datetime) -> set[ChannelKind]:
    """Return by what channels anything is due now."""
    query = select(col(Message.channel)).where(
        col(Message.state).in_(WAITING), col(Message.not_before) <= now, ~lines.is_closed(now)
    )
    return set(session.connection().execute(query.distinct()).scalars())


def claim(session: Session, message: Message, lease: Lease) -> Message:
    """Claim a due message, with its attempt on record before it is made; return it as claimed."""
    message.state = MessageState.SENDING
    message.fence += 1
    message.claimed_by, message.lease_until = lease.owner, lease.until
    claimed = (
        update(Message)
        .where(col(Message.id) == message.id)
        .values(
            state=message.state,
            fence=message.fence,
            claimed_by=message.claimed_by,
            lease_until=message.lease_until,
        )
    )
    session.connection().execute(claimed)
    attempt = {
        "id": uuid4(),
        "message_id": message.id,
        "fence": message.fence,
        "started_at": lease.now,
    }
    insert_new(session, DeliveryAttempt, [attempt])
    return message


def withdraw(session: Session, message: Message, reason: str) -> None:
    """Take back a message that was not claimed: it has nothing to say any more."""
    withdrawn = update(Message).where(col(Message.id) == message.id)
    session.connection().execute(
        withdrawn.values(state=MessageState.WITHDRAWN, reason=reason, claimed_by=None)
    )


def _next(
    session: Session, now: datetime, state: MessageState, by: ChannelKind | None
) -> Message | None:
    """Return the first due message in a state, locked, and free of the session."""
    query = (
        select(*_COLUMNS)
        .where(
            col(Message.state) == state,
            col(Message.not_before) <= now,
            *(() if by is None else (col(Message.channel) == by,)),
            ~lines.is_closed(now),
        )
        .order_by(col(Message.not_before))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = session.connection().execute(query).mappings().first()
    return None if row is None else Message(**row)


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What one attempt came to, as it is written to the message and to the attempt."""

    state: MessageState
    outcome: str
    reason: str
    ended_at: datetime
    not_before: datetime | None = None
    is_in_doubt: bool = False  # a copy may be on its way
    deferrals: int = 0
    deferred_since: datetime | None = None


def record(session: Session, message: Message, result: Result) -> bool:
    """Write an attempt's result; False when the claim is no longer ours and nothing was written."""
    values: dict[str, Any] = {
        "state": result.state,
        "reason": result.reason,
        "claimed_by": None,
        "lease_until": None,
        "deferrals": result.deferrals,
        "deferred_since": result.deferred_since,
        "sent_at": result.ended_at if result.state is MessageState.SENT else None,
        "was_in_doubt": result.is_in_doubt or message.was_in_doubt,
        "not_before": result.not_before or message.not_before,
    }
    written = update(Message).where(
        col(Message.id) == message.id,
        col(Message.fence) == message.fence,
        col(Message.state) == MessageState.SENDING,
    )
    ended = update(DeliveryAttempt).where(
        col(DeliveryAttempt.message_id) == message.id, col(DeliveryAttempt.fence) == message.fence
    )
    is_ours = session.connection().execute(written.values(**values)).rowcount == 1
    session.connection().execute(
        ended.values(ended_at=result.ended_at, outcome=result.outcome, reason=result.reason)
    )
    return is_ours


def counts(session: Session, office_id: UUID) -> dict[MessageState, int]:
    """Return how many messages of an office are in each state."""
    query = select(col(Message.state), func.count()).where(col(Message.office_id) == office_id)
    return dict(session.connection().execute(query.group_by(col(Message.state))).tuples().all())


def refused_by(session: Session, office_id: UUID) -> list[str]:
    """Return the units whose latest message was refused or waits for a person, by name."""
    theirs = aliased(Message)
    latest = select(func.max(col(theirs.day))).where(col(theirs.unit_id) == col(Unit.id))
    query = (
        select(col(Unit.name))
        .join(Message, col(Message.unit_id) == col(Unit.id))
        .where(
            col(Message.office_id) == office_id,
            col(Message.state).in_((MessageState.REFUSED, MessageState.PARKED)),
            col(Message.day) == latest.scalar_subquery(),
        )
        .order_by(col(Unit.position))
    )
    return list(session.connection().execute(query).scalars())


def replaced_by(session: Session, message: Message) -> list[Message]:
    """Return the messages that this one came in place of, the latest first."""
    found: list[Message] = []
    before = message.replaces_id
    while before is not None and (older := session.get(Message, before)) is not None:
        found.append(older)
        before = older.replaces_id
    return found
