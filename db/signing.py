"""Queries about items that nobody has signed for (签收, R09)."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, bindparam, case, or_, select
from sqlmodel import Session, col

from db.plan_tables import Unit, WorkItem
from db.work_items import join_answering, told
from supervision.vocabulary import ItemState


def _unsigned(plan_id: UUID) -> list[Any]:
    return [
        col(WorkItem.plan_id) == plan_id,
        col(WorkItem.state) == ItemState.ASSIGNED,
        col(WorkItem.acknowledged_on).is_(None),
        col(WorkItem.historic).is_(False),
    ]


def _since() -> Any:  # noqa: ANN401 - a column expression
    """Return from when an item is to be signed for; a historic one from its settlement (R24).

    One that was given to other units after that is to be signed for from then on.
    """
    assigned, settled = col(WorkItem.assigned_on), col(WorkItem.settled_on)
    return case((or_(assigned.is_(None), settled > assigned), settled), else_=assigned)


def _to_be_urged(plan_id: UUID, today: date) -> list[Any]:
    """Return what makes an item one to urge signing for; an overdue one is urged for its date."""
    in_time = or_(col(WorkItem.due_on).is_(None), col(WorkItem.due_on) >= today)
    return [*_unsigned(plan_id), in_time]


def days_waiting(session: Session, plan_id: UUID, *, today: date) -> list[date]:
    """Return the distinct days since when a plan's items wait to be signed for.

    There are few of them however many items there are, so each is judged once.
    """
    asked = {"plan": plan_id, "day": today}
    return sorted(day for (day,) in session.connection().execute(_days_waiting(), asked))


@cache  # asked in every sweep
def _days_waiting() -> Select[Any]:
    plan: Any = bindparam("plan")
    day: Any = bindparam("day", type_=Date)
    return select(_since()).where(*_to_be_urged(plan, day), _since().is_not(None)).distinct()


def waiting_since(plan_id: UUID, since: date, *, office_unit_id: UUID, today: date) -> Select[Any]:
    """Return the query for (item, unit to tell) of what waits to be signed for since a day."""
    return told(office_unit_id).where(*_to_be_urged(plan_id, today), _since() == since)


@dataclass(frozen=True, kw_only=True, slots=True)
class Unsigned:
    """An item that a unit has not signed for, and since when it waits."""

    code: str
    title: str
    unit: str
    since: date


def unsigned(session: Session, plan_id: UUID) -> list[Unsigned]:
    """Return a plan's items not signed for with each unit that answers, longest waiting first."""
    columns = (col(WorkItem.code), col(WorkItem.title), col(Unit.name), _since())
    query = join_answering(select(*columns)).where(*_unsigned(plan_id), _since().is_not(None))
    ordered = query.order_by(_since(), col(Unit.position), col(WorkItem.code))
    return [
        Unsigned(code=row[0], title=row[1], unit=row[2], since=row[3])
        for row in session.connection().execute(ordered)
    ]
