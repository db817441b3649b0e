"""Old stretches of the record, moved into files: one entry a line, the links going on across."""

import hashlib
import json
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import Session

from db import events
from db.event_forms import restored
from db.events import BEFORE_THE_FIRST, Entry, Link
from db.record_tables import Event, EventArchive
from services.office import Office
from services.plans import the_office
from supervision.errors import StorageError, UsageError
from supervision.rights import Actor, require
from supervision.vocabulary import Permission

FOLDER = "archive"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that does not hold, and in words why not."""

    at: int
    why: str
    is_by_anchor: bool = False  # the chain holds in itself, and is not the one that was anchored


@dataclass(frozen=True, slots=True)
class Walked:
    """The last archived link, and the hashes that were asked for along the way."""

    last: Link
    hashes: dict[int, str]


def archive(session: Session, office: Office, actor: Actor, *, before: date) -> EventArchive:
    """Move the entries written before a day into a file of their own, and put that on record.

    Nothing younger than the retention of the settings may be moved (at least 183 days: 网络安全法),
    and nothing at all from a record that does not hold: a file would cover the trace. The file is
    on disk before a row is removed; without it nothing happens.
    """
    require(Permission.ARCHIVE_RECORD, actor)
    row = the_office(session)
    earliest = office.today() - timedelta(days=office.settings.record_days)
    if before > earliest:
        raise UsageError(
            f"记录至少保留{office.settings.record_days}天，{before} 之后的不能归档",
            advice=f"最晚可归档到 {earliest}。",
        )
    _require_whole(session, row.id)
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
        act=Permission.ARCHIVE_RECORD,
        about_kind="office",
        about_id=row.id,
        as_of=office.today(),
        facts={"last": stretch.last_sequence, "file": stretch.file_name},
    )
    events.append(session, row.id, [entry], at=office.now())
    return stretch


def _require_whole(session: Session, office_id: UUID) -> None:
    there = events.archives(session, office_id)
    last = (there[-1].last_sequence, there[-1].last_hash) if there else (0, BEFORE_THE_FIRST)
    broken_at = events.first_broken(session, office_id, after=last)
    if broken_at is not None:
        raise StorageError(
            f"记录第{broken_at}条与前后不符，不能归档",
            advice="请先用 duban audit verify 核验并查明原因。",
        )


def _keep(session: Session, office: Office, office_id: UUID, old: list[Event]) -> EventArchive:
    """Write a stretch of the chain to a file that survives a power cut, and its row."""
    first, last = old[0], old[-1]
    name = f"events-{first.sequence:08d}-{last.sequence:08d}.jsonl"
    content = "".join(f"{line}\n" for line in map(_line, old)).encode()
    _write_durably((office.scratch or office.settings.data_dir) / FOLDER / name, content)
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


def _line(event: Event) -> str:
    """Return an entry as JSON from which its hash can be made again: facts keep their order."""
    return json.dumps(event.model_dump(exclude={"id"}), ensure_ascii=False, default=str)


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


def walk(office: Office, stretches: list[EventArchive], wanted: Collection[int]) -> Walked | Broken:
    """Walk every archive file from the first entry on; keep the hashes of the wanted entries."""
    last, hashes = (0, BEFORE_THE_FIRST), {}
    for stretch in stretches:
        file = office.settings.data_dir / FOLDER / stretch.file_name
        if not file.exists():
            return Broken(stretch.first_sequence, f"归档文件 {stretch.file_name} 不见了")
        content = file.read_bytes()
        if hashlib.sha256(content).hexdigest() != stretch.file_hash:
            return Broken(stretch.first_sequence, f"归档文件 {stretch.file_name} 被改动过")
        for stated in _entries(content):
            if not events.holds(stated, last):
                return Broken(last[0] + 1, f"归档第{last[0] + 1}条与前后不符")
            last = stated["sequence"], stated["hash"]
            if last[0] in wanted:
                hashes[last[0]] = last[1]
    return Walked(last, hashes)


def _entries(content: bytes) -> Iterator[dict[str, Any]]:
    """Give the entries of a file; one that is none of ours is empty, and holds nowhere."""
    for line in content.splitlines():
        try:
            stated = json.loads(line)
        except ValueError:
            stated = {}
        yield restored(stated)
