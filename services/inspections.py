"""Inspections (督导检查) of items: what was found, what is to be put right by when."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from db import inspections
from db.life_tables import Inspection
from db.plan_tables import WorkItem
from services.item_record import entry_about, put_on_record
from supervision.errors import UsageError
from supervision.rights import Actor, require
from supervision.vocabulary import Permission


@dataclass(frozen=True, kw_only=True, slots=True)
class Inspected:
    """What was looked at and found; `put_right_by` is empty when nothing is to be put right."""

    inspected_on: date
    inspected_by: str
    findings: str
    put_right_by: date | None = None


def record(
    session: Session, item: WorkItem, seen: Inspected, actor: Actor, *, as_of: date, now: datetime
) -> tuple[Inspection, bool]:
    """Put an inspection on record; return the row and whether it is new."""
    require(Permission.RECORD_INSPECTION, actor)
    _require_whole(seen, as_of=as_of)
    there = inspections.same(
        session,
        item.id,
        inspected_on=seen.inspected_on,
        inspected_by=seen.inspected_by.strip(),
        findings=seen.findings.strip(),
    )
    if there is not None:
        return there, False
    row = Inspection(
        work_item_id=item.id,
        inspected_on=seen.inspected_on,
        inspected_by=seen.inspected_by.strip(),
        recorded_by=actor.name,
        findings=seen.findings.strip(),
        put_right_by=seen.put_right_by,
    )
    _store(session, item, row, actor, act="record_inspection", as_of=as_of, now=now)
    return row, True


def _require_whole(seen: Inspected, *, as_of: date) -> None:
    if not (seen.findings.strip() and seen.inspected_by.strip()):
        raise UsageError("督导检查须写明检查人和情况", advice="请用 --by 和 --findings 写明。")
    if seen.inspected_on > as_of:
        raise UsageError(f"检查日期{seen.inspected_on}还没有到", advice="检查后再登记。")
    if seen.put_right_by is not None and seen.put_right_by < seen.inspected_on:
        raise UsageError("整改期限早于检查日期", advice="请核对 --put-right-by。")


def put_right(session: Session, item: WorkItem, actor: Actor, *, as_of: date, now: datetime) -> int:
    """Put on record that what inspections of an item found is put right; return how many."""
    require(Permission.RECORD_INSPECTION, actor)
    found = inspections.unsettled(session, item.id)
    for row in found:
        row.put_right_on = as_of
        _store(session, item, row, actor, act="put_right", as_of=as_of, now=now)
    return len(found)


def _store(
    session: Session,
    item: WorkItem,
    row: Inspection,
    actor: Actor,
    *,
    act: str,
    as_of: date,
    now: datetime,
) -> None:
    session.add(row)
    session.flush()
    due = None if row.put_right_by is None else row.put_right_by.isoformat()
    entry = entry_about(
        item,
        actor=actor.name,
        act=act,
        as_of=as_of,
        why=row.findings,
        facts={"inspected_by": row.inspected_by, "put_right_by": due},
    )
    put_on_record(session, item, entry, at=now)
