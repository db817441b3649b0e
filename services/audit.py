"""The record as an audit: verified over archives and anchors, kept for as long as it must be."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import Session

from db import events
from db.events import BEFORE_THE_FIRST, Entry
from db.life_tables import EventAnchor
from db.record_tables import Event, EventArchive
from services.office import Office
from services.plans import the_office
from services.tokens import opened, signed
from supervision.errors import StorageError, UsageError
from supervision.rights import Actor, require
from supervision.vocabulary import Permission

FOLDER = "archive"
PURPOSE = "anchor"  # what an anchor's token is signed for


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """What verifying found; `broken_at` is the first entry that does not hold, `why` in words."""

    entries: int
    archived: int
    anchors: int
    broken_at: int | None
    why: str

    @property
    def is_whole(self) -> bool:
        """Whether nothing was changed, removed, inserted or reordered."""
        return self.broken_at is None


def verify(session: Session, office: Office, *, told: str = "") -> Verified:
    """Walk the whole chain, archives first, and hold it against every anchor.

    A chain that was cut short or rewritten from end to end holds in itself, and an old copy of the
    database holds with its own anchors: only `told`, a line that was kept outside, shows that.
    UsageError when the line was not made by this office.
    """
    row = the_office(session)
    hashes: dict[int, str] = {}
    archived = _walk_archives(office, events.archives(session, row.id), hashes)
    if isinstance(archived, _Broken):
        return _found(session, row.id, hashes, archived)
    broken_at = events.first_broken(session, row.id, after=archived, seen=hashes.__setitem__)
    if broken_at is not None:
        why = f"第{broken_at}条与前后不符：被改动、删除、插入或调换过"
        return _found(session, row.id, hashes, _Broken(broken_at, why))
    for anchor in events.anchors(session, row.id):
        if anchor.sequence and hashes.get(anchor.sequence) != anchor.hash:
            why = f"与 {anchor.day} 的锚点不符：记录被截断或整体改写过"
            return _found(session, row.id, hashes, _Broken(anchor.sequence, why))
    return _found(session, row.id, hashes, _against(office, told, hashes) if told else None)


def _against(office: Office, told: str, hashes: Mapping[int, str]) -> "_Broken | None":
    """Hold the chain against an anchor that was kept outside; the token ends its line."""
    day, sequence, last_hash = opened(office.settings, PURPOSE, told.rsplit(maxsplit=1)[-1])
    if hashes.get(int(sequence), BEFORE_THE_FIRST) == last_hash:
        return None
    why = f"与 {day} 告知库外的锚点不符：记录被截断、改写，或换回了旧库"
    return _Broken(int(sequence), why)


@dataclass(frozen=True, slots=True)
class _Broken:
    at: int
    why: str


def _found(
    session: Session, office_id: UUID, hashes: dict[int, str], broken: _Broken | None
) -> Verified:
    stretches = events.archives(session, office_id)
    return Verified(
        entries=len(hashes),
        archived=stretches[-1].last_sequence if stretches else 0,
        anchors=len(events.anchors(session, office_id)),
        broken_at=None if broken is None else broken.at,
        why="完整" if broken is None else broken.why,
    )


def _walk_archives(
    office: Office, stretches: list[EventArchive], hashes: dict[int, str]
) -> tuple[int, str] | _Broken:
    """Return the last archived link, having walked every archive file, or where one is broken."""
    expected, previous = 1, BEFORE_THE_FIRST
    for stretch in stretches:
        file = office.settings.data_dir / FOLDER / stretch.file_name
        if not file.exists():
            return _Broken(stretch.first_sequence, f"归档文件 {stretch.file_name} 不见了")
        content = file.read_bytes()
        if hashlib.sha256(content).hexdigest() != stretch.file_hash:
            return _Broken(stretch.first_sequence, f"归档文件 {stretch.file_name} 被改动过")
        for stated in map(json.loads, content.splitlines()):
            if not events.holds(stated, expected, previous):
                return _Broken(expected, f"归档第{expected}条与前后不符")
            hashes[expected] = previous = stated["hash"]
            expected += 1
    return expected - 1, previous


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


def anchor_text(office: Office, made: EventAnchor) -> str:
    """Return the line that is mailed to the auditor or written to the system's log.

    It ends with the head and the count as a signed token, which `verify` takes back.
    """
    day = made.day.isoformat()
    token = signed(office.settings, PURPOSE, [day, str(made.sequence), made.hash])
    return f"duban 审计锚点 {day} 共{made.sequence}条 {token}"


def archive(session: Session, office: Office, actor: Actor, *, before: date) -> EventArchive:
    """Move the entries written before a day into a file of their own, and put that on record.

    Nothing younger than the retention of the settings may be moved (at least 183 days: 网络安全法).
    The file is on disk before a row is removed; without it nothing happens.
    """
    require(Permission.READ_RECORD, actor)
    row = the_office(session)
    earliest = office.today() - timedelta(days=office.settings.record_days)
    if before > earliest:
        raise UsageError(
            f"记录至少保留{office.settings.record_days}天，{before} 之后的不能归档",
            advice=f"最晚可归档到 {earliest}。",
        )
    moment = office.now().replace(
        year=before.year, month=before.month, day=before.day, hour=0, minute=0, second=0
    )
    old = events.older_than(session, row.id, moment)
    if not old:
        raise UsageError(f"{before} 之前没有可归档的记录", advice="无须归档。")
    stretch = _keep(session, office, row.id, old)
    events.remove(session, row.id, up_to=stretch.last_sequence)
    entry = Entry(
        actor=actor.name,
        act="archive_record",
        about_kind="office",
        about_id=row.id,
        as_of=office.today(),
        facts={"last": stretch.last_sequence, "file": stretch.file_name},
    )
    events.append(session, row.id, [entry], at=office.now())
    return stretch


def _keep(session: Session, office: Office, office_id: UUID, old: list[Event]) -> EventArchive:
    """Write a stretch of the chain to a file that survives a power cut, and its row."""
    first, last = old[0], old[-1]
    name = f"events-{first.sequence:08d}-{last.sequence:08d}.jsonl"
    content = "".join(f"{line}\n" for line in _lines(old)).encode()
    _write_durably(office.settings.data_dir / FOLDER / name, content)
    stretch = EventArchive(
        office_id=office_id,
        first_sequence=first.sequence,
        last_sequence=last.sequence,
        last_hash=last.hash,
        file_name=name,
        file_hash=hashlib.sha256(content).hexdigest(),
    )
    session.add(stretch)
    session.flush()
    return stretch


def _lines(old: list[Event]) -> Iterator[str]:
    """Give each entry as one line of JSON, in the very forms that its hash was made of."""
    for event in old:
        stated: dict[str, Any] = event.model_dump(exclude={"id"})
        yield json.dumps(stated, ensure_ascii=False, sort_keys=True, default=str)


def _write_durably(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        with part.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(file)
    except OSError as error:
        raise StorageError(
            f"归档文件未能写入：{error.strerror}", advice="请检查磁盘与权限；记录未作改动。"
        ) from error
