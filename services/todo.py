"""What a unit has to do now: each part of its list, how many stand in it, what to report next."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session

from db import calendar_days, dispatch, plans, reports, todo
from db.plan_tables import Unit
from db.todo import Asking, TodoLine
from services.plans import the_office
from supervision.policy import Policy
from supervision.vocabulary import ObligationState, TodoPart
from supervision.working_days import WorkingDays

PAGE = 50
FIRST = 8  # lines of each part on the page of all parts
TO_WRITE = (TodoPart.RETURNED, TodoPart.TO_REPORT)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A part of the list: how many there are, the stretch asked for, and why each was sent back."""

    part: TodoPart
    total: int
    lines: list[TodoLine]
    reasons: dict[UUID, str]  # by item, of reports that were sent back


@dataclass(frozen=True, kw_only=True, slots=True)
class Todo:
    """A unit's list; parts with nothing in them are left out."""

    unit: str
    parts: list[Part]
    next_item: TodoLine | None  # 继续填报下一项


def todo_of(session: Session, unit_id: UUID, policy: Policy, *, today: date) -> Todo:
    """Return a unit's list of things to do, the first few of each part."""
    asking = _asking(unit_id, policy, today=today)
    totals = todo.counts(session, asking)
    parts = [
        _part(session, part, asking, total=total, limit=FIRST)
        for part, total in totals.items()
        if total
    ]
    waiting = [line for part in parts if part.part in TO_WRITE for line in part.lines]
    return Todo(
        unit=session.get_one(Unit, unit_id).name,
        parts=parts,
        next_item=waiting[0] if waiting else None,
    )


def _asking(unit_id: UUID, policy: Policy, *, today: date) -> Asking:
    near = today + timedelta(days=policy.near_days.value)
    return Asking(unit_id=unit_id, today=today, near_until=near)


def _part(
    session: Session,
    part: TodoPart,
    asking: Asking,
    *,
    total: int,
    offset: int = 0,
    limit: int = PAGE,
) -> Part:
    found = todo.lines(session, part, asking, offset=offset, limit=limit) if total else []
    return Part(part=part, total=total, lines=found, reasons=_reasons(session, found))


def whole_part(
    session: Session, part: TodoPart, unit_id: UUID, policy: Policy, *, today: date, page: int
) -> Part:
    """Return a page of one part; pages are counted from 1."""
    asking = _asking(unit_id, policy, today=today)
    total = todo.counts(session, asking)[part]
    return _part(session, part, asking, total=total, offset=(page - 1) * PAGE)


def _reasons(session: Session, found: list[TodoLine]) -> dict[UUID, str]:
    back = [line for line in found if line.obligation is ObligationState.SENT_BACK]
    said = {line.item_id: reports.latest(session, line.obligation_id) for line in back
            if line.obligation_id is not None}  # fmt: skip
    return {
        item_id: report.review_reason
        for item_id, report in said.items()
        if report is not None and report.review_reason
    }


def next_to_report(
    session: Session, unit_id: UUID, policy: Policy, *, today: date, after: UUID | None = None
) -> TodoLine | None:
    """Return the next item to report on, another one than `after`."""
    asking = _asking(unit_id, policy, today=today)
    for part in TO_WRITE:
        for line in todo.lines(session, part, asking, offset=0, limit=2):
            if line.item_id != after:
                return line
    return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Whom:
    """Whom a person asks: the office, and the people it has named."""

    office: str
    people: list[str]  # names with their telephones


def whom_to_ask(session: Session) -> Whom:
    """Return whom a unit asks."""
    unit = plans.office_unit(session, the_office(session).id)
    people = [
        " ".join(part for part in (each.name, each.phone) if part)
        for each in dispatch.people_of(session, unit.id)
    ]
    return Whom(office=unit.name, people=people)


def calendar_of(session: Session) -> WorkingDays:
    """Return the calendar pages count working days by."""
    return calendar_days.working_days(session)
