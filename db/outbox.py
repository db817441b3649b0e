"""Queries about the outbox as people look at it: what waits for a person first, then the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, exists, func, not_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from db.bulk import hex_of
from db.plan_tables import Unit
from db.post_tables import TelephoneCall
from db.record_tables import DeliveryAttempt, Message
from supervision.vocabulary import ChannelKind, MessageKind, MessageState

FAILED = (MessageState.PARKED, MessageState.REFUSED)
ON_TOP = (*FAILED, MessageState.IN_DOUBT, MessageState.PENDING, MessageState.SENDING)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which messages are asked for; None asks for all."""

    state: MessageState | None = None
    kind: MessageKind | None = None
    unit_id: UUID | None = None
    channel: ChannelKind | None = None
    day: date | None = None  # the day it was made for
    waits_only: bool = False  # only those that wait for a person
    skip: int = 0
    most: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One message as a list shows it."""

    id: UUID
    kind: MessageKind
    unit: str
    recipient: str
    channel: ChannelKind
    address: str
    subject: str
    queued_at: datetime
    state: MessageState
    attempts: int
    was_in_doubt: bool
    reason: str | None
    sent_at: datetime | None
    needs_a_person: bool
    replaces_id: UUID | None


def needs_a_person() -> Any:  # noqa: ANN401 - a condition on Message
    """Return whether a message failed and nothing came in its place."""
    later = aliased(Message)
    is_replaced = exists().where(col(later.replaces_id) == col(Message.id))
    return col(Message.state).in_(FAILED) & not_(is_replaced)


def listed(session: Session, office_id: UUID, wanted: Wanted) -> list[Entry]:
    """Return messages, those that wait for a person on top, then by state, the latest first."""
    waits = needs_a_person()
    by_state = {state: place for place, state in enumerate(ON_TOP)}
    query = (
        select(*Message.__table__.columns, col(Unit.name).label("unit"), waits.label("waits"))  # type: ignore[attr-defined]
        .join(Unit, col(Unit.id) == col(Message.unit_id))
        .where(*_conditions(office_id, wanted))
        .order_by(
            case((waits, 0), else_=1),
            case(by_state, value=col(Message.state), else_=len(ON_TOP)),
            col(Message.dated_at).desc(),
            col(Message.key),
        )
        .limit(wanted.most)
        .offset(wanted.skip)
    )
    return [_entry(row) for row in session.connection().execute(query).mappings()]


def count(session: Session, office_id: UUID, wanted: Wanted) -> int:
    """Count all the messages asked for, however many of them a list shows."""
    query = select(func.count()).select_from(Message).where(*_conditions(office_id, wanted))
    return int(session.connection().execute(query).scalar_one())


def _conditions(office_id: UUID, wanted: Wanted) -> list[Any]:
    narrowed = {
        Message.state: wanted.state,
        Message.kind: wanted.kind,
        Message.unit_id: wanted.unit_id,
        Message.channel: wanted.channel,
        Message.day: wanted.day,
    }
    asked = [col(column) == value for column, value in narrowed.items() if value is not None]
    waits = [needs_a_person()] if wanted.waits_only else []
    return [col(Message.office_id) == office_id, *asked, *waits]


def _entry(row: Any) -> Entry:  # noqa: ANN401 - a row of the query above
    return Entry(
        id=row["id"],
        kind=row["kind"],
        unit=row["unit"],
        recipient=row["recipient_name"],
        channel=row["channel"],
        address=row["address"],
        subject=row["subject"],
        queued_at=row["dated_at"],
        state=row["state"],
        attempts=row["fence"],
        was_in_doubt=row["was_in_doubt"],
        reason=row["reason"],
        sent_at=row["sent_at"],
        needs_a_person=bool(row["waits"]),
        replaces_id=row["replaces_id"],
    )


def waiting_for_a_person(session: Session, office_id: UUID) -> int:
    """Count the messages that failed and that nothing came in place of."""
    query = select(func.count()).where(col(Message.office_id) == office_id, needs_a_person())
    return int(session.connection().execute(query).scalar_one())


def beginning_with(session: Session, office_id: UUID, digits: str) -> Sequence[UUID]:
    """Return the messages whose ids begin with these hexadecimal digits, at most two."""
    theirs = select(col(Message.id)).where(
        col(Message.office_id) == office_id, hex_of(col(Message.id)).startswith(digits)
    )
    return session.connection().execute(theirs.limit(2)).scalars().all()


def locked(session: Session, message_id: UUID) -> Message:
    """Return a message that nobody else can change until the transaction is over."""
    return session.exec(
        select_rows(Message).where(Message.id == message_id).with_for_update()
    ).one()


def attempts(session: Session, message_id: UUID) -> list[DeliveryAttempt]:
    """Return the attempts at a message, in order."""
    query = select_rows(DeliveryAttempt).where(DeliveryAttempt.message_id == message_id)
    return list(session.exec(query.order_by(col(DeliveryAttempt.fence))))


def calls(session: Session, message_id: UUID) -> list[TelephoneCall]:
    """Return the telephone calls about a message, in order."""
    query = select_rows(TelephoneCall).where(TelephoneCall.message_id == message_id)
    return list(session.exec(query.order_by(col(TelephoneCall.called_at))))


def successor(session: Session, message_id: UUID) -> Message | None:
    """Return the message that came in place of this one, None when there is none."""
    query = select_rows(Message).where(Message.replaces_id == message_id)
    return session.exec(query).one_or_none()
