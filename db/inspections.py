"""Queries about meetings (会议) and inspections (督导检查), by plan, item and unit."""

from uuid import UUID

from sqlmodel import Session, col, select

from db.life_tables import Attendance, Inspection, Meeting, MeetingItem
from db.plan_tables import Assignment, Unit, WorkItem
from supervision.vocabulary import MeetingKind, Presence


def of_item(session: Session, item_id: UUID) -> list[Inspection]:
    """Return the inspections of an item, the first one first."""
    query = select(Inspection).where(Inspection.work_item_id == item_id)
    return list(session.exec(query.order_by(col(Inspection.inspected_on), col(Inspection.id))))


def of_plan(session: Session, plan_id: UUID) -> list[tuple[WorkItem, Inspection]]:
    """Return a plan's inspections with their items, the first one first."""
    query = (
        select(WorkItem, Inspection)
        .join(Inspection, col(Inspection.work_item_id) == col(WorkItem.id))
        .where(WorkItem.plan_id == plan_id)
        .order_by(col(Inspection.inspected_on), col(WorkItem.code))
    )
    return [(item, found) for item, found in session.exec(query)]


def items_of_unit(session: Session, unit_id: UUID) -> frozenset[UUID]:
    """Return the items that a unit is responsible for, in whatever relation."""
    return frozenset(
        session.exec(select(Assignment.work_item_id).where(Assignment.unit_id == unit_id))
    )


def meeting(session: Session, plan_id: UUID, kind: MeetingKind, *, subject: str) -> list[Meeting]:
    """Return a plan's meetings of a kind on a subject."""
    query = select(Meeting).where(
        Meeting.plan_id == plan_id, col(Meeting.kind) == kind, Meeting.subject == subject
    )
    return list(session.exec(query))


def meetings_of_plan(session: Session, plan_id: UUID) -> list[Meeting]:
    """Return a plan's meetings, the first one first."""
    query = select(Meeting).where(Meeting.plan_id == plan_id)
    return list(session.exec(query.order_by(col(Meeting.held_on), col(Meeting.subject))))


def meetings_of(session: Session, item_id: UUID) -> list[Meeting]:
    """Return the meetings on whose agenda an item was."""
    query = (
        select(Meeting)
        .join(MeetingItem, col(MeetingItem.meeting_id) == col(Meeting.id))
        .where(MeetingItem.work_item_id == item_id)
    )
    return list(session.exec(query.order_by(col(Meeting.held_on))))


def attendance(session: Session, meeting_id: UUID) -> list[tuple[str, Presence]]:
    """Return who was asked to a meeting and whether they came, in the plan's order."""
    query = (
        select(Unit, Attendance)
        .join(Attendance, col(Attendance.unit_id) == col(Unit.id))
        .where(Attendance.meeting_id == meeting_id)
        .order_by(col(Unit.position))
    )
    return [(unit.name, found.presence) for unit, found in session.exec(query)]


def codes_of(session: Session, meeting_id: UUID) -> list[str]:
    """Return the codes of the items on a meeting's agenda."""
    query = (
        select(WorkItem.code)
        .join(MeetingItem, col(MeetingItem.work_item_id) == col(WorkItem.id))
        .where(MeetingItem.meeting_id == meeting_id)
    )
    return sorted(session.exec(query))
