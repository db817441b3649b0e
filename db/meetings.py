"""Queries about meetings (会议): who came, what was on the agenda, how often a unit was away."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, func, select

from db.life_tables import Attendance, Meeting, MeetingItem
from db.plan_tables import Unit, WorkItem
from supervision.vocabulary import Presence


def of_plan(session: Session, plan_id: UUID) -> list[Meeting]:
    """Return a plan's meetings, the first one first."""
    query = select(Meeting).where(Meeting.plan_id == plan_id)
    return list(session.exec(query.order_by(col(Meeting.held_on), col(Meeting.subject))))


def of_item(session: Session, item_id: UUID) -> list[Meeting]:
    """Return the meetings on whose agenda an item was."""
    query = (
        select(Meeting)
        .join(MeetingItem, col(MeetingItem.meeting_id) == col(Meeting.id))
        .where(MeetingItem.work_item_id == item_id)
    )
    return list(session.exec(query.order_by(col(Meeting.held_on))))


def attendance(session: Session, meeting_ids: Iterable[UUID]) -> dict[UUID, dict[str, Presence]]:
    """Return who was asked to each meeting and whether they came, units in the plan's order."""
    query = (
        select(Unit, Attendance)
        .join(Attendance, col(Attendance.unit_id) == col(Unit.id))
        .where(col(Attendance.meeting_id).in_(list(meeting_ids)))
        .order_by(col(Unit.position))
    )
    found: dict[UUID, dict[str, Presence]] = {}
    for unit, row in session.exec(query):
        found.setdefault(row.meeting_id, {})[unit.name] = row.presence
    return found


def agenda(session: Session, meeting_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Return the codes of the items on each meeting's agenda."""
    query = (
        select(MeetingItem.meeting_id, WorkItem.code)
        .join(WorkItem, col(WorkItem.id) == col(MeetingItem.work_item_id))
        .where(col(MeetingItem.meeting_id).in_(list(meeting_ids)))
        .order_by(col(WorkItem.code))
    )
    found: dict[UUID, list[str]] = {}
    for meeting_id, code in session.exec(query):
        found.setdefault(meeting_id, []).append(code)
    return found


def counts_by_unit(
    session: Session, plan_id: UUID, *, since: date, until: date
) -> dict[str, dict[Presence, int]]:
    """Return how often each unit was present, on leave and absent between two days, both included.

    The evaluation counts absence without leave.
    """
    query = (
        select(Unit.name, Attendance.presence, func.count(col(Attendance.id)))
        .join(Attendance, col(Attendance.unit_id) == col(Unit.id))
        .join(Meeting, col(Meeting.id) == col(Attendance.meeting_id))
        .where(Meeting.plan_id == plan_id, Meeting.held_on >= since, Meeting.held_on <= until)
        .group_by(Unit.name, col(Unit.position), col(Attendance.presence))
        .order_by(col(Unit.position))
    )
    found: dict[str, dict[Presence, int]] = {}
    for name, presence, count in session.connection().execute(query):
        found.setdefault(name, dict.fromkeys(Presence, 0))[presence] = count
    return found
