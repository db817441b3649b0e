"""Evidence (佐证材料): kept whole before it is put on record, and looked at again when asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from db import events, evidence, lives
from db.life_tables import EvidenceFile
from db.plan_tables import WorkItem
from services.evidence_content import Content, fit_name, recognised
from services.evidence_packages import BLOCK, NotEvidenceError
from services.item_record import entry_about, put_on_record
from services.office import Office
from supervision.errors import UsageError
from supervision.rights import Actor, require
from supervision.vocabulary import EvidenceKind, ItemState, Permission


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A file that is in the store and not on record yet; without a row it does no harm."""

    kind: EvidenceKind
    name: str
    content: Content
    stored_as: str
    vouched_by: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Bringing:
    """Who brings evidence, for which day, within which yearly quota of his unit."""

    actor: Actor
    as_of: date
    most_mb_a_year: int


def kept(office: Office, data: bytes, *, kind: EvidenceKind, name: str) -> Kept:
    """Put a file into the store before anything is on record; NotEvidenceError unless it is fit.

    Needs no transaction: writing a large file must not hold up the others who write.
    """
    if kind is EvidenceKind.OFFLINE:
        raise UsageError(
            "线下说明是文字，不是文件", advice="请用 --text 写明情况、--vouched-by 署名。"
        )
    fit = fit_name(name)
    content = recognised(data, most_mb=office.settings.evidence_file_mb)
    stored_as = office.evidence.keep(content.data, content.hash)
    return Kept(kind=kind, name=fit, content=content, stored_as=stored_as)


def kept_statement(office: Office, text: str, *, vouched_by: str) -> Kept:
    """Put an offline statement (线下说明) into the store, a reviewer's name under it (R25)."""
    if not text.strip() or not vouched_by.strip():
        raise NotEvidenceError("线下说明须写明情况并由复核人署名", advice="请补齐文字和署名。")
    data = f"{text.strip()}\n\n复核人：{vouched_by.strip()}\n".encode()
    content = recognised(data, most_mb=office.settings.evidence_file_mb)
    return Kept(
        kind=EvidenceKind.OFFLINE,
        name=EvidenceKind.OFFLINE.label,
        content=content,
        stored_as=office.evidence.keep(content.data, content.hash),
        vouched_by=vouched_by.strip(),
    )


def allow(session: Session, item: WorkItem, bringing: Bringing, *, size: int) -> None:
    """Refuse evidence that the actor may not bring to the item, or that his unit has no room for.

    Asked before the file is stored, so that a refused one takes no room, and again on record.
    """
    actor = bringing.actor
    require(Permission.ADD_EVIDENCE, actor, lives.concerned(session, item.id))
    if item.state in (ItemState.CLOSED, ItemState.CANCELLED):
        raise NotEvidenceError(
            f"{item.code}{item.state.label}，不再收佐证", advice="重新办理后再上传。"
        )
    office_id, year = lives.office_of(session, item), bringing.as_of.year
    used = evidence.bytes_brought(session, office_id, actor.unit_id, year=year)
    if used + size > bringing.most_mb_a_year * BLOCK:
        raise NotEvidenceError(
            f"贵单位{year}年的佐证空间（{bringing.most_mb_a_year}MB）已满",
            advice="请压缩后再传，或请办公室调整 evidence_unit_mb 设置。",
        )


def attach(
    session: Session,
    item: WorkItem,
    brought: Kept,
    bringing: Bringing,
    *,
    now: datetime,
    report_id: UUID | None = None,
) -> tuple[EvidenceFile, bool]:
    """Put a kept file on record as evidence of the item; return the row and whether it is new.

    `report_id` is the report it came with. The same content of the same kind on the same item is
    the row that is there.
    """
    there = evidence.same(session, item.id, brought.kind, brought.content.hash)
    allow(session, item, bringing, size=0 if there else brought.content.size)
    if there is not None:
        return there, False
    row = EvidenceFile(
        work_item_id=item.id,
        report_id=report_id,
        kind=brought.kind,
        name=brought.name,
        hash=brought.content.hash,
        size=brought.content.size,
        media_type=brought.content.media_type,
        stored_as=brought.stored_as,
        vouched_by=brought.vouched_by,
        brought_by=bringing.actor.name,
        brought_at=now,
        as_of=bringing.as_of,
    )
    session.add(row)
    put_on_record(session, item, _entry(item, row), at=now)
    return row, True


def _entry(item: WorkItem, row: EvidenceFile) -> events.Entry:
    return entry_about(
        item,
        actor=row.brought_by,
        act=Permission.ADD_EVIDENCE,
        as_of=row.as_of,
        facts={
            "kind": row.kind,
            "name": row.name,
            "hash": row.hash,
            "vouched_by": row.vouched_by,
        },
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """A piece of evidence whose file is missing or is not what was brought."""

    code: str
    name: str
    stored_as: str
    what: str


def faults(session: Session, office: Office) -> Iterator[Fault]:
    """Give every piece of evidence whose file, hashed again now, is not the one on record."""
    for code, row in evidence.all_files(session):
        found = office.evidence.hash_of(row.stored_as)
        if found != row.hash:
            what = "文件不见了" if found is None else "内容被改动"
            yield Fault(code=code, name=row.name, stored_as=row.stored_as, what=what)
