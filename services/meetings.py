"""Meetings the plan calls for (推进会议、联席会议): who came, what was on the agenda."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session

from db import events, meetings
from db.bulk import insert_new
from db.life_tables import Attendance, Meeting, MeetingItem
from db.plan_tables import Plan, WorkItem
from services.plans import unit_named
from supervision.errors import UsageError
from supervision.rights import Actor, require
from supervision.vocabulary import MeetingKind, Permission, Presence


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A meeting as it was held; units by name or alias, items as they stand in the plan."""

    kind: MeetingKind
    held_on: date
    subject: str
    presence: Mapping[str, Presence]
    items: tuple[WorkItem, ...] = ()
    minutes: str = ""


def presence_of(
    present: Iterable[str], on_leave: Iterable[str], absent: Iterable[str]
) -> dict[str, Presence]:
    """Return each unit's presence; UsageError for a unit that stands in two lists."""
    found: dict[str, Presence] = {}
    lists = (Presence.PRESENT, present), (Presence.ON_LEAVE, on_leave), (Presence.ABSENT, absent)
    for presence, names in lists:
        for name in names:
            if found.get(name, presence) is not presence:
                raise UsageError(f"“{name}”的到会情况写了两种", advice="请只保留一种。")
            found[name] = presence
    return found


def record(
    session: Session, plan: Plan, held: Held, actor: Actor, *, as_of: date, now: datetime
) -> bool:
    """Put a meeting on record; False when the same one, day and subject, stands there already."""
    require(Permission.RECORD_MEETING, actor)
    _require_whole(held, as_of=as_of)
    units = {
        unit_named(session, plan.office_id, name): presence
        for name, presence in held.presence.items()
    }
    row = Meeting(
        plan_id=plan.id,
        kind=held.kind,
        held_on=held.held_on,
        subject=held.subject.strip(),
        minutes=held.minutes.strip() or None,
        recorded_by=actor.name,
    )
    if not insert_new(session, Meeting, [row.model_dump()]):
        return False
    _store_attendance(session, row.id, units, held.items)
    absent = [name for name, presence in held.presence.items() if presence is Presence.ABSENT]
    facts = {"kind": held.kind, "subject": row.subject, "absent": absent}
    about = [(row.id, "meeting"), *((item.id, "work_item") for item in held.items)]
    entries = [
        events.Entry(
            actor=actor.name,
            act=Permission.RECORD_MEETING,
            about_kind=kind,
            about_id=about_id,
            as_of=as_of,
            why=row.subject,
            facts=facts,
        )
        for about_id, kind in about
    ]
    events.append(session, plan.office_id, entries, at=now)
    return True


def _require_whole(held: Held, *, as_of: date) -> None:
    if not held.subject.strip() or not held.presence:
        raise UsageError("会议须写明议题和到会单位", advice="请用 --subject 和 --present 等写明。")
    if held.held_on > as_of:
        raise UsageError(f"会议日期{held.held_on}还没有到", advice="开会后再登记。")


def _store_attendance(
    session: Session,
    meeting_id: UUID,
    units: Mapping[UUID, Presence],
    items: tuple[WorkItem, ...],
) -> None:
    came = (
        {"id": uuid4(), "meeting_id": meeting_id, "unit_id": unit_id, "presence": presence}
        for unit_id, presence in units.items()
    )
    insert_new(session, Attendance, came)
    on_agenda = (
        {"id": uuid4(), "meeting_id": meeting_id, "work_item_id": item.id} for item in items
    )
    insert_new(session, MeetingItem, on_agenda)


def listed(session: Session, plan: Plan) -> list[dict[str, Any]]:
    """Return a plan's meetings with who came and what was on the agenda."""
    rows = meetings.of_plan(session, plan.id)
    ids = [row.id for row in rows]
    came, agenda = meetings.attendance(session, ids), meetings.agenda(session, ids)
    return [
        row.model_dump() | {"attendance": came.get(row.id, {}), "items": agenda.get(row.id, [])}
        for row in rows
    ]
