"""Queries about what waits at the office's desk: each list counted and paged in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, literal, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.life_tables import CloseOut, Extension
from db.plan_tables import Assignment, Plan, Unit, WorkItem
from db.record_tables import Event, Notice, Obligation, Round
from db.rounds import OWED
from supervision.lights import LISTED_STATES, OPEN_STATES
from supervision.vocabulary import (
    Decision,
    DeskList,
    ItemEvent,
    ItemState,
    NoticeState,
    ObligationState,
    RoundState,
)

L = DeskList


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """Whose desk it is, for which day; `silent_due_by` is the latest due day R08 lists."""

    office_id: UUID
    today: date
    silent_due_by: date


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskLine:
    """One item that waits: since when or until when, and the round it is about, if any."""

    item_id: UUID
    code: str
    title: str
    due_on: date | None
    day: date | None
    period: str | None


def count(session: Session, wanted: DeskList, asking: Asking) -> int:
    """Return how many lines a list has."""
    found = _of_office(_waiting(wanted, asking), asking).subquery()
    return int(session.connection().execute(select(func.count()).select_from(found)).scalar_one())


def lines(
    session: Session, wanted: DeskList, asking: Asking, *, offset: int, limit: int
) -> list[DeskLine]:
    """Return a stretch of a list, what has waited longest coming first."""
    found = _waiting(wanted, asking).subquery()
    query = (
        select(
            col(WorkItem.id),
            col(WorkItem.code),
            col(WorkItem.title),
            col(WorkItem.due_on),
            found.c.day,
            found.c.period,
        )
        .join(found, found.c.item_id == col(WorkItem.id))
        .join(Plan, col(Plan.id) == col(WorkItem.plan_id))
        .where(col(Plan.office_id) == asking.office_id)
        .order_by(
            func.coalesce(found.c.day, date.max),
            col(WorkItem.kind).desc(),
            col(WorkItem.number),
            found.c.period,
        )
    )
    rows = session.connection().execute(query.offset(offset).limit(limit))
    names = ("item_id", "code", "title", "due_on", "day", "period")
    return [DeskLine(**dict(zip(names, row, strict=True))) for row in rows]


def answering(session: Session, item_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """Return the names of the units that answer for each of some items."""
    query = (
        select(col(Assignment.work_item_id), col(Unit.name))
        .join(Unit, col(Unit.id) == col(Assignment.unit_id))
        .where(col(Assignment.work_item_id).in_(item_ids), col(Assignment.answers).is_(True))
        .order_by(col(Assignment.position))
    )
    found: dict[UUID, list[str]] = {}
    for item_id, name in session.connection().execute(query):
        found.setdefault(item_id, []).append(name)
    return found


def _of_office(waiting: Select[Any], asking: Asking) -> Select[Any]:
    found = waiting.subquery()
    return (
        select(found.c.item_id)
        .join(WorkItem, col(WorkItem.id) == found.c.item_id)
        .join(Plan, col(Plan.id) == col(WorkItem.plan_id))
        .where(col(Plan.office_id) == asking.office_id)
    )


def _waiting(wanted: DeskList, asking: Asking) -> Select[Any]:
    """Return the query for (item_id, day, period) of a list."""
    queries = {
        L.REPORTS: lambda: _reports([col(Obligation.state) == ObligationState.REPORTED]),
        L.SILENT: lambda: _silent(asking),
        L.CLOSE_OUT_REVIEWS: lambda: _asked(CloseOut, is_reviewed=False),
        L.CLOSE_OUT_DECISIONS: lambda: _asked(CloseOut, is_reviewed=True),
        L.EXTENSION_REVIEWS: lambda: _asked(Extension, is_reviewed=False),
        L.EXTENSION_DECISIONS: lambda: _asked(Extension, is_reviewed=True),
        L.DISPUTES: lambda: _disputed(asking),
        L.HISTORIC: lambda: _items(col(WorkItem.due_on), _historic()),
        L.SUSPENDED: lambda: _items(col(WorkItem.review_on), _to_be_reviewed(asking)),
        L.DRAFTS: lambda: _noticed(NoticeState.DRAFT),
        L.SIGNED: lambda: _noticed(NoticeState.SIGNED),
        L.ISSUED: lambda: _noticed(NoticeState.ISSUED),
        L.ANSWERS: lambda: _noticed(NoticeState.ANSWERED),
    }
    return queries[wanted]()


def _columns(item_id: Any, day: Any, period: Any = None) -> Select[Any]:  # noqa: ANN401 - columns
    shown = literal(None) if period is None else period
    return select(item_id.label("item_id"), day.label("day"), shown.label("period"))


def _items(day: Any, conditions: list[Any]) -> Select[Any]:  # noqa: ANN401 - a column
    return _columns(col(WorkItem.id), day).where(*conditions)


def _historic() -> list[Any]:
    return [col(WorkItem.historic).is_(True), col(WorkItem.state).in_(OPEN_STATES)]


def _to_be_reviewed(asking: Asking) -> list[Any]:
    return [col(WorkItem.state) == ItemState.SUSPENDED, col(WorkItem.review_on) <= asking.today]


def _reports(conditions: list[Any]) -> Select[Any]:
    query = _columns(col(Obligation.work_item_id), col(Round.due_on), col(Round.period))
    return query.join(Round, col(Round.id) == col(Obligation.round_id)).where(*conditions)


def _silent(asking: Asking) -> Select[Any]:
    conditions = [
        col(Round.state) == RoundState.OPEN,
        col(Round.due_on) <= asking.silent_due_by,
        col(Obligation.state).in_(OWED),
        col(WorkItem.state).in_(LISTED_STATES),
    ]
    owed = _reports(conditions)
    return owed.join(WorkItem, col(WorkItem.id) == col(Obligation.work_item_id))


def _asked(table: type[CloseOut | Extension], *, is_reviewed: bool) -> Select[Any]:
    reviewed = col(table.reviewed_by).is_not(None)
    return _columns(col(table.work_item_id), col(table.asked_on)).where(
        col(table.decision) == Decision.OPEN, reviewed if is_reviewed else ~reviewed
    )


def _disputed(asking: Asking) -> Select[Any]:
    later = aliased(Event)
    answered = exists().where(
        col(later.about_id) == col(Event.about_id),
        col(later.act).in_((ItemEvent.DISPUTE, ItemEvent.ANSWER_DISPUTE)),
        col(later.sequence) > col(Event.sequence),
    )
    return _columns(col(Event.about_id), col(Event.as_of)).where(
        col(Event.office_id) == asking.office_id, col(Event.act) == ItemEvent.DISPUTE, ~answered
    )


def _noticed(state: NoticeState) -> Select[Any]:
    query = _columns(col(Notice.work_item_id), col(Notice.drafted_on))
    joined = query.join(WorkItem, col(WorkItem.id) == col(Notice.work_item_id))
    return joined.where(col(Notice.state) == state, col(WorkItem.state).in_(LISTED_STATES))
