"""Queries behind the page of meetings (会议): counted, paged, and attendance counted by unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.life_tables import Attendance, Meeting
from db.plan_tables import Unit
from supervision.vocabulary import Presence


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which meetings: those a unit was asked to if it is named, where it was so if that is."""

    plan_ids: tuple[UUID, ...]
    unit_id: UUID | None = None
    presence: Presence | None = None


def count(session: Session, wanted: Wanted) -> int:
    """Return how many meetings are wanted."""
    query = select(func.count(col(Meeting.id)))
    return session.exec(query.where(*_conditions(wanted))).one()


def stretch(session: Session, wanted: Wanted, *, offset: int, limit: int) -> Sequence[Meeting]:
    """Return a stretch of them, the latest first."""
    query = (
        select(Meeting)
        .where(*_conditions(wanted))
        .order_by(col(Meeting.held_on).desc(), col(Meeting.subject), col(Meeting.id))
    )
    return session.exec(query.offset(offset).limit(limit)).all()


def by_unit(
    session: Session, plan_ids: tuple[UUID, ...]
) -> Sequence[tuple[UUID, str, int, int, int]]:
    """Return each unit with how often it was present, on leave and absent."""
    times = (
        func.count(col(Attendance.id)).filter(col(Attendance.presence) == presence)
        for presence in (Presence.PRESENT, Presence.ON_LEAVE, Presence.ABSENT)
    )
    query = (
        select(col(Unit.id), col(Unit.name), *times)
        .join(Attendance, col(Attendance.unit_id) == col(Unit.id))
        .join(Meeting, col(Meeting.id) == col(Attendance.meeting_id))
        .where(col(Meeting.plan_id).in_(plan_ids))
        .group_by(col(Unit.id), col(Unit.name), col(Unit.position))
        .order_by(col(Unit.position), col(Unit.name))
    )
    found = session.connection().execute(query)
    return [(unit, name, came, leave, away) for unit, name, came, leave, away in found]


def _conditions(wanted: Wanted) -> list[Any]:
    conditions = [col(Meeting.plan_id).in_(wanted.plan_ids)]
    if wanted.unit_id is not None:
        asked = select(Attendance.meeting_id).where(Attendance.unit_id == wanted.unit_id)
        if wanted.presence is not None:
            asked = asked.where(col(Attendance.presence) == wanted.presence)
        conditions.append(col(Meeting.id).in_(asked))
    return conditions
