"""Queries about a replay when it is over: its messages with their reasons, papers, counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, bindparam, func, select
from sqlmodel import Session, col

from db.notice_tables import NoticeSheet
from db.plan_tables import Unit, WorkItem
from db.record_tables import Act, Message, Notice, Round
from db.work_items import overdue_conditions
from supervision.vocabulary import (
    ChannelKind,
    MessageKind,
    MessageState,
    NoticeState,
    RoundState,
    Rung,
)


def overdue(session: Session, plan_id: UUID, *, today: date) -> int:
    """Return how many items are overdue at the start of a day, historic ones included."""
    asked = {"plan": plan_id, "day": today}
    return int(session.connection().execute(_overdue(), asked).scalar_one())


@cache  # asked for every day of a replay
def _overdue() -> Select[tuple[int]]:
    day: Any = bindparam("day", type_=Date)
    theirs = col(WorkItem.plan_id) == bindparam("plan")
    return select(func.count()).where(theirs, *overdue_conditions(day))


@dataclass(frozen=True, kw_only=True, slots=True)
class Queued:
    """A message as the outbox holds it."""

    id: UUID
    day: date
    unit_id: UUID
    unit: str
    kind: MessageKind
    state: MessageState
    subject: str
    about_id: UUID | None
    channel: ChannelKind


def messages(session: Session) -> list[Queued]:
    """Return every message of the outbox, day by day, in the units' order."""
    columns = (Message.id, Message.day, Message.unit_id, Unit.name)
    said = (Message.kind, Message.state, Message.subject, Message.about_id, Message.channel)
    query = (
        select(*(col(column) for column in (*columns, *said)))
        .join_from(Message, Unit, col(Unit.id) == col(Message.unit_id))
        .order_by(col(Message.day), col(Unit.position), col(Message.subject))
    )
    return [
        Queued(
            id=row[0],
            day=row[1],
            unit_id=row[2],
            unit=row[3],
            kind=row[4],
            state=row[5],
            subject=row[6],
            about_id=row[7],
            channel=row[8],
        )
        for row in session.connection().execute(query)
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One thing a message tells: by which rule and step, of which item."""

    message_id: UUID
    rule: str
    step: str
    code: str


def told(session: Session) -> Iterator[Told]:
    """Give all that messages tell, by rule and step, then in the items' order."""
    columns = (Act.message_id, Act.rule, Act.step, WorkItem.code)
    query = (
        select(*(col(column) for column in columns))
        .join_from(Act, WorkItem, col(WorkItem.id) == col(Act.work_item_id))
        .where(col(Act.message_id).is_not(None))
        .order_by(col(Act.rule), col(Act.step), col(WorkItem.kind).desc(), col(WorkItem.number))
    )
    for message_id, rule, step, code in session.connection().execute(query):
        yield Told(message_id=message_id, rule=rule, step=step, code=code)


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """One matter of a notice: what was drafted when and why, and the paper it came to stand on."""

    code: str
    rung: Rung
    state: NoticeState
    drafted_on: date
    overdue_since: date | None
    why: str | None
    number: str | None
    signed_by: str | None
    issued_on: date | None


def matters(session: Session, plan_id: UUID) -> list[Matter]:
    """Return every notice of a plan, in the order they were drafted."""
    drafted = (WorkItem.code, Notice.rung, Notice.state, Notice.drafted_on, Notice.overdue_since)
    paper = (Notice.why, NoticeSheet.number_text, NoticeSheet.signed_by, NoticeSheet.issued_on)
    query = (
        select(*(col(column) for column in (*drafted, *paper)))
        .join_from(Notice, WorkItem, col(WorkItem.id) == col(Notice.work_item_id))
        .outerjoin(NoticeSheet, col(NoticeSheet.id) == col(Notice.sheet_id))
        .where(col(Notice.plan_id) == plan_id)
        .order_by(col(Notice.drafted_on), col(WorkItem.kind).desc(), col(WorkItem.number))
    )
    return [
        Matter(
            code=row[0],
            rung=row[1],
            state=row[2],
            drafted_on=row[3],
            overdue_since=row[4],
            why=row[5],
            number=row[6],
            signed_by=row[7],
            issued_on=row[8],
        )
        for row in session.connection().execute(query)
    ]


def rounds(session: Session, plan_id: UUID) -> list[tuple[str, RoundState]]:
    """Return a plan's rounds, in order of time, each with its state."""
    query = select(col(Round.period), col(Round.state)).where(col(Round.plan_id) == plan_id)
    rows = session.connection().execute(query.order_by(col(Round.period))).tuples()
    return list(rows)


def is_anything_due(session: Session) -> bool:
    """Return whether the outbox holds anything that has not been sent."""
    waiting = select(col(Message.id)).where(
        col(Message.state).in_((MessageState.PENDING, MessageState.IN_DOUBT))
    )
    return session.connection().execute(waiting.limit(1)).first() is not None
