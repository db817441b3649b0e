"""How units stand to an item, in a form that tests can compare."""

from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from db.plan_tables import Assignment, Unit
from supervision.vocabulary import Relation
from tests.builders import item_of


class Stands(NamedTuple):
    """How a unit stands to an item."""

    unit: str
    relation: Relation
    answers: bool
    is_inferred: bool


def standing_to(session: Session, code: str) -> list[Stands]:
    """Return the units of an item in the order printed."""
    query = (
        select(
            col(Unit.name),
            col(Assignment.relation),
            col(Assignment.answers),
            col(Assignment.is_inferred),
        )
        .join_from(Assignment, Unit, col(Unit.id) == col(Assignment.unit_id))
        .where(col(Assignment.work_item_id) == item_of(session, code).id)
        .order_by(col(Assignment.position))
    )
    return [Stands(*row) for row in session.connection().execute(query).tuples()]
