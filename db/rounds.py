"""Queries about quarterly rounds and the reports owed in them."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select as select_columns
from sqlalchemy import update
from sqlmodel import Session, col, select

from db.bulk import insert_new
from db.plan_tables import WorkItem
from db.record_tables import Obligation, Round
from db.work_items import STREAM, addressee, join_answering
from supervision.lights import LISTED_STATES
from supervision.vocabulary import ObligationState, RoundState


def of_plan(session: Session, plan_id: UUID) -> list[Round]:
    """Return a plan's rounds on record, in order of time."""
    query = select(Round).where(Round.plan_id == plan_id).order_by(col(Round.period))
    return list(session.exec(query))


def owe_reports(session: Session, round_id: UUID, plan_id: UUID, *, today: date) -> int:
    """Write one obligation per open item of the plan; return how many are new."""
    query = select_columns(col(WorkItem.id)).where(
        col(WorkItem.plan_id) == plan_id,
        col(WorkItem.state).in_(LISTED_STATES),
        col(WorkItem.adopted_on) <= today,
    )
    rows = (
        {
            "id": uuid4(),
            "round_id": round_id,
            "work_item_id": item_id,
            "state": ObligationState.OPEN,
        }
        for (item_id,) in session.connection().execute(query)
    )
    return insert_new(session, Obligation, rows)


def owing(session: Session, round_id: UUID, *, office_unit_id: UUID) -> Iterator[tuple[UUID, UUID]]:
    """Give (item, unit to tell) for every report that is still owed in a round."""
    query: Any = select_columns(col(WorkItem.id), addressee(office_unit_id)).where(
        col(Obligation.round_id) == round_id, col(Obligation.state) == ObligationState.OPEN
    )
    query = join_answering(query).join(Obligation, col(Obligation.work_item_id) == col(WorkItem.id))
    rows = session.connection().execute(query, execution_options=STREAM)
    return ((item_id, unit_id) for item_id, unit_id in rows)


def close(session: Session, found: Round, *, today: date) -> int:
    """Close a round: what is still owed counts as missed; return how many those are."""
    found.state, found.closed_on = RoundState.CLOSED, today
    session.add(found)
    session.flush()
    missed = (
        update(Obligation)
        .where(col(Obligation.round_id) == found.id, col(Obligation.state) == ObligationState.OPEN)
        .values(state=ObligationState.MISSED)
    )
    return session.connection().execute(missed).rowcount
