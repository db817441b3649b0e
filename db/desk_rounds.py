"""Queries about rounds for the office's board: what waits to be reviewed, what has no date."""

from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session, col

from db.plan_tables import WorkItem
from db.record_tables import Obligation
from supervision.lights import LISTED_STATES
from supervision.vocabulary import DeadlineKind, ObligationState

UNDATED = (DeadlineKind.NONE, DeadlineKind.UNCLEAR)


def to_review(session: Session, round_id: UUID) -> int:
    """Return how many reports of a round wait to be reviewed."""
    query = select(func.count()).where(
        col(Obligation.round_id) == round_id, col(Obligation.state) == ObligationState.REPORTED
    )
    return int(session.connection().execute(query).scalar_one())


def without_date(session: Session, plan_id: UUID) -> list[str]:
    """Return the unfinished items whose deadline the plan does not give, or not clearly."""
    query = select(col(WorkItem.code)).where(
        col(WorkItem.plan_id) == plan_id,
        col(WorkItem.state).in_(LISTED_STATES),
        col(WorkItem.due_on).is_(None),
        col(WorkItem.deadline_kind).in_(UNDATED),
    )
    found = session.connection().execute(query.order_by(col(WorkItem.code)))
    return list(found.scalars())
