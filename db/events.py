"""The record: an append-only chain in which every entry carries the hash of the one before."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, delete, func, select

from db.bulk import insert_new
from db.event_forms import (
    FORM,
    MARK,
    SEPARATOR,
    SEPARATORS,
    columns_in,
    has_hash,
    link_hash,
    restored,
    text_in,
)
from db.life_tables import EventAnchor
from db.record_tables import Event, EventArchive, EventHead
from supervision.errors import StorageError

BEFORE_THE_FIRST = "0" * 64
Link = tuple[int, str]  # an entry's number and its hash
BEYOND_THE_LAST = 2**31 - 1
AT_A_TIME = 5_000  # rows fetched
WAITING = "duban_entries_waiting"


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


_Said = tuple[Entry, datetime]


def append(session: Session, office_id: UUID, entries: Iterable[Entry], *, at: datetime) -> int:
    """Add entries to the office's chain in the caller's transaction; return how many there are.

    The head is locked before it is read, so two writers cannot add the same link; what the act has
    changed is written before that, since others wait for the head. Raises StorageError when a
    link's place is taken: an act that cannot be put on record must not happen.
    """
    said = [(entry, at) for entry in entries]
    waiting: dict[UUID, list[_Said]] | None = session.info.get(WAITING)
    if waiting is None:
        _add(session, office_id, said)
    else:
        waiting.setdefault(office_id, []).extend(said)
    return len(said)


@contextmanager
def together(session: Session) -> Iterator[None]:
    """Put what several acts inside say on record when all are done, so the head is held briefly.

    What is said inside can be read from the record only after it.
    """
    waiting: dict[UUID, list[_Said]] = {}
    session.info[WAITING] = waiting
    try:
        yield
    finally:
        del session.info[WAITING]
    for office_id, said in waiting.items():
        _add(session, office_id, said)


def _add(session: Session, office_id: UUID, said: Iterable[_Said]) -> None:
    session.flush()
    last = _locked_head(session, office_id)
    rows = []
    for entry, at in said:
        row = {
            **{name: getattr(entry, name) for name in _NAMES},
            "office_id": office_id,
            "sequence": last[0] + 1,
            "at": at.astimezone(UTC),
            "previous_hash": last[1],
        }
        row["hash"] = link_hash(row)
        last = row["sequence"], row["hash"]
        rows.append(row | {"id": uuid4()})
    moved = {"office": office_id, "sequence_now": last[0], "hash_now": last[1]}
    session.connection().execute(_move_head(), moved)
    if insert_new(session, Event, rows) != len(rows):
        raise StorageError(
            "办理记录未能写入，本次操作未生效",
            advice="记录可能被改动过，请核对数据库，必要时从备份恢复。",
        )


_NAMES = tuple(each.name for each in fields(Entry))
_OFFICE = sa.bindparam("office", type_=sa.Uuid())


@cache
def _head(*, to_move: bool) -> sa.Select[tuple[int, str]]:
    """Return the query for an office's head: built once, as every act asks for it."""
    query = sa.select(col(EventHead.sequence), col(EventHead.hash))
    query = query.where(col(EventHead.office_id) == _OFFICE)
    return query.with_for_update() if to_move else query


@cache
def _move_head() -> sa.Update:
    move = sa.update(EventHead).where(col(EventHead.office_id) == _OFFICE)
    return move.values(sequence=sa.bindparam("sequence_now"), hash=sa.bindparam("hash_now"))


def _locked_head(session: Session, office_id: UUID) -> Link:
    connection, office = session.connection(), {"office": office_id}
    head = connection.execute(_head(to_move=True), office).tuples().one_or_none()
    if head is None:
        beginning = {"office_id": office_id, "sequence": 0, "hash": BEFORE_THE_FIRST}
        insert_new(session, EventHead, [beginning])
        head = connection.execute(_head(to_move=True), office).tuples().one()
    return head


class _BrokenError(Exception):
    """The entry of this number is not the one that was put on record."""

    def __init__(self, sequence: int) -> None:
        super().__init__(sequence)
        self.sequence = sequence


