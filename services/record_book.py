"""审计: the record as an auditor reads it, in words; what is about nobody's item included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from db import events, record_pages
from db.record_pages import Wanted
from db.record_tables import Event
from services.office import SHANGHAI
from services.plans import the_office
from services.record_words import act_in_words, fact_in_words, kind_in_words, said, state_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which entries are asked for; None asks for all. The day is the one it was written on."""

    actor: str | None = None
    act: str | None = None
    kind: str | None = None
    day: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One entry in words; `facts` are the particulars, each as name and text."""

    number: int
    at: datetime
    as_of: date
    actor: str
    act: str
    kind: str
    change: str
    why: str
    facts: Sequence[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchored:
    """An anchor: how long the record was on a day, and the hash of its last entry."""

    day: date
    number: int
    hash: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """A stretch of the entries asked for, the words they may be narrowed by, and the anchors."""

    total: int
    lines: Sequence[Line]
    acts: Mapping[str, str]
    kinds: Mapping[str, str]
    anchors: Sequence[Anchored]


def book(session: Session, asked: Asked, *, skip: int, most: int) -> Book:
    """Return a stretch of the entries asked for, the latest first."""
    office_id, wanted = the_office(session).id, _wanted(asked)
    found = record_pages.stretch(session, office_id, wanted, offset=skip, limit=most)
    return Book(
        total=record_pages.count(session, office_id, wanted),
        lines=[_line(event) for event in found],
        acts={act: act_in_words(act) for act in record_pages.acts(session, office_id)},
        kinds={kind: kind_in_words(kind) for kind in record_pages.kinds(session, office_id)},
        anchors=[
            Anchored(day=made.day, number=made.sequence, hash=made.hash)
            for made in reversed(events.anchors(session, office_id))
        ],
    )


def _wanted(asked: Asked) -> Wanted:
    begins = None if asked.day is None else datetime.combine(asked.day, time(), SHANGHAI)
    ends = None if begins is None else begins + timedelta(days=1)
    return Wanted(
        actor=asked.actor, act=asked.act, about_kind=asked.kind, since=begins, before=ends
    )


def _line(event: Event) -> Line:
    change = " → ".join(state_in_words(state) for state in (event.before, event.after) if state)
    return Line(
        number=event.sequence,
        at=event.at,
        as_of=event.as_of,
        actor=event.actor,
        act=act_in_words(event.act),
        kind=kind_in_words(event.about_kind),
        change=change,
        why=event.why or "",
        facts=[f"{fact_in_words(name)}：{said(value)}" for name, value in event.facts.items()],
    )
