"""The outbox as a page shows it: how many messages of each sort, a stretch of them, ways on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from sqlmodel import Session

from db import messages, outbox, plans, units
from db.outbox import Entry, Wanted
from db.record_tables import Message
from notifications.message import Verdict
from services.claims import FORMAL
from services.outbox import SETTLED
from services.outgoing import FORMAL_CHANNELS
from services.plans import the_office, unit_named
from supervision.vocabulary import ChannelKind, MessageKind, MessageState

OUTCOMES = MappingProxyType({verdict.value: verdict.label for verdict in Verdict})
PHONE_DIGITS = 7  # with fewer, a number is no telephone
SHOWN_AHEAD, SHOWN_BEHIND = 3, 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which messages are asked for; None and False ask for all."""

    waits_only: bool = False  # for a person
    state: MessageState | None = None
    kind: MessageKind | None = None
    channel: ChannelKind | None = None
    unit: str | None = None
    day: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Tray:
    """A stretch of the messages asked for, with how many there are of each sort in all."""

    total: int
    entries: list[Entry]
    waiting: int  # for a person
    by_state: Mapping[MessageState, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class WayOn:
    """A channel a message may still go by, and where that leads."""

    kind: ChannelKind
    shown: str


def tray(session: Session, asked: Asked, *, skip: int, most: int) -> Tray:
    """Return a stretch of the messages asked for, those that wait for a person on top.

    UsageError with the nearest names when there is no unit of that name.
    """
    office_id = the_office(session).id
    wanted = Wanted(
        waits_only=asked.waits_only,
        state=asked.state,
        kind=asked.kind,
        channel=asked.channel,
        unit_id=unit_named(session, office_id, asked.unit) if asked.unit else None,
        day=asked.day,
        skip=skip,
        most=most,
    )
    return Tray(
        total=outbox.count(session, office_id, wanted),
        entries=outbox.listed(session, office_id, wanted),
        waiting=outbox.waiting_for_a_person(session, office_id),
        by_state=messages.counts(session, office_id),
    )


def ways_on(session: Session, message: Message) -> list[WayOn]:
    """Return by what channels a message may be sent again: one line each, files last."""
    ways = units.ways_by_unit(session, message.office_id).get(message.unit_id, [])
    first: dict[ChannelKind, str] = {}
    for way in ways:
        first.setdefault(way.kind, masked(way.address))
    first[ChannelKind.FILE] = first.pop(ChannelKind.FILE, "")
    fit = FORMAL_CHANNELS if message.kind in FORMAL else frozenset(ChannelKind)
    return [WayOn(kind=kind, shown=shown) for kind, shown in first.items() if kind in fit]


def is_open(message: Message, replaced_by: UUID | None) -> bool:
    """Return whether a person can still do anything about a message."""
    is_over = message.state in SETTLED or message.state is MessageState.SENDING
    return not is_over and replaced_by is None


def unit_names(session: Session) -> list[str]:
    """Return the names of the office's units, in the plan's order."""
    row = plans.the_office(session)
    return [] if row is None else [unit.name for unit in units.of_office(session, row.id)]


def masked(address: str) -> str:
    """Return an address so that who knows it recognizes it and nobody else learns it."""
    name, at, host = address.partition("@")
    if at:
        return f"{name[:1]}***@{host}"
    if address.isdigit() and len(address) > PHONE_DIGITS:
        return f"{address[:SHOWN_AHEAD]}****{address[-SHOWN_BEHIND:]}"
    return address
