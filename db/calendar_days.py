"""The published calendar: which days of which years are worked on."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete, extract, func, select
from sqlmodel import Session, col

from db.bulk import insert_new
from db.record_tables import CalendarDay
from supervision.vocabulary import DayKind
from supervision.working_days import WorkingDays

WORKED = [kind for kind in DayKind if kind.is_worked]


def working_days(session: Session) -> WorkingDays:
    """Return the calendar to count with, from every published day."""
    days = select(col(CalendarDay.day), col(CalendarDay.kind).in_(WORKED))
    return WorkingDays(dict(session.connection().execute(days).tuples().all()))


def publish(session: Session, days: Iterable[tuple[date, DayKind]], *, source: str) -> int:
    """Store published days that are not stored yet; return how many are new."""
    rows = ({"day": day, "kind": kind, "source": source} for day, kind in days)
    return insert_new(session, CalendarDay, rows)


def withdraw_year(session: Session, year: int) -> None:
    """Remove a year's days, so that a corrected notice can take their place."""
    span = col(CalendarDay.day).between(date(year, 1, 1), date(year, 12, 31))
    session.connection().execute(delete(CalendarDay).where(span))


def published_years(session: Session) -> dict[int, int]:
    """Return the years on record, each with its number of days (a whole year has 365 or 366)."""
    year = extract("year", col(CalendarDay.day))
    rows = session.connection().execute(select(year, func.count()).group_by(year))
    return {int(found): days for found, days in rows}
