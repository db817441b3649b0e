"""The book of meetings (会议): a page of the list, and how often each unit came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from db import meeting_pages, meetings
from db.life_tables import Meeting
from db.meeting_pages import Wanted
from db.plan_tables import Plan, WorkItem
from services.meetings import Held, record
from services.moves import item_named
from services.plans import chosen, the_plan
from supervision.rights import Actor
from supervision.vocabulary import MeetingKind, Presence


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingLine:
    """A meeting with the units asked to it, by whether they came, and the items it was about."""

    meeting: Meeting
    came: Mapping[Presence, Sequence[str]]
    items: Sequence[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingPage:
    """A page of the list, how many there are in all, and each unit's numbers."""

    total: int
    lines: Sequence[MeetingLine]
    units: Sequence[tuple[UUID, str, int, int, int]]  # present, on leave, absent


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A meeting as it is told in a form: units and items by name and code."""

    plan: str
    kind: MeetingKind
    held_on: date
    subject: str
    presence: Mapping[str, Presence]
    codes: Sequence[str]
    minutes: str


def page_of(
    session: Session,
    *,
    unit_id: UUID | None,
    presence: Presence | None,
    offset: int,
    limit: int,
) -> MeetingPage:
    """Return a page of the meetings of all plans, the latest first."""
    plan_ids = tuple(plan.id for plan in chosen(session, None))
    wanted = Wanted(plan_ids=plan_ids, unit_id=unit_id, presence=presence)
    rows = meeting_pages.stretch(session, wanted, offset=offset, limit=limit)
    ids = [row.id for row in rows]
    came, agenda = meetings.attendance(session, ids), meetings.agenda(session, ids)
    return MeetingPage(
        total=meeting_pages.count(session, wanted),
        lines=[
            MeetingLine(
                meeting=row, came=_by_presence(came.get(row.id, {})), items=agenda.get(row.id, [])
            )
            for row in rows
        ],
        units=meeting_pages.by_unit(session, plan_ids),
    )


def plans_that_meet(session: Session) -> Sequence[Plan]:
    """Return the plans a meeting may be about."""
    return chosen(session, None)


def record_told(session: Session, told: Told, actor: Actor, *, today: date, now: datetime) -> bool:
    """Put a meeting on record as a form tells it; False when it stands there already.

    UsageError for a plan, unit or item there is none of.
    """
    plan = the_plan(session, told.plan or None)
    items: tuple[WorkItem, ...] = tuple(
        item_named(session, plan, code) for code in sorted(set(told.codes))
    )
    held = Held(
        kind=told.kind,
        held_on=told.held_on,
        subject=told.subject,
        presence=told.presence,
        items=items,
        minutes=told.minutes,
    )
    return record(session, plan, held, actor, as_of=today, now=now)


def _by_presence(units: Mapping[str, Presence]) -> dict[Presence, list[str]]:
    found: dict[Presence, list[str]] = {presence: [] for presence in Presence}
    for name, presence in units.items():
        found[presence].append(name)
    return found
