"""Queries about who answers for an item and who supports it, and what those units were to hear."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from db.plan_tables import Assignment, Unit
from db.record_tables import Act, Round
from supervision.vocabulary import RoundState


@dataclass(frozen=True, kw_only=True, slots=True)
class Assigned:
    """How a unit stands to an item, and the unit's name."""

    row: Assignment
    unit_name: str


def of_item(session: Session, item_id: UUID) -> list[Assigned]:
    """Return the units of an item in the order they stand there."""
    query = select(Assignment, Unit.name).join(Unit, col(Unit.id) == col(Assignment.unit_id))
    rows = session.exec(
        query.where(Assignment.work_item_id == item_id).order_by(col(Assignment.position))
    )
    return [Assigned(row=row, unit_name=name) for row, name in rows]


def replace(session: Session, item_id: UUID, rows: Iterable[Mapping[str, Any]]) -> None:
    """Put these units in the place of those an item has, in this order."""
    session.exec(delete(Assignment).where(col(Assignment.work_item_id) == item_id))
    for position, row in enumerate(rows):
        session.add(Assignment(id=uuid4(), work_item_id=item_id, position=position, **row))
    session.flush()


def withdraw_untold(session: Session, item_id: UUID, *, today: date) -> None:
    """Withdraw what units were to be told about an item and have not been told yet."""
    untold = (col(Act.message_id).is_(None), col(Act.withdrawn_on).is_(None))
    theirs = update(Act).where(col(Act.work_item_id) == item_id, *untold)
    session.exec(theirs.values(withdrawn_on=today))


def open_rounds(session: Session, plan_id: UUID) -> list[Round]:
    """Return the rounds of a plan in which something can be reported, in order of time."""
    query = select(Round).where(Round.plan_id == plan_id, Round.state == RoundState.OPEN)
    return list(session.exec(query.order_by(col(Round.period))))