def first_broken(
    session: Session, office_id: UUID, *, after: Link = (0, BEFORE_THE_FIRST)
) -> int | None:
    """Return the sequence number at which the chain does not hold, None when it is whole.

    Finds change, removal, insertion and reordering, and an end that is not the one the head knows.
    `after` is the last archived link, before which no entry may be left.
    """
    lowest = session.exec(select(func.min(col(Event.sequence))).where(_of(office_id))).one()
    if lowest is not None and lowest <= after[0]:
        return after[0] + 1
    try:
        last = _through_first_form(session, office_id, after)
        length, last_hash = _through(session, office_id, last)
    except _BrokenError as broken:
        return broken.sequence
    return _broken_end(_known_head(session, office_id), length, last_hash)


def _through_first_form(session: Session, office_id: UUID, last: Link) -> Link:
    """Return the last link of the first form, all before it held; no later entry may have it."""
    newest = select(Event.sequence).where(_of(office_id), col(Event.hash).startswith(MARK))
    first = session.exec(newest.order_by(col(Event.sequence)).limit(1)).one_or_none()
    with _rows(session, office_id, columns_in, after=last[0], before=first) as rows:
        for row in rows:
            if not holds(restored(row._asdict()), last):
                raise _BrokenError(last[0] + 1)
            last = row.sequence, row.hash
    return last


def _through(session: Session, office_id: UUID, last: Link) -> Link:
    """Return the chain's last link, all up to it of the newest form and held, from a known one.

    One text and one hash a row, and nothing else: this is what verifying costs.
    """
    with _rows(session, office_id, text_in, after=last[0]) as rows:
        return _through_rows(rows, last)


def _rows(
    session: Session,
    office_id: UUID,
    columns: Callable[[str], str],
    *,
    after: int,
    before: int | None = None,
) -> sa.CursorResult[Any]:
    connection = session.connection()
    query = sa.text(
        f"SELECT {columns(connection.dialect.name)} FROM event"  # noqa: S608 - our own words
        " WHERE office_id = :office AND sequence > :after AND sequence < :before ORDER BY sequence"
    ).bindparams(
        sa.bindparam("office", office_id, sa.Uuid), after=after, before=before or BEYOND_THE_LAST
    )
    return connection.execute(query, execution_options={"yield_per": AT_A_TIME})


def _through_rows(rows: Iterable[Any], last: Link) -> Link:
    (sequence, previous), separator = last, SEPARATOR.encode()
    for stated, stored in rows:
        sequence += 1
        text = stated if isinstance(stated, bytes) else stated.encode()
        begins = f"{FORM}{SEPARATOR}{sequence}{SEPARATOR}{previous}{SEPARATOR}".encode()
        if not text.startswith(begins) or text.count(separator) != SEPARATORS:
            raise _BrokenError(sequence)
        if MARK + sha256(text).hexdigest() != stored:
            raise _BrokenError(sequence)
        previous = stored
    return sequence, previous


def holds(stated: Mapping[str, Any], last: Link) -> bool:
    """Return whether an entry follows a link: its number, the hash before it, and its own."""
    follows = (stated.get("sequence"), stated.get("previous_hash")) == (last[0] + 1, last[1])
    return follows and has_hash(stated)


def _of(office_id: UUID) -> sa.ColumnElement[bool]:
    return col(Event.office_id) == office_id


def _broken_end(head: Link | None, length: int, last_hash: str) -> int | None:
    known = 0 if head is None else head[0]
    if length != known:
        return min(length, known) + 1
    return None if head is None or head[1] == last_hash else length


def _known_head(session: Session, office_id: UUID) -> Link | None:
    found = session.connection().execute(_head(to_move=False), {"office": office_id})
    return found.tuples().one_or_none()


def head_of(session: Session, office_id: UUID) -> tuple[int, str]:
    """Return how many links the chain has and the hash of the last one."""
    return _known_head(session, office_id) or (0, BEFORE_THE_FIRST)


def hashes_at(session: Session, office_id: UUID, sequences: Collection[int]) -> dict[int, str]:
    """Return the hashes of the entries of these numbers, as far as there are any."""
    query = select(Event.sequence, Event.hash).where(
        _of(office_id), col(Event.sequence).in_(sequences)
    )
    return dict(session.exec(query).all())


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
