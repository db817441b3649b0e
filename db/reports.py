"""Queries about progress reports: what is owed, what came in, what supporting units added."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from db.life_tables import Contribution, ProgressReport
from db.plan_tables import Unit, WorkItem
from db.record_tables import Obligation, Round
from db.work_items import STREAM
from supervision.vocabulary import Decision, ObligationState

STANDING = (Decision.OPEN, Decision.APPROVED)  # neither sent back nor replaced by a later version


def obligation(session: Session, item: WorkItem, period: str, *, to_act: bool) -> Obligation | None:
    """Return what is owed on an item in a round; to act on it, locked until the transaction ends.

    Its round cannot be closed meanwhile. The round is locked first, as closing does it: two locks
    taken in one order cannot wait for each other.
    """
    of_period = {"plan_id": item.plan_id, "period": period}
    round_id = session.exec(_round(to_act=to_act), params=of_period).one_or_none()
    if round_id is None:
        return None
    asked = {"round_id": round_id, "item_id": item.id}
    return session.exec(_owed(to_act=to_act), params=asked).one_or_none()


@cache
def _round(*, to_act: bool) -> SelectOfScalar[UUID]:
    query = select(Round.id).where(
        col(Round.plan_id) == bindparam("plan_id"), col(Round.period) == bindparam("period")
    )
    return query.with_for_update(read=True) if to_act else query


@cache
def _owed(*, to_act: bool) -> SelectOfScalar[Obligation]:
    query = select(Obligation).where(
        col(Obligation.round_id) == bindparam("round_id"),
        col(Obligation.work_item_id) == bindparam("item_id"),
    )
    return query.with_for_update() if to_act else query


def latest(session: Session, obligation_id: UUID) -> ProgressReport | None:
    """Return the latest version of what was reported on an obligation."""
    return session.exec(_latest(), params={"obligation_id": obligation_id}).one_or_none()


@cache
def _latest() -> SelectOfScalar[ProgressReport]:
    return (
        select(ProgressReport)
        .where(col(ProgressReport.obligation_id) == bindparam("obligation_id"))
        .order_by(col(ProgressReport.version).desc())
        .limit(1)
    )


def before(session: Session, item: WorkItem, period: str) -> ProgressReport | None:
    """Return what was last reported on an item in an earlier round and not sent back."""
    query = _of_item(item).where(
        col(Round.period) < period, col(ProgressReport.verdict).in_(STANDING)
    )
    found: ProgressReport | None = session.exec(query.limit(1)).first()
    return found


def last_accepted_percent(session: Session, item: WorkItem) -> int | None:
    """Return how far an item was when its progress was last accepted, None before that."""
    query = _of_item(item).where(
        col(ProgressReport.verdict) == Decision.APPROVED, col(ProgressReport.percent).is_not(None)
    )
    found = session.exec(query.limit(1)).first()
    return None if found is None else found.percent


def _of_item(item: WorkItem) -> Any:  # noqa: ANN401 - sqlmodel's own Select, for reports
    """Return the reports of an item, latest first; the rounds come first because they are few."""
    return (
        select(ProgressReport)
        .join(Obligation, col(Obligation.id) == col(ProgressReport.obligation_id))
        .join(Round, col(Round.id) == col(Obligation.round_id))
        .where(Round.plan_id == item.plan_id, Obligation.work_item_id == item.id)
        .order_by(col(Round.period).desc(), col(ProgressReport.version).desc())
    )


def contribution(session: Session, obligation_id: UUID, unit_id: UUID) -> Contribution | None:
    """Return the latest version of what a supporting unit added to an obligation."""
    query = select(Contribution).where(
        Contribution.obligation_id == obligation_id, Contribution.unit_id == unit_id
    )
    return session.exec(query.order_by(col(Contribution.version).desc()).limit(1)).first()


def contributions(session: Session, obligation_id: UUID) -> list[Contribution]:
    """Return the latest version of each supporting unit, in the order they first came in."""
    query = select(Contribution).where(Contribution.obligation_id == obligation_id)
    rows = session.exec(query.order_by(col(Contribution.contributed_at)))
    return list({row.unit_id: row for row in rows}.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedReport:
    """What is owed on one item in a round, and what came in: the first day, the last version."""

    obligation_id: UUID
    state: ObligationState
    first_on: date | None
    report: ProgressReport | None


def of_round(session: Session, round_id: UUID) -> dict[UUID, OwedReport]:
    """Return what is owed in a round and what came in, by item."""
    query = (
        select(Obligation, ProgressReport)
        .join(
            ProgressReport,
            col(ProgressReport.obligation_id) == col(Obligation.id),
            isouter=True,
        )
        .where(Obligation.round_id == round_id)
        .order_by(col(Obligation.id), col(ProgressReport.version))
    )
    found: dict[UUID, OwedReport] = {}
    # A closing round changed its obligations in the database, behind the session's back.
    for owed, report in session.exec(query.execution_options(populate_existing=True)):
        before = found.get(owed.work_item_id)
        first_on = report.as_of if before is None and report is not None else None
        found[owed.work_item_id] = OwedReport(
            obligation_id=owed.id,
            state=owed.state,
            first_on=first_on if before is None else before.first_on,
            report=report,
        )
    return found


def inputs_of_round(session: Session, round_id: UUID) -> dict[UUID, dict[str, str]]:
    """Return what supporting units added in a round: by item, each unit's latest text."""
    query = (
        select(Obligation.work_item_id, Unit.name, Contribution.body)
        .join(Contribution, col(Contribution.obligation_id) == col(Obligation.id))
        .join(Unit, col(Unit.id) == col(Contribution.unit_id))
        .where(Obligation.round_id == round_id)
        .order_by(col(Unit.position), col(Contribution.version))
    )
    found: dict[UUID, dict[str, str]] = {}
    for item_id, unit, body in session.exec(query):
        found.setdefault(item_id, {})[unit] = body
    return found


def percents(session: Session, plan_ids: tuple[UUID, ...], *, as_of: date) -> dict[UUID, int]:
    """Return how far each item was said to be by a day, where its latest report says it."""
    query: Select[Any] = (
        select_columns(col(Obligation.work_item_id), col(ProgressReport.percent))
        .join_from(ProgressReport, Obligation, col(Obligation.id) == ProgressReport.obligation_id)
        .join(Round, col(Round.id) == col(Obligation.round_id))
        .where(
            col(Round.plan_id).in_(plan_ids),
            col(ProgressReport.as_of) <= as_of,
            col(ProgressReport.percent).is_not(None),
            col(ProgressReport.verdict).in_(STANDING),
        )
        .order_by(col(Round.period), col(ProgressReport.version))
    )
    rows = session.connection().execute(query, execution_options=STREAM)
    return {item_id: percent for item_id, percent in rows}  # noqa: C416 - the last of each counts
