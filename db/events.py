"""The record: an append-only chain in which every entry carries the hash of the one before."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session, col, delete, func, select

from db.bulk import insert_new
from db.life_tables import EventAnchor
from db.record_tables import Event, EventArchive, EventHead
from supervision.errors import StorageError

BEFORE_THE_FIRST = "0" * 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What is put on record: who did what to which object, for which day, and why."""

    actor: str
    act: str
    about_kind: str
    about_id: UUID
    as_of: date
    before: str | None = None
    after: str | None = None
    why: str | None = None
    document: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def append(session: Session, office_id: UUID, entries: Iterable[Entry], *, at: datetime) -> int:
    """Add entries to the office's chain in the caller's transaction; return how many.

    The head is locked first, so two writers cannot add the same link. Raises StorageError when a
    link's place is taken: an act that cannot be put on record must not happen.
    """
    head = _locked_head(session, office_id)
    rows = []
    for entry in entries:
        row = {
            **asdict(entry),
            "office_id": office_id,
            "sequence": head.sequence + 1,
            "at": at.astimezone(UTC),
            "previous_hash": head.hash,
        }
        row["hash"] = link_hash(row)
        head.sequence, head.hash = row["sequence"], row["hash"]
        rows.append(row | {"id": uuid4()})
    session.add(head)
    session.flush()
    if insert_new(session, Event, rows) != len(rows):
        raise StorageError(
            "办理记录未能写入，本次操作未生效",
            advice="记录可能被改动过，请核对数据库，必要时从备份恢复。",
        )
    return len(rows)


def _locked_head(session: Session, office_id: UUID) -> EventHead:
    beginning = {"office_id": office_id, "sequence": 0, "hash": BEFORE_THE_FIRST}
    insert_new(session, EventHead, [beginning])
    return session.exec(
        select(EventHead).where(EventHead.office_id == office_id).with_for_update()
    ).one()


def link_hash(row: dict[str, Any]) -> str:
    """Return the SHA-256 of an entry with everything it states and the hash before it."""
    stated = {key: value for key, value in row.items() if key not in ("id", "hash")}
    text = json.dumps(stated, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken(
    session: Session,
    office_id: UUID,
    *,
    after: tuple[int, str] = (0, BEFORE_THE_FIRST),
    seen: Callable[[int, str], None] | None = None,
) -> int | None:
    """Return the sequence number at which the chain does not hold, None when it is whole.

    Finds change, removal, insertion and reordering, and an end that is not the one the head knows.
    `after` is the last archived link; `seen` is told every link that holds.
    """
    expected, previous = after[0] + 1, after[1]
    chain = select(Event).where(Event.office_id == office_id).order_by(col(Event.sequence))
    for event in session.exec(chain).yield_per(1000):
        if not holds(event.model_dump(), expected, previous):
            return expected
        previous, expected = event.hash, expected + 1
        if seen is not None:
            seen(event.sequence, event.hash)
    return _broken_end(session.get(EventHead, office_id), expected - 1, previous)


def holds(stated: dict[str, Any], expected: int, previous: str) -> bool:
    """Return whether an entry is the next link: its number, the hash before it, and its own."""
    follows = stated["sequence"] == expected and stated["previous_hash"] == previous
    return bool(follows and link_hash(stated) == stated["hash"])


def _broken_end(head: EventHead | None, length: int, last_hash: str) -> int | None:
    known = 0 if head is None else head.sequence
    if length != known:
        return min(length, known) + 1
    return None if head is None or head.hash == last_hash else length


def head_of(session: Session, office_id: UUID) -> tuple[int, str]:
    """Return how many links the chain has and the hash of the last one."""
    head = session.get(EventHead, office_id)
    return (0, BEFORE_THE_FIRST) if head is None else (head.sequence, head.hash)


def older_than(session: Session, office_id: UUID, moment: datetime) -> list[Event]:
    """Return the entries at the chain's start that were all written before a moment, in order."""
    recent = select(func.min(col(Event.sequence))).where(
        Event.office_id == office_id, col(Event.at) >= moment
    )
    first_recent = session.exec(recent).one()
    query = select(Event).where(Event.office_id == office_id).order_by(col(Event.sequence))
    if first_recent is not None:
        query = query.where(col(Event.sequence) < first_recent)
    return list(session.exec(query))


def remove(session: Session, office_id: UUID, *, up_to: int) -> None:
    """Remove the entries of an archived stretch; only `services.audit` may, once it is kept."""
    gone = delete(Event).where(col(Event.office_id) == office_id, col(Event.sequence) <= up_to)
    session.exec(gone)


def archives(session: Session, office_id: UUID) -> list[EventArchive]:
    """Return the archived stretches of an office's chain, in order."""
    query = select(EventArchive).where(EventArchive.office_id == office_id)
    return list(session.exec(query.order_by(col(EventArchive.first_sequence))))


def anchors(session: Session, office_id: UUID) -> list[EventAnchor]:
    """Return the anchors of an office's chain, by day."""
    query = select(EventAnchor).where(EventAnchor.office_id == office_id)
    return list(session.exec(query.order_by(col(EventAnchor.day))))
