"""Which parts of the daily sweep were done for which day, and what they covered."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.bulk import insert_new
from db.record_tables import Sweep
from supervision.vocabulary import SweepPart

# Built once: a sweep asks for it part by part, and SQLAlchemy takes longer to build than to run it.
_LAST = (
    select(col(Sweep.day), col(Sweep.covered_from), col(Sweep.swept_at))
    .where(col(Sweep.part) == bindparam("part"), col(Sweep.scope) == bindparam("scope"))
    .order_by(col(Sweep.day).desc())
    .limit(1)
)
_LATEST = select(func.max(col(Sweep.swept_at)))


@dataclass(frozen=True, kw_only=True, slots=True)
class LastSweep:
    """The latest day a part was done for, the first day it covered, and when it was done."""

    day: date
    covered_from: date
    swept_at: datetime


def last(session: Session, part: SweepPart, scope: UUID) -> LastSweep | None:
    """Return the latest sweep of a part, None before the first."""
    row = session.connection().execute(_LAST, {"part": part, "scope": scope}).first()
    return None if row is None else LastSweep(day=row[0], covered_from=row[1], swept_at=row[2])


def claim(
    session: Session, part: SweepPart, scope: UUID, *, covers: tuple[date, date], at: datetime
) -> bool:
    """Take a day's part for this transaction; False when another sweep has it already.

    The row stands or falls with the work done in the same transaction.
    """
    row = {
        "id": uuid4(),
        "part": part,
        "scope": scope,
        "covered_from": covers[0],
        "day": covers[1],
        "swept_at": at,
    }
    return bool(insert_new(session, Sweep, [row]))


def latest_moment(session: Session) -> datetime | None:
    """Return when any part of a sweep was last done, for whoever watches that it goes on."""
    return session.connection().execute(_LATEST).scalar()


def latest_whole_moment(session: Session) -> datetime | None:
    """Return since when every part has been done again, None before the first sweep.

    A part that fails day after day keeps this moment where it was, whatever the others do.
    """
    query = select(func.max(col(Sweep.swept_at))).group_by(col(Sweep.part), col(Sweep.scope))
    return min(session.connection().execute(query).scalars(), default=None)


def latest_gap(session: Session) -> tuple[date, date] | None:
    """Return the first of the days last missed, and the day they were made up for.

    The first sweep of all reaches back to the baseline and made up for nothing.
    """
    theirs = aliased(Sweep)
    first = (
        select(func.min(col(theirs.day)))
        .where(col(theirs.part) == col(Sweep.part), col(theirs.scope) == col(Sweep.scope))
        .scalar_subquery()
    )
    query = (
        select(col(Sweep.covered_from), col(Sweep.day))
        .where(col(Sweep.covered_from) < col(Sweep.day), col(Sweep.day) > first)
        .order_by(col(Sweep.day).desc())
        .limit(1)
    )
    row = session.connection().execute(query).first()
    return None if row is None else (row[0], row[1])


def swept_beyond(session: Session, today: date) -> date | None:
    """Return the latest day swept if it has not come yet: until then every sweep adds nothing."""
    latest = session.connection().execute(select(func.max(col(Sweep.day)))).scalar()
    return latest if latest is not None and latest > today else None
