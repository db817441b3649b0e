"""Queries about the record as an auditor reads it: a stretch of entries, the latest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.record_tables import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which entries are asked for; None asks for all."""

    actor: str | None = None
    act: str | None = None
    about_kind: str | None = None
    since: datetime | None = None
    before: datetime | None = None


def count(session: Session, office_id: UUID, wanted: Wanted) -> int:
    """Count the entries asked for, archived ones left out."""
    query = select(func.count(col(Event.id))).where(*_conditions(office_id, wanted))
    return session.exec(query).one()


def stretch(
    session: Session, office_id: UUID, wanted: Wanted, *, offset: int, limit: int
) -> list[Event]:
    """Return a stretch of the entries asked for, the latest first."""
    query = select(Event).where(*_conditions(office_id, wanted))
    return list(
        session.exec(query.order_by(col(Event.sequence).desc()).offset(offset).limit(limit))
    )


def _conditions(office_id: UUID, wanted: Wanted) -> list[Any]:
    exact = {
        Event.actor: wanted.actor,
        Event.act: wanted.act,
        Event.about_kind: wanted.about_kind,
    }
    asked = [col(column) == value for column, value in exact.items() if value is not None]
    if wanted.since is not None:
        asked.append(col(Event.at) >= wanted.since)
    if wanted.before is not None:
        asked.append(col(Event.at) < wanted.before)
    return [col(Event.office_id) == office_id, *asked]


def acts(session: Session, office_id: UUID) -> list[str]:
    """Return every act that stands in the record."""
    query = select(Event.act).where(Event.office_id == office_id).distinct()
    return sorted(session.exec(query))


def kinds(session: Session, office_id: UUID) -> list[str]:
    """Return every kind of object that stands in the record."""
    query = select(Event.about_kind).where(Event.office_id == office_id).distinct()
    return sorted(session.exec(query))
