"""Putting a message into the outbox: one row, one recipient, unrepeatable by its key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session

from db import papers, plans, units
from db.bulk import insert_new
from db.paper_tables import Paper
from db.plan_tables import Office as OfficeRow
from db.plan_tables import Unit
from db.record_tables import Message
from db.units import Way
from services.office import Office
from services.office_channels import is_set_up
from services.plans import the_office
from supervision.vocabulary import ChannelKind, MessageKind, MessageState, UnitKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Formal:
    """A signed paper on its way to a unit: what it is about, what it says, what goes with it."""

    unit_id: UUID
    about_id: UUID  # the sheet or the circular
    kind: MessageKind  # NOTICE or CIRCULAR
    subject: str
    body: str
    papers: Sequence[Paper]
    key: str  # of this paper to this unit: a second call with it adds nothing


def queue_formal(session: Session, office: Office, formal: Formal) -> UUID | None:
    """Queue a signed paper and return its message; None when the same key was queued before.

    It goes to the unit's liaison on the first channel that is set up and confirms receipt, to a
    file where there is none. A company is reached through its sponsor (督导单位), else the office.
    """
    row = the_office(session)
    unit = addressed(session, row, formal.unit_id)
    ways = units.ways_by_unit(session, row.id).get(unit.id, [])
    written = message_row(
        Letter(
            office=row,
            unit=unit.name,
            kind=formal.kind,
            key=formal.key,
            subject=formal.subject,
            body=formal.body,
            day=office.today(),
            dated_at=office.now(),
            about_id=formal.about_id,
        ),
        first_way(session, office, row, ways) or file_way(unit.id),
        now=office.now(),
    )
    if not insert_new(session, Message, [written]):
        return None
    papers.attach(session, written["id"], list(formal.papers))
    message_id: UUID = written["id"]
    return message_id


def addressed(session: Session, office: OfficeRow, unit_id: UUID) -> Unit:
    """Return whom a paper for a unit is sent to: for a company its sponsor, else the office."""
    unit = session.get_one(Unit, unit_id)
    if unit.kind is not UnitKind.COMPANY:
        return unit
    if unit.sponsor_unit_id is not None:
        return session.get_one(Unit, unit.sponsor_unit_id)
    return plans.office_unit(session, office.id)


def first_way(session: Session, office: Office, row: OfficeRow, ways: Sequence[Way]) -> Way | None:
    """Return the first of a unit's ways by which a signed paper may go; None when it has none."""
    fit = (way for way in ways if is_fit_for(session, office, row, way.kind, is_formal=True))
    return next(fit, None)


# Those that carry files, and whose answer says whether the recipient's side took the message.
FORMAL_CHANNELS = frozenset({ChannelKind.FILE, ChannelKind.MAIL, ChannelKind.GATEWAY})


def is_fit_for(
    session: Session, office: Office, row: OfficeRow, kind: ChannelKind, *, is_formal: bool
) -> bool:
    """Return whether a message may go by a channel: it is set up, and carries what has to go.

    Until the baseline is confirmed only files are written.
    """
    if kind is ChannelKind.FILE:
        return True
    if row.baseline_confirmed_on is None or (is_formal and kind not in FORMAL_CHANNELS):
        return False
    return is_set_up(session, office, kind)


def file_way(unit_id: UUID) -> Way:
    """Return the way that is always there: the message is written to a file."""
    return Way(id=None, unit_id=unit_id, kind=ChannelKind.FILE, address="", person=None, post=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """What a message says and to which unit, before it is known by what way it goes."""

    office: OfficeRow
    unit: str  # its name
    kind: MessageKind
    key: str
    subject: str
    body: str
    day: date
    dated_at: datetime
    about_id: UUID | None = None


def message_row(letter: Letter, way: Way, *, now: datetime) -> dict[str, Any]:
    """Return the outbox row of a letter; its Message-ID is made here and never anew."""
    message_id = uuid4()
    return {
        "id": message_id,
        "key": letter.key,
        "office_id": letter.office.id,
        "unit_id": way.unit_id,
        "kind": letter.kind,
        "about_id": letter.about_id,
        "day": letter.day,
        "channel": way.kind,
        "recipient_name": letter.unit if way.person is None else f"{letter.unit} {way.person}",
        "address": way.address,
        "way_id": way.id,
        "replaces_id": None,
        "subject": letter.subject,
        "body": letter.body,
        "message_id": f"<{message_id}@{letter.office.id.hex[:12]}.duban>",
        "dated_at": letter.dated_at,
        "state": MessageState.PENDING,
        "not_before": now,
        "fence": 0,
        "was_in_doubt": False,
        "deferrals": 0,
    }
