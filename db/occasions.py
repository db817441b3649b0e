"""Queries for what could be done on a day of a replay: what waits for a unit, or for the office."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from db.life_tables import CloseOut, Extension, ProgressReport
from db.notice_tables import NoticeAnswer, NoticeSheet
from db.plan_tables import Assignment, Unit, WorkItem
from db.record_tables import Notice, Obligation, Round
from supervision.lights import LISTED_STATES, OPEN_STATES
from supervision.vocabulary import Decision, ItemState, NoticeState, ObligationState, RoundState

OWED = (ObligationState.OPEN, ObligationState.SENT_BACK)
TO_ANSWER = (NoticeState.DELIVERED, NoticeState.ACKNOWLEDGED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """Something that waits: of which item, since when, until when, and what tells it from others.

    `name` is what it is called: a round's quarter, a paper's number.
    """

    key: str
    code: str
    since: date | None
    due_on: date | None = None
    name: str = ""


def answering(session: Session, plan_id: UUID) -> dict[str, tuple[UUID, str]]:
    """Return who acts on each item, by its code: the first unit that answers for it."""
    query = (
        select(col(WorkItem.code), col(Unit.id), col(Unit.name))
        .join_from(WorkItem, Assignment, col(Assignment.work_item_id) == col(WorkItem.id))
        .join(Unit, col(Unit.id) == col(Assignment.unit_id))
        .where(col(WorkItem.plan_id) == plan_id, col(Assignment.answers).is_(True))
        .order_by(col(WorkItem.code), col(Assignment.position).desc())
    )
    rows = session.connection().execute(query)
    return {code: (unit_id, name) for code, unit_id, name in rows}


def unsigned(session: Session, plan_id: UUID) -> list[Waiting]:
    """Return the items nobody has signed for."""
    state = col(WorkItem.state) == ItemState.ASSIGNED
    since = func.coalesce(col(WorkItem.settled_on), col(WorkItem.assigned_on))
    return _of_items(session, plan_id, since, state, col(WorkItem.historic).is_(False))


def historic(session: Session, plan_id: UUID) -> list[Waiting]:
    """Return the historic items the office has not settled."""
    is_waiting = (col(WorkItem.historic).is_(True), col(WorkItem.state).in_(LISTED_STATES))
    return _of_items(session, plan_id, col(WorkItem.adopted_on), *is_waiting)


def dated(session: Session, plan_id: UUID) -> list[Waiting]:
    """Return the items under way that have a date, historic ones left out."""
    is_open = (
        col(WorkItem.state).in_(OPEN_STATES),
        col(WorkItem.due_on).is_not(None),
        col(WorkItem.historic).is_(False),
        col(WorkItem.acknowledged_on).is_not(None),
    )
    return _of_items(session, plan_id, col(WorkItem.acknowledged_on), *is_open)


def _of_items(
    session: Session,
    plan_id: UUID,
    since: Any,  # noqa: ANN401 - a column
    *which: Any,  # noqa: ANN401 - conditions
) -> list[Waiting]:
    query = select(col(WorkItem.code), since, col(WorkItem.due_on), col(WorkItem.cycle)).where(
        col(WorkItem.plan_id) == plan_id, *which
    )
    rows = session.connection().execute(query.order_by(col(WorkItem.code)))
    return [
        Waiting(key=f"{code}/{cycle}/{due_on}", code=code, since=day, due_on=due_on)
        for code, day, due_on, cycle in rows
    ]


def owed(session: Session, plan_id: UUID) -> list[Waiting]:
    """Return the reports that are owed in rounds that are open, named by their quarter."""
    version = select(func.count()).where(col(ProgressReport.obligation_id) == col(Obligation.id))
    query = (
        select(
            col(WorkItem.code),
            col(Round.opened_on),
            col(Round.due_on),
            col(Round.period),
            version.correlate(Obligation).scalar_subquery(),
        )
        .join_from(Obligation, WorkItem, col(WorkItem.id) == col(Obligation.work_item_id))
        .join(Round, col(Round.id) == col(Obligation.round_id))
        .where(
            col(Round.plan_id) == plan_id,
            col(Round.state) == RoundState.OPEN,
            col(Obligation.state).in_(OWED),
            col(WorkItem.state).in_(LISTED_STATES),
        )
        .order_by(col(WorkItem.code))
    )
    return [
        Waiting(key=f"{code}/{period}/{said}", code=code, since=since, due_on=due_on, name=period)
        for code, since, due_on, period, said in session.connection().execute(query)
    ]


def reported(session: Session, plan_id: UUID) -> list[Waiting]:
    """Return the reports that wait for review, named by their quarter."""
    query = (
        select(
            col(WorkItem.code),
            col(ProgressReport.as_of),
            col(Round.period),
            col(ProgressReport.version),
        )
        .join_from(
            ProgressReport, Obligation, col(Obligation.id) == col(ProgressReport.obligation_id)
        )
        .join(WorkItem, col(WorkItem.id) == col(Obligation.work_item_id))
        .join(Round, col(Round.id) == col(Obligation.round_id))
        .where(
            col(Round.plan_id) == plan_id,
            col(Round.state) == RoundState.OPEN,
            col(Obligation.state) == ObligationState.REPORTED,
            col(ProgressReport.verdict) == Decision.OPEN,
        )
        .order_by(col(WorkItem.code))
    )
    return [
        Waiting(key=f"{code}/{period}/{version}", code=code, since=since, name=period)
        for code, since, period, version in session.connection().execute(query)
    ]


def extensions(session: Session, plan_id: UUID) -> list[Waiting]:
    """Return the extensions that wait for a decision."""
    return _requests(session, plan_id, Extension, col(Extension.asked_on))


def close_outs(session: Session, plan_id: UUID) -> list[Waiting]:
    """Return the close-outs that wait for a decision."""
    return _requests(session, plan_id, CloseOut, col(CloseOut.asked_on))


def _requests(session: Session, plan_id: UUID, table: Any, since: Any) -> list[Waiting]:  # noqa: ANN401 - a table and a column of it
    query = (
        select(col(WorkItem.code), since)
        .join_from(table, WorkItem, col(WorkItem.id) == col(table.work_item_id))
        .where(col(WorkItem.plan_id) == plan_id, col(table.decision) == Decision.OPEN)
        .order_by(col(WorkItem.code))
    )
    return [
        Waiting(key=f"{code}/{day}", code=code, since=day)
        for code, day in session.connection().execute(query)
    ]


def drafts(session: Session, plan_id: UUID) -> list[Waiting]:
    """Return the notices that are drafted and not signed."""
    query = _matters(plan_id, col(Notice.drafted_on), col(Notice.rung)).where(
        col(Notice.state) == NoticeState.DRAFT, col(Notice.sheet_id).is_(None)
    )
    return [
        Waiting(key=f"{code}/{cycle}/{rung}/{day}", code=code, since=day)
        for code, cycle, day, rung in session.connection().execute(query)
    ]


def delivered(session: Session, plan_id: UUID) -> list[Waiting]:
    """Return the notices that wait for an answer, named by the number of their paper."""
    query = (
        _matters(plan_id, col(NoticeSheet.delivered_on), col(NoticeSheet.number_text))
        .join(NoticeSheet, col(NoticeSheet.id) == col(Notice.sheet_id))
        .where(col(Notice.state).in_(TO_ANSWER), col(NoticeSheet.reply_days).is_not(None))
    )
    return [
        Waiting(key=f"{code}/{number}", code=code, since=day, name=number)
        for code, _, day, number in session.connection().execute(query)
    ]


def answered(session: Session, plan_id: UUID) -> list[Waiting]:
    """Return the answers that wait for review, named by the number of the paper they are to."""
    query = (
        _matters(plan_id, col(NoticeAnswer.answered_on), col(NoticeSheet.number_text))
        .join(NoticeSheet, col(NoticeSheet.id) == col(Notice.sheet_id))
        .join(NoticeAnswer, col(NoticeAnswer.notice_id) == col(Notice.id))
        .where(
            col(Notice.state) == NoticeState.ANSWERED,
            col(NoticeAnswer.decision) == Decision.OPEN,
        )
    )
    return [
        Waiting(key=f"{code}/{number}/{day}", code=code, since=day, name=number)
        for code, _, day, number in session.connection().execute(query)
    ]


def _matters(plan_id: UUID, since: Any, name: Any) -> Select[Any]:  # noqa: ANN401 - columns
    query = select(col(WorkItem.code), col(Notice.cycle), since, name)
    query = query.join_from(Notice, WorkItem, col(WorkItem.id) == col(Notice.work_item_id))
    return query.where(col(Notice.plan_id) == plan_id).order_by(col(WorkItem.code))


def open_rounds(session: Session, plan_id: UUID) -> list[Waiting]:
    """Return the rounds that are open, by their due day."""
    query = select(col(Round.period), col(Round.due_on)).where(
        col(Round.plan_id) == plan_id, col(Round.state) == RoundState.OPEN
    )
    return [
        Waiting(key=period, code="", since=due_on, due_on=due_on, name=period)
        for period, due_on in session.connection().execute(query)
    ]
