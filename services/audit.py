"""The record as an audit: walked from its first entry, held against anchors inside and outside."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from db import events
from db.events import BEFORE_THE_FIRST
from db.life_tables import EventAnchor
from services import record_archives
from services.office import Office
from services.plans import the_office
from services.record_archives import Broken
from services.tokens import opened, signed

PURPOSE = "anchor"  # what an anchor's token is signed for


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """What verifying found; `broken_at` is the first entry that does not hold, `why` in words."""

    entries: int  # that hold
    archived: int
    anchors: int
    broken_at: int | None
    why: str

    @property
    def is_whole(self) -> bool:
        """Whether nothing was changed, removed, inserted or reordered."""
        return self.broken_at is None


@dataclass(frozen=True, slots=True)
class _Known:
    """An anchor the chain is held against, and what it means when the chain does not fit."""

    sequence: int
    hash: str
    otherwise: str


def verify(session: Session, office: Office, *, told: str = "") -> Verified:
    """Walk the whole chain, archives first, and hold it against every anchor.

    A chain that was cut short or rewritten from end to end holds in itself, and an old copy of the
    database holds with its own anchors: only `told`, a line that was kept outside, shows that.
    UsageError when the line was not made by this office.
    """
    row = the_office(session)
    anchors = events.anchors(session, row.id)
    known = [
        _Known(made.sequence, made.hash, f"与 {made.day} 的锚点不符：记录被截断或整体改写过")
        for made in anchors
    ]
    if told:
        known.append(_told(office, told))
    stretches = events.archives(session, row.id)
    broken = _first_broken(session, office, row.id, known)
    length = events.head_of(session, row.id)[0]
    return Verified(
        entries=length if broken is None or broken.is_by_anchor else broken.at - 1,
        archived=stretches[-1].last_sequence if stretches else 0,
        anchors=len(anchors),
        broken_at=None if broken is None else broken.at,
        why="完整" if broken is None else broken.why,
    )


def _told(office: Office, line: str) -> _Known:
    """Return the anchor of a line that was kept outside; the token ends the line."""
    day, sequence, last_hash = opened(office.settings, PURPOSE, (line.split() or [""])[-1])
    why = f"与 {day} 告知库外的锚点不符：记录被截断、改写，或换回了旧库"
    return _Known(int(sequence), last_hash, why)


def _first_broken(
    session: Session, office: Office, office_id: UUID, known: list[_Known]
) -> Broken | None:
    """Return the first entry that does not hold in itself, else the first anchor not met."""
    sequences = {anchor.sequence for anchor in known}
    walked = record_archives.walk(office, events.archives(session, office_id), sequences)
    if isinstance(walked, Broken):
        return walked
    broken_at = events.first_broken(session, office_id, after=walked.last)
    if broken_at is not None:
        return Broken(broken_at, f"第{broken_at}条与前后不符：被改动、删除、插入或调换过")
    hashes = {0: BEFORE_THE_FIRST, **walked.hashes}
    hashes |= events.hashes_at(session, office_id, sequences)
    for anchor in known:
        if hashes.get(anchor.sequence) != anchor.hash:
            return Broken(anchor.sequence, anchor.otherwise, is_by_anchor=True)
    return None


def anchor(session: Session, office: Office, *, day: date) -> EventAnchor:
    """Keep the head of the chain for a day; the same day again gives the anchor there is.

    What is returned is to be told to somebody outside: the database alone cannot show that its
    own end was cut off.
    """
    row = the_office(session)
    there = [found for found in events.anchors(session, row.id) if found.day == day]
    if there:
        return there[0]
    sequence, last_hash = events.head_of(session, row.id)
    made = EventAnchor(
        office_id=row.id, day=day, sequence=sequence, hash=last_hash, anchored_at=office.now()
    )
    session.add(made)
    session.flush()
    return made


def anchor_told(made: EventAnchor) -> str:
    """Return what an anchor holds in words; without a token, as in a trial, it proves nothing."""
    return f"duban 审计锚点 {made.day} 共{made.sequence}条"


def anchor_text(office: Office, made: EventAnchor) -> str:
    """Return the line that is mailed to the auditor or written to the system's log.

    It ends with the head and the count as a signed token, which `verify` takes back.
    """
    day = made.day.isoformat()
    token = signed(office.settings, PURPOSE, [day, str(made.sequence), made.hash])
    return f"{anchor_told(made)} {token}"
