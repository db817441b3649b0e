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

from db.bulk import insert_new
from db.plan_tables import Unit
from db.record_tables import DeliveryAttempt, Message
from supervision.vocabulary import ChannelKind, MessageState

WAITING = (MessageState.PENDING, MessageState.IN_DOUBT)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lease:
    """Whose claim it is, from when, and until when nobody else may take the message."""

    owner: str
    now: datetime
    until: datetime


def free_abandoned(session: Session, *, now: datetime, dead_owners: Iterable[str]) -> int:
    """Put messages whose sender died, or let its lease run out, in doubt; return how many.

    Nobody knows whether such a message went out. It is tried again under the same Message-ID.
    """
    abandoned = or_(col(Message.lease_until) <= now, col(Message.claimed_by).in_(list(dead_owners)))
    freed = (
        update(Message)
        .where(col(Message.state) == MessageState.SENDING, abandoned)
        .values(state=MessageState.IN_DOUBT, was_in_doubt=True, claimed_by=None)
    )
    return session.connection().execute(freed).rowcount


def owners(session: Session) -> list[str]:
    """Return who claims to be sending something now."""
    query = select(col(Message.claimed_by)).where(col(Message.state) == MessageState.SENDING)
    found = session.connection().execute(query.distinct()).scalars()
    return [owner for owner in found if owner]


def claim_next(
    session: Session, lease: Lease, *, without: Iterable[ChannelKind] = ()
) -> Message | None:
    """Claim the message that has waited longest, with its attempt on record before it is made.

    Channels in `without` are left alone. None when nothing is due.
    """
    query = (
        select_rows(Message)
        .where(
            col(Message.state).in_(WAITING),
            col(Message.not_before) <= lease.now,
            col(Message.channel).not_in(list(without)),
        )
        .order_by(col(Message.not_before), col(Message.day), col(Message.key))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    message = session.exec(query).first()
    if message is None:
        return None
    message.state = MessageState.SENDING
    message.fence += 1
    message.claimed_by, message.lease_until = lease.owner, lease.until
    session.add(message)
    session.flush()
    session.expunge(message)
    attempt = {
        "id": uuid4(),
        "message_id": message.id,
        "fence": message.fence,
        "started_at": lease.now,
    }
    insert_new(session, DeliveryAttempt, [attempt])
    return message


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What one attempt came to, as it is written to the message and to the attempt."""

    state: MessageState
    outcome: str
    reason: str
    ended_at: datetime
    not_before: datetime | None = None


def record(session: Session, message: Message, result: Result) -> bool:
    """Write an attempt's result; False when the claim is no longer ours and nothing was written."""
    values: dict[str, Any] = {
        "state": result.state,
        "reason": result.reason,
        "claimed_by": None,
        "lease_until": None,
    }
    if result.state is MessageState.SENT:
        values["sent_at"] = result.ended_at
    if result.state is MessageState.IN_DOUBT:
        values["was_in_doubt"] = True
    if result.not_before is not None:
        values["not_before"] = result.not_before
    ours = (col(Message.id) == message.id, col(Message.fence) == message.fence)
    sending = col(Message.state) == MessageState.SENDING
    written = update(Message).where(*ours, sending).values(**values)
    ended = (
        update(DeliveryAttempt)
        .where(
            col(DeliveryAttempt.message_id) == message.id,
            col(DeliveryAttempt.fence) == message.fence,
        )
        .values(ended_at=result.ended_at, outcome=result.outcome, reason=result.reason)
    )
    session.connection().execute(ended)
    return session.connection().execute(written).rowcount == 1


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
