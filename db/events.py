"""The record: an append-only chain in which every entry carries the hash of the one before."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from db.bulk import insert_new
from db.record_tables import Event, EventHead
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


def first_broken(session: Session, office_id: UUID) -> int | None:
    """Return the sequence number at which the chain does not hold, None when it is whole.

    Finds change, removal, insertion and reordering, and an end that is not the one the head knows.
    """
    previous, expected = BEFORE_THE_FIRST, 1
    chain = select(Event).where(Event.office_id == office_id).order_by(col(Event.sequence))
    for event in session.exec(chain).yield_per(1000):
        stated = event.model_dump()
        if event.sequence != expected or event.previous_hash != previous:
            return expected
        if link_hash(stated) != event.hash:
            return expected
        previous, expected = event.hash, expected + 1
    return _broken_end(session.get(EventHead, office_id), expected - 1, previous)


def _broken_end(head: EventHead | None, length: int, last_hash: str) -> int | None:
    known = 0 if head is None else head.sequence
    if length != known:
        return min(length, known) + 1
    return None if head is None or head.hash == last_hash else length
