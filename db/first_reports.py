"""Queries about when the reports of a round first came in, for any day asked about."""

from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.life_tables import ProgressReport
from db.record_tables import Obligation, Round
from supervision.vocabulary import ObligationState


def latest_round(session: Session, plan_id: UUID, *, as_of: date) -> Round | None:
    """Return the last round of a plan that had been opened by a day."""
    query = select(Round).where(Round.plan_id == plan_id, col(Round.opened_on) <= as_of)
    return session.exec(query.order_by(col(Round.period).desc()).limit(1)).first()


def first_reported(session: Session, round_id: UUID) -> dict[UUID, date | None]:
    """Return for each item that owes a report in a round when the first one came; None: never."""
    query = (
        select(Obligation.work_item_id, func.min(col(ProgressReport.as_of)))
        .outerjoin(ProgressReport, col(ProgressReport.obligation_id) == col(Obligation.id))
        .where(Obligation.round_id == round_id, Obligation.state != ObligationState.LIFTED)
        .group_by(col(Obligation.work_item_id))
    )
    return dict(session.exec(query).all())
