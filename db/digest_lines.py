"""Queries for what a digest says: an untold act's heading, and the items each heading names."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, String, Uuid, bindparam, case, func, literal_column, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.acts import untold
from db.plan_tables import Assignment, Unit, WorkItem
from db.record_tables import Act, Round
from supervision.reminders import SUPPORT
from supervision.vocabulary import Relation, Topic


def _topic() -> Any:  # noqa: ANN401 - a column expression
    """Return under which heading an act is told: what its rule and step are about."""
    return case(
        (col(Act.step).startswith(SUPPORT), Topic.SUPPORT.value),
        (col(Act.rule) == "R05", Topic.RETURNED.value),
        (col(Act.round_id).is_not(None), Topic.REPORT.value),
        (col(Act.rule) == "R09", Topic.SIGNING.value),
        (col(Act.rule) == "R28", Topic.OVERDUE.value),
        else_=Topic.NEAR.value,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """What one unit is to be told under one heading: of a round, or of items by their date."""

    topic: Topic
    rule: str  # of a round's reports the most pressing: R08 before R07 before R06
    items: int
    round_id: UUID | None
    period: str | None
    report_due_on: date | None
    support_due_on: date | None


@cache  # asked for every digest of a day
def _headings() -> Select[Any]:
    columns = (col(Act.round_id), col(Round.period), col(Round.due_on), col(Round.support_due_on))
    keys = (_topic().label("topic"), *columns)
    return (
        select(func.max(col(Act.rule)), func.count(func.distinct(col(Act.work_item_id))), *keys)
        .outerjoin_from(Act, Round, col(Round.id) == col(Act.round_id))
        .where(*untold(), col(Act.unit_id) == bindparam("unit", type_=Uuid))
        .group_by(literal_column("topic"), *columns)
        .order_by(col(Round.due_on), literal_column("topic"))
    )


def headings(session: Session, unit_id: UUID) -> list[Heading]:
    """Return what is untold to a unit, heading by heading, rounds in order of time."""
    return [
        Heading(
            rule=row[0],
            items=row[1],
            topic=Topic(row[2]),  # type: ignore[call-arg]
            round_id=row[3],
            period=row[4],
            report_due_on=row[5],
            support_due_on=row[6],
        )
        for row in session.connection().execute(_headings(), {"unit": unit_id})
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One item of a heading, as a digest names it."""

    code: str
    title: str
    due_on: date | None
    historic: bool
    lead_unit: str | None


def lines(session: Session, unit_id: UUID, heading: Heading, *, most: int) -> list[Line]:
    """Return the first items of a heading, earliest due first, each once however many its acts."""
    asked = {"unit": unit_id, "topic": heading.topic.value, "most": most}
    if heading.round_id is not None:
        asked["round"] = heading.round_id
    query = _lines(is_of_round=heading.round_id is not None)
    by_item = {row[1]: row[2:] for row in session.connection().execute(query, asked)}
    return [
        Line(code=row[0], title=row[1], due_on=row[2], historic=row[3], lead_unit=row[4])
        for row in by_item.values()
    ]


@cache  # asked for every heading of a day's digests
def _lines(*, is_of_round: bool) -> Select[Any]:
    of_round = col(Act.round_id)
    theirs = [
        col(Act.unit_id) == bindparam("unit", type_=Uuid),
        of_round == bindparam("round", type_=Uuid) if is_of_round else of_round.is_(None),
        _topic() == bindparam("topic", type_=String),
    ]
    return (
        select(
            col(Act.due_on),
            col(WorkItem.id),
            col(WorkItem.code),
            col(WorkItem.title),
            col(WorkItem.due_on),
            col(WorkItem.historic),
            _lead_unit(),
        )
        .join_from(Act, WorkItem, col(WorkItem.id) == col(Act.work_item_id))
        .where(*untold(), *theirs)
        .distinct()
        .order_by(col(Act.due_on), col(WorkItem.code))
        .limit(bindparam("most", type_=Integer))
    )


def _lead_unit() -> Any:  # noqa: ANN401 - a column expression
    owner = aliased(Unit)
    return (
        select(col(owner.name))
        .join(Assignment, col(Assignment.unit_id) == col(owner.id))
        .where(
            col(Assignment.work_item_id) == col(WorkItem.id),
            col(Assignment.relation) == Relation.LEAD,
        )
        .correlate(WorkItem)
        .scalar_subquery()
    )
