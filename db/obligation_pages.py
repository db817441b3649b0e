"""Pages of what is owed in a round: obligations with their items and last versions."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, select
from sqlmodel import Session, col

from db.life_tables import ProgressReport
from db.plan_tables import WorkItem
from db.record_tables import Obligation
from db.work_items import is_seen_by
from supervision.vocabulary import Decision, ObligationState


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedLine:
    """One obligation of a round; version, day and verdict are None until something came in."""

    item_id: UUID
    code: str
    title: str
    state: ObligationState
    version: int | None
    reported_on: date | None
    verdict: Decision | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which obligations are wanted; what is None does not narrow."""

    round_id: UUID
    seen_by: UUID | None = None
    state: ObligationState | None = None


def count(session: Session, wanted: Wanted) -> int:
    """Count the obligations wanted."""
    query = select(func.count()).select_from(Obligation)
    joined = query.join(WorkItem, col(WorkItem.id) == col(Obligation.work_item_id))
    return int(session.connection().execute(joined.where(*_conditions(wanted))).scalar_one())


def stretch(session: Session, wanted: Wanted, *, offset: int, limit: int) -> list[OwedLine]:
    """Return a stretch of the obligations wanted, tasks before projects, in the plan's order."""
    rows = session.connection().execute(_query(wanted).offset(offset).limit(limit))
    return [OwedLine(**row) for row in rows.mappings()]


def _query(wanted: Wanted) -> Select[Any]:
    latest = (
        select(
            col(ProgressReport.obligation_id).label("obligation_id"),
            func.max(col(ProgressReport.version)).label("version"),
        )
        .group_by(col(ProgressReport.obligation_id))
        .subquery()
    )
    columns: tuple[Any, ...] = (
        col(WorkItem.id).label("item_id"),
        col(WorkItem.code),
        col(WorkItem.title),
        col(Obligation.state),
        latest.c.version,
        col(ProgressReport.as_of).label("reported_on"),
        col(ProgressReport.verdict),
    )
    of_latest = and_(
        col(ProgressReport.obligation_id) == latest.c.obligation_id,
        col(ProgressReport.version) == latest.c.version,
    )
    return (
        select(*columns)
        .join_from(Obligation, WorkItem, col(WorkItem.id) == col(Obligation.work_item_id))
        .outerjoin(latest, latest.c.obligation_id == col(Obligation.id))
        .outerjoin(ProgressReport, of_latest)
        .where(*_conditions(wanted))
        .order_by(col(WorkItem.kind).desc(), col(WorkItem.number))
    )


def _conditions(wanted: Wanted) -> list[Any]:
    conditions: list[Any] = [col(Obligation.round_id) == wanted.round_id]
    if wanted.seen_by is not None:
        conditions.append(is_seen_by(wanted.seen_by))
    if wanted.state is not None:
        conditions.append(col(Obligation.state) == wanted.state)
    return conditions
