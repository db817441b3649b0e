"""Queries for items that may be red though their date has not passed: few, found without a scan."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, CompoundSelect, Select, and_, func, or_, select, union
from sqlmodel import Session, col

from db.life_tables import Milestone, ProgressReport
from db.light_facts import not_ended
from db.light_tables import UnableJudgement
from db.plan_tables import WorkItem
from db.record_tables import Obligation, Round
from db.reports import STANDING
from db.work_items import STREAM, can_be_due
from supervision.periods import quarter_of
from supervision.policy import RedFrom
from supervision.progress import Course, expected, measured_on
from supervision.vocabulary import ItemKind, ObligationState

BATCH = 500


def candidates(
    session: Session, plan_id: UUID, red: RedFrom, *, today: date
) -> Iterator[list[WorkItem]]:
    """Give, in batches, open items not past their date that R14 may call red for another reason.

    The small tables are read first (judgements, missed reports, reports that lag), so that the cost
    goes by what was reported and not by how many items there are.
    """
    found = _union(session, plan_id, red, today=today)
    query = (
        select(WorkItem.__table__)  # type: ignore[attr-defined]
        .where(
            *can_be_due(plan_id),
            or_(col(WorkItem.due_on).is_(None), col(WorkItem.due_on) >= today),
            col(WorkItem.adopted_on) <= today,
            col(WorkItem.id).in_(found),
        )
        .order_by(col(WorkItem.id))
    )
    rows = session.connection().execute(query, execution_options=STREAM)
    for batch in rows.mappings().partitions(BATCH):
        yield [WorkItem.model_construct(**row) for row in batch]


def _union(session: Session, plan_id: UUID, red: RedFrom, *, today: date) -> CompoundSelect[Any]:
    judged = select(col(UnableJudgement.work_item_id)).where(
        col(UnableJudgement.judged_on) <= today, not_ended(UnableJudgement.revoked_on, today)
    )
    silent = _missed(plan_id, red, today=today)
    if not _is_anything_reported(session):
        return union(judged, silent)
    latest = _latest_percents(plan_id, today=today)
    lagging = _behind_course(session, plan_id, latest, red, today=today)
    behind = _behind_milestone(latest, red, today=today)
    return union(judged, silent, behind, *lagging).add_cte(latest, nest_here=True)


def _is_anything_reported(session: Session) -> bool:
    reports = select(col(ProgressReport.id)).limit(1)
    return session.connection().execute(reports).first() is not None


def _missed(plan_id: UUID, red: RedFrom, *, today: date) -> Select[Any]:
    return (
        select(col(Obligation.work_item_id))
        .join(Round, col(Round.id) == col(Obligation.round_id))
        .where(
            col(Round.plan_id) == plan_id,
            col(Round.closed_on) <= today,
            col(Obligation.state) == ObligationState.MISSED,
        )
        .group_by(col(Obligation.work_item_id))
        .having(func.count() >= red.missed_reports)
    )


def _latest_percents(plan_id: UUID, *, today: date) -> CTE:
    """Return (work_item_id, percent) by the latest report that says one and was not sent back.

    It is found once, however many parts of the union read it.
    """
    latest_first = (col(Round.period).desc(), col(ProgressReport.version).desc())
    ranked = (
        select(
            col(Obligation.work_item_id),
            col(ProgressReport.percent),
            func.row_number()
            .over(partition_by=col(Obligation.work_item_id), order_by=latest_first)
            .label("rank"),
        )
        .join_from(
            ProgressReport, Obligation, col(Obligation.id) == col(ProgressReport.obligation_id)
        )
        .join(Round, col(Round.id) == col(Obligation.round_id))
        .where(
            col(Round.plan_id) == plan_id,
            col(ProgressReport.as_of) <= today,
            col(ProgressReport.percent).is_not(None),
            col(ProgressReport.verdict).in_(STANDING),
        )
        .subquery("ranked")
    )
    latest = select(ranked.c.work_item_id, ranked.c.percent).where(ranked.c.rank == 1)
    return latest.cte("latest")


def _behind_milestone(latest: CTE, red: RedFrom, *, today: date) -> Select[Any]:
    """Milestones never fall, so that one that was passed is too far ahead when the last one is."""
    quarter = quarter_of(measured_on(today))
    return select(col(Milestone.work_item_id)).join(
        latest,
        and_(
            latest.c.work_item_id == col(Milestone.work_item_id),
            col(Milestone.period) <= str(quarter),
            col(Milestone.percent) > latest.c.percent + red.behind_over,
        ),
    )


def _behind_course(
    session: Session, plan_id: UUID, latest: CTE, red: RedFrom, *, today: date
) -> Iterator[Select[Any]]:
    """Give a query per pair of first and last day that projects have: there are few of those."""
    projects = [*can_be_due(plan_id), col(WorkItem.kind) == ItemKind.PROJECT]
    spans = select(col(WorkItem.adopted_on), col(WorkItem.due_on)).where(
        *projects, col(WorkItem.due_on) >= today
    )
    for starts_on, due_on in session.connection().execute(spans.distinct()).all():
        course = Course(kind=ItemKind.PROJECT, starts_on=starts_on, due_on=due_on, milestones={})
        percent = expected(course, on=measured_on(today)).percent or 0
        if percent > red.behind_over:
            yield (
                select(latest.c.work_item_id)
                .join(WorkItem, col(WorkItem.id) == latest.c.work_item_id)
                .where(
                    *projects,
                    col(WorkItem.adopted_on) == starts_on,
                    col(WorkItem.due_on) == due_on,
                    latest.c.percent + red.behind_over < percent,
                )
            )
