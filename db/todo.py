"""Queries about what a unit has to do: its items by part of its list, counted and paged in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, exists, func, select
from sqlmodel import Session, col

from db.draft_tables import ReportDraft
from db.life_tables import Contribution
from db.plan_tables import Assignment, WorkItem
from db.record_tables import Obligation, Round
from db.rounds import OWED
from db.work_items import overdue_conditions
from supervision.lights import LISTED_STATES, OPEN_STATES
from supervision.vocabulary import ItemState, ObligationState, Relation, RoundState, TodoPart

S, T = ObligationState, TodoPart


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """Whose list it is, for which day, and until when a date counts as near."""

    unit_id: UUID
    today: date
    near_until: date


@dataclass(frozen=True, kw_only=True, slots=True)
class TodoLine:
    """One item on the list; the round's facts are None where the part is not about a report."""

    item_id: UUID
    code: str
    title: str
    due_on: date | None
    assigned_on: date | None
    historic: bool
    obligation_id: UUID | None
    obligation: ObligationState | None
    report_due_on: date | None


def counts(session: Session, asking: Asking) -> dict[TodoPart, int]:
    """Return how many items stand in each part of the list, from one look at each item."""
    sums = [
        func.coalesce(func.sum(case((and_(*_conditions(part, asking)), 1), else_=0)), 0)
        for part in TodoPart
    ]
    found = session.connection().execute(_joined(select(*sums), asking)).one()
    return dict(zip(TodoPart, map(int, found), strict=True))


def lines(
    session: Session, part: TodoPart, asking: Asking, *, offset: int, limit: int
) -> list[TodoLine]:
    """Return a stretch of a part of the list, what is due first coming first."""
    columns: Sequence[Any] = (
        col(WorkItem.id),
        col(WorkItem.code),
        col(WorkItem.title),
        col(WorkItem.due_on),
        col(WorkItem.assigned_on),
        col(WorkItem.historic),
        col(Obligation.id),
        col(Obligation.state),
        col(Round.due_on),
    )
    query = _joined(select(*columns), asking).where(*_conditions(part, asking))
    order = (
        func.coalesce(col(WorkItem.due_on), date.max),
        col(WorkItem.kind).desc(),  # tasks before projects
        col(WorkItem.number),
    )
    found = session.connection().execute(query.order_by(*order).offset(offset).limit(limit))
    return [
        TodoLine(
            item_id=row[0],
            code=row[1],
            title=row[2],
            due_on=row[3],
            assigned_on=row[4],
            historic=row[5],
            obligation_id=row[6],
            obligation=row[7],
            report_due_on=row[8],
        )
        for row in found
    ]


def _joined(query: Select[Any], asking: Asking) -> Select[Any]:
    """Return the query over the unit's items with what is owed on them in an open round."""
    theirs = and_(
        col(Assignment.work_item_id) == col(WorkItem.id),
        col(Assignment.unit_id) == asking.unit_id,
        col(WorkItem.adopted_on) <= asking.today,
    )
    is_open = and_(
        col(Round.plan_id) == col(WorkItem.plan_id),
        col(Round.state) == RoundState.OPEN,
        col(Round.closes_on) > asking.today,
    )
    owed = and_(
        col(Obligation.work_item_id) == col(WorkItem.id), col(Obligation.round_id) == col(Round.id)
    )
    joined = query.select_from(Assignment).join(WorkItem, theirs).outerjoin(Round, is_open)
    return joined.outerjoin(Obligation, owed)


def _conditions(part: TodoPart, asking: Asking) -> list[Any]:
    answers = col(Assignment.answers).is_(True)
    listed = col(WorkItem.state).in_(LISTED_STATES)
    of_report = [answers, listed]
    waits = exists().where(
        col(ReportDraft.obligation_id) == col(Obligation.id),
        col(ReportDraft.unit_id) == asking.unit_id,
        col(ReportDraft.asked_at).is_not(None),
    )
    unsigned = (
        answers,
        col(WorkItem.state) == ItemState.ASSIGNED,
        col(WorkItem.acknowledged_on).is_(None),
        col(WorkItem.historic).is_(False),
    )
    near = (
        answers,
        col(WorkItem.state).in_(OPEN_STATES),
        col(WorkItem.due_on).between(asking.today, asking.near_until),
    )
    return {
        T.RETURNED: [*of_report, col(Obligation.state) == S.SENT_BACK, ~waits],
        T.TO_APPROVE: [*of_report, col(Obligation.state).in_(OWED), waits],
        T.OVERDUE: [answers, *overdue_conditions(asking.today)],
        T.TO_REPORT: [*of_report, col(Obligation.state) == S.OPEN, ~waits],
        T.TO_SIGN: list(unsigned),
        T.TO_SUPPORT: _asked_to_support(asking),
        T.NEAR: list(near),
        T.REPORTED: [answers, col(Obligation.state).in_((S.REPORTED, S.ACCEPTED))],
    }[part]


def _asked_to_support(asking: Asking) -> list[Any]:
    """Return what makes an item one whose report still needs this unit's input (R27)."""
    given = exists().where(
        col(Contribution.obligation_id) == col(Obligation.id),
        col(Contribution.unit_id) == asking.unit_id,
    )
    return [
        col(Assignment.relation) == Relation.SUPPORTING,
        col(Assignment.collective_id).is_(None),
        col(Assignment.answers).is_(False),
        col(WorkItem.state).in_(LISTED_STATES),
        col(Obligation.state).in_(OWED),
        ~given,
    ]
