"""Queries about quarterly rounds and the reports owed in them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from db.bulk import constants, insert_found, new_ids
from db.plan_tables import WorkItem
from db.record_tables import Obligation, Round
from db.work_items import told
from supervision.lights import LISTED_STATES
from supervision.vocabulary import ObligationState, RoundState


def of_plan(session: Session, plan_id: UUID) -> list[Round]:
    """Return a plan's rounds on record, in order of time."""
    query = select(Round).where(Round.plan_id == plan_id).order_by(col(Round.period))
    return list(session.exec(query))


def owe_reports(session: Session, round_id: UUID, plan_id: UUID, *, today: date) -> int:
    """Write one obligation per open item of the plan; return how many are new."""
    owed = (
        select_columns(
            new_ids(by=col(WorkItem.id)).label("id"),
            col(WorkItem.id).label("work_item_id"),
            *constants(Obligation, round_id=round_id, state=ObligationState.OPEN),
        )
        .where(
            col(WorkItem.plan_id) == plan_id,
            col(WorkItem.state).in_(LISTED_STATES),
            col(WorkItem.adopted_on) <= today,
        )
        .order_by(col(WorkItem.id))
    )
    return insert_found(session, Obligation, owed)


def owing(round_id: UUID, *, office_unit_id: UUID) -> Select[Any]:
    """Return the query for (item, unit to tell) of every report still owed in a round."""
    owed = told(office_unit_id).join(Obligation, col(Obligation.work_item_id) == col(WorkItem.id))
    return owed.where(
        col(Obligation.round_id) == round_id, col(Obligation.state) == ObligationState.OPEN
    )


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
