"""Queries about the outbox: what its senders left behind, what is due, how much there is."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from db import lines
from db.message_claims import Lease
from db.plan_tables import Unit
from db.record_tables import DeliveryAttempt, Message
from supervision.vocabulary import ChannelKind, MessageState

WAITING = (MessageState.PENDING, MessageState.IN_DOUBT)


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


def kinds_due(session: Session, now: datetime) -> set[ChannelKind]:
    """Return by what channels anything is due now."""
    query = select(col(Message.channel)).where(
        col(Message.state).in_(WAITING), col(Message.not_before) <= now, ~lines.is_closed(now)
    )
    return set(session.connection().execute(query.distinct()).scalars())


def withdraw(session: Session, message: Message, reason: str) -> None:
    """Take back a message that was not claimed: it has nothing to say any more."""
    withdrawn = update(Message).where(col(Message.id) == message.id)
    session.connection().execute(
        withdrawn.values(state=MessageState.WITHDRAWN, reason=reason, claimed_by=None)
    )


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
