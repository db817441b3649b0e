"""Outboxes with as many messages as a test needs, and what a ledger says of them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlmodel import Session, select

from db import plans, units
from db.bulk import insert_new
from db.plan_tables import WorkItem
from db.record_tables import Act, Message
from db.units import Way
from services.office import Office
from services.outgoing import Letter, message_row
from supervision.vocabulary import ChannelKind, ItemState, MessageKind

DAY = date(2025, 1, 2)


def queue_many(
    office: Office,
    count: int,
    kind: MessageKind = MessageKind.DIGEST,
    *,
    channel: ChannelKind = ChannelKind.MAIL,
    first: int = 0,
) -> list[str]:
    """Queue messages to `u0@x.test`, `u1@x.test` …, about an open item; return the addresses.

    Whoever queues more later begins with another number.
    """
    with office.transaction() as session:
        rows = list(_rows(session, office, range(first, first + count), kind, channel))
        insert_new(session, Message, rows)
        if kind is MessageKind.DIGEST:
            insert_new(session, Act, _acts(session, rows))
    return [row["address"] for row in rows]


def _rows(
    session: Session, office: Office, numbers: range, kind: MessageKind, channel: ChannelKind
) -> Iterator[dict[str, Any]]:
    row = plans.the_office(session)
    assert row is not None
    theirs = units.of_office(session, row.id)
    for number in numbers:
        unit = theirs[number % len(theirs)]
        letter = Letter(
            office=row,
            unit=unit.name,
            kind=kind,
            key=f"many/{kind}/{number}",
            subject=f"督办提醒 {number}",
            body="- T07 逾期 2 天\n",
            day=DAY,
            dated_at=office.now(),
        )
        address = f"u{number}@x.test"
        way = Way(id=None, unit_id=unit.id, kind=channel, address=address, person=None, post=None)
        yield message_row(letter, way, now=office.now())


def _acts(session: Session, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    item = session.exec(select(WorkItem).where(WorkItem.state == ItemState.ASSIGNED)).first()
    assert item is not None
    for row in rows:
        yield {
            "key": row["key"],
            "office_id": row["office_id"],
            "work_item_id": item.id,
            "unit_id": row["unit_id"],
            "rule": "R28",
            "step": "first",
            "planned_on": DAY,
            "recorded_on": DAY,
            "message_id": row["id"],
        }


def ledger_of(office: Office) -> dict[str, Message]:
    """Return the outbox by Message-ID."""
    with office.reading() as session:
        return {message.message_id: message for message in session.exec(select(Message))}
