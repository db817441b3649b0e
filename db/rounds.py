"""Queries about quarterly rounds and the reports owed in them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, exists, func, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from db.bulk import constants, insert_found, new_ids
from db.life_tables import Contribution
from db.plan_tables import Assignment, Unit, WorkItem
from db.record_tables import Obligation, Round
from db.work_items import addressee, told
from supervision.lights import LISTED_STATES
from supervision.vocabulary import ObligationState, Relation, RoundState, UnitKind

OWED = (ObligationState.OPEN, ObligationState.SENT_BACK)  # something is still to be handed in


_OF_PLAN = select(Round).where(Round.plan_id == bindparam("plan")).order_by(col(Round.period))


def of_plan(session: Session, plan_id: UUID) -> list[Round]:
    """Return a plan's rounds on record, in order of time."""
    return list(session.exec(_OF_PLAN, params={"plan": plan_id}))


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


def owing(round_id: UUID, *, office_unit_id: UUID, item_id: UUID | None = None) -> Select[Any]:
    """Return the query for (item, unit to tell) of every report still owed in a round.

    A report that was sent back is owed again; on an item that was closed meanwhile nothing is.
    """
    owed = told(office_unit_id).join(Obligation, col(Obligation.work_item_id) == col(WorkItem.id))
    of_round = owed.where(*_owed_in(round_id))
    return of_round if item_id is None else of_round.where(col(WorkItem.id) == item_id)


def asked(round_id: UUID, *, office_unit_id: UUID) -> Select[Any]:
    """Return the query for (item, unit to tell) of the input a round asks of supporting units.

    Only a unit that is named itself is asked, not the member of a collective for being one (R27),
    and only while neither its input nor the report it is for has come in.
    """
    supports = and_(
        col(Assignment.work_item_id) == col(WorkItem.id),
        col(Assignment.relation) == Relation.SUPPORTING,
        col(Assignment.collective_id).is_(None),
        col(Assignment.answers).is_(False),
    )
    given = exists().where(
        col(Contribution.obligation_id) == col(Obligation.id),
        col(Contribution.unit_id) == col(Assignment.unit_id),
    )
    columns: tuple[Any, ...] = (
        col(WorkItem.id).label("work_item_id"),
        addressee(office_unit_id).label("unit_id"),
        col(WorkItem.due_on),
    )
    query = select_columns(*columns).join_from(WorkItem, Assignment, supports)
    query = query.join(Unit, col(Unit.id) == col(Assignment.unit_id))
    query = query.join(Obligation, col(Obligation.work_item_id) == col(WorkItem.id))
    body = col(Unit.kind) != UnitKind.COLLECTIVE  # a name that stands for others has no desk
    return query.where(*_owed_in(round_id), ~given, body)


def _owed_in(round_id: UUID) -> list[Any]:
    return [
        col(Obligation.round_id) == round_id,
        col(Obligation.state).in_(OWED),
        col(WorkItem.state).in_(LISTED_STATES),
    ]


def locked(session: Session, round_id: UUID) -> Round:
    """Return a round as it stands, locked: nothing is handed in while it is closed."""
    return session.get_one(Round, round_id, with_for_update=True)


def still_owed(session: Session, round_id: UUID) -> int:
    """Return how many reports of a round are owed, those sent back included."""
    items = WorkItem, col(WorkItem.id) == col(Obligation.work_item_id)
    query = select_columns(func.count()).select_from(Obligation).join(*items)
    return int(session.connection().execute(query.where(*_owed_in(round_id))).scalar_one())


def close(session: Session, found: Round, *, today: date) -> int:
    """Close a round: what was never reported counts as missed; return how many those are.

    What is no longer owed, its item being closed or suspended, is lifted. A report that was sent
    back and not handed in again stays so.
    """
    found.state, found.closed_on = RoundState.CLOSED, today
    session.add(found)
    session.flush()
    unfinished = select_columns(col(WorkItem.id)).where(
        col(WorkItem.plan_id) == found.plan_id, col(WorkItem.state).in_(LISTED_STATES)
    )
    unreported = update(Obligation).where(
        col(Obligation.round_id) == found.id, col(Obligation.state) == ObligationState.OPEN
    )
    missed = unreported.where(col(Obligation.work_item_id).in_(unfinished))
    count = session.connection().execute(missed.values(state=ObligationState.MISSED)).rowcount
    session.connection().execute(unreported.values(state=ObligationState.LIFTED))
    return count
