"""Queries for what people said of an item's light, in force or not."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from db.light_tables import LightOverride, UnableJudgement
from db.plan_tables import WorkItem


def of_item(session: Session, item_id: UUID) -> list[LightOverride]:
    """Return every light a person ever set on an item, the first one first."""
    query = select(LightOverride).where(LightOverride.work_item_id == item_id)
    return list(session.exec(query.order_by(col(LightOverride.ordinal))))


def in_force(session: Session, item_id: UUID, *, as_of: date) -> LightOverride | None:
    """Return the light a person set that holds on a day, None when none does."""
    holding = [
        row
        for row in of_item(session, item_id)
        if row.set_on <= as_of < row.expires_on and (row.ended_on is None or as_of < row.ended_on)
    ]
    return holding[-1] if holding else None


def unables_of(session: Session, item_id: UUID) -> list[UnableJudgement]:
    """Return every judgement that an item's date cannot be kept, the first one first."""
    query = select(UnableJudgement).where(UnableJudgement.work_item_id == item_id)
    return list(session.exec(query.order_by(col(UnableJudgement.judged_on))))


def standing_unable(session: Session, item: WorkItem) -> UnableJudgement | None:
    """Return the judgement of an item's present date that was not revoked, None without one."""
    about = (item.cycle, item.due_on)
    standing = [
        row
        for row in unables_of(session, item.id)
        if row.revoked_on is None and (row.cycle, row.due_on) == about
    ]
    return standing[-1] if standing else None
