"""Queries about supervision notices that are drafted: by the sweep in one statement, and shown."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Update, and_, bindparam, exists, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.bulk import BATCH, constants, hex_of, insert_found, new_ids
from db.plan_tables import Assignment, Unit, WorkItem
from db.record_tables import Notice
from db.work_items import can_be_due
from supervision.keys import OUT_OF_FORCE_MARK, notice_key
from supervision.vocabulary import NoticeState, Rung, UnitKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Missed:
    """Overdue items on which the same rung has opened, by what they have in common."""

    rung: Rung
    settled_on: date | None
    cycle: int  # the second begins when an item that was closed is reopened
    due_on: tuple[date, ...]


def draft(
    session: Session,
    plan_id: UUID,
    missed: Missed,
    *,
    frozen: Collection[UUID],
    today: date,
    policy: str,
) -> int:
    """Draft a notice on each item due on one of the missed days; return how many.

    Left out are frozen items, and those on which a notice of any rung was drafted in this cycle and
    not withdrawn: one that was voided is drafted anew by hand. `policy` is its version.
    """
    due = (
        select(
            new_ids(by=col(WorkItem.id)).label("id"),
            notice_key(hex_of(col(WorkItem.id)), missed.rung, missed.cycle).label("key"),
            col(WorkItem.id).label("work_item_id"),
            col(WorkItem.due_on).label("overdue_since"),
            *constants(
                Notice,
                plan_id=plan_id,
                rung=missed.rung,
                cycle=missed.cycle,
                state=NoticeState.DRAFT,
                drafted_on=today,
                policy_version=policy,
            ),
        )
        .where(
            *can_be_due(plan_id),
            col(WorkItem.due_on).in_(missed.due_on),
            col(WorkItem.settled_on).is_not_distinct_from(missed.settled_on),
            col(WorkItem.cycle) == missed.cycle,
            col(WorkItem.id).not_in(frozen),
            ~_has_begun(),
        )
        .order_by(col(WorkItem.id))
    )
    return insert_found(session, Notice, due)


def _has_begun() -> Any:  # noqa: ANN401 - a condition
    """Return whether an item's ladder has begun in the cycle it is in."""
    return exists().where(
        col(Notice.work_item_id) == col(WorkItem.id),
        col(Notice.cycle) == col(WorkItem.cycle),
        col(Notice.state) != NoticeState.WITHDRAWN,
    )


def not_begun(session: Session, item_ids: Iterable[UUID]) -> Iterator[WorkItem]:
    """Give those of the items, in batches, whose ladder has not begun in the cycle they are in."""
    for some in _batches(item_ids):
        query = select(WorkItem.__table__).where(  # type: ignore[attr-defined]
            col(WorkItem.id).in_(some), ~_has_begun()
        )
        rows = session.connection().execute(query.order_by(col(WorkItem.code))).mappings().all()
        yield from (WorkItem.model_construct(**row) for row in rows)


def withdraw_stale(session: Session, plan_id: UUID) -> int:
    """Withdraw drafts that say nothing any more, which frees their rungs; return how many.

    Their items were closed, suspended, asked to be closed, put off, or begun anew.
    """
    return session.connection().execute(_withdraw_stale(), {"plan": plan_id}).rowcount


@cache  # asked in every sweep
def _withdraw_stale() -> Update:
    plan: Any = bindparam("plan")
    calls = exists().where(
        *can_be_due(plan),
        col(WorkItem.id) == col(Notice.work_item_id),
        col(WorkItem.cycle) == col(Notice.cycle),
        or_(col(Notice.overdue_since).is_(None), col(WorkItem.due_on) == col(Notice.overdue_since)),
    )
    return _withdrawal(col(Notice.plan_id) == plan, ~calls)


_EARLY = select(col(Notice.id), col(Notice.work_item_id)).where(
    col(Notice.plan_id) == bindparam("plan"),
    col(Notice.state) == NoticeState.DRAFT,
    col(Notice.overdue_since).is_(None),
    col(Notice.drafted_by).is_(None),
)


def drafted_before_the_date(session: Session, plan_id: UUID) -> dict[UUID, UUID]:
    """Return the drafts of the sweep on items that were not overdue, by id, each with its item."""
    return dict(session.connection().execute(_EARLY, {"plan": plan_id}).tuples().all())


def withdraw(session: Session, notice_ids: Iterable[UUID]) -> int:
    """Withdraw these drafts, which frees their rungs; return how many."""
    withdrawals = (_withdrawal(col(Notice.id).in_(some)) for some in _batches(notice_ids))
    return sum(session.connection().execute(each).rowcount for each in withdrawals)


def _withdrawal(*which: Any) -> Update:  # noqa: ANN401 - conditions
    drafts = update(Notice).where(col(Notice.state) == NoticeState.DRAFT, *which)
    freed = col(Notice.key) + OUT_OF_FORCE_MARK + hex_of(col(Notice.id))
    return drafts.values(state=NoticeState.WITHDRAWN, key=freed)


def _batches(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    remaining = iter(ids)
    while some := list(islice(remaining, BATCH)):
        yield some


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """One drafted notice with what its line on a sheet says, and whom it is addressed to.

    Where several units share an item by function, it is the first of them.
    """

    notice_id: UUID
    work_item_id: UUID
    rung: Rung
    cycle: int
    policy_version: str
    why: str | None
    overdue_since: date | None
    code: str
    title: str
    deadline_text: str | None
    due_on: date | None
    unit_id: UUID
    lead_unit: str
    lead_kind: UnitKind
    sponsor_unit: str | None


_SPONSOR = aliased(Unit)
_EARLIER = aliased(Assignment)
_DRAFT = {
    "notice_id": Notice.id,
    "work_item_id": WorkItem.id,
    "rung": Notice.rung,
    "cycle": Notice.cycle,
    "policy_version": Notice.policy_version,
    "why": Notice.why,
    "overdue_since": Notice.overdue_since,
    "code": WorkItem.code,
    "title": WorkItem.title,
    "deadline_text": WorkItem.deadline_text,
    "due_on": WorkItem.due_on,
    "unit_id": Unit.id,
    "lead_unit": Unit.name,
    "lead_kind": Unit.kind,
    "sponsor_unit": _SPONSOR.name,
}


def drafts(session: Session, plan_id: UUID) -> list[Draft]:
    """Return the notices waiting to be signed, by answering unit in the plan's order.

    One whose item was settled, suspended or given a later date meanwhile is not put before anybody.
    """
    query = (
        select(*(col(column).label(name) for name, column in _DRAFT.items()))
        .join_from(Notice, WorkItem, col(WorkItem.id) == col(Notice.work_item_id))
        .join(Assignment, first_to_answer())
        .join(Unit, col(Unit.id) == col(Assignment.unit_id))
        .outerjoin(_SPONSOR, col(_SPONSOR.id) == col(Unit.sponsor_unit_id))
        .where(
            *can_be_due(plan_id),
            col(Notice.state) == NoticeState.DRAFT,
            or_(
                col(Notice.overdue_since) == col(WorkItem.due_on),
                col(Notice.overdue_since).is_(None),
            ),
            col(Notice.cycle) == col(WorkItem.cycle),
        )
        .order_by(col(Unit.position), col(Notice.rung), col(WorkItem.due_on), col(WorkItem.code))
    )
    return [Draft(**row) for row in session.connection().execute(query).mappings()]


def first_to_answer() -> Any:  # noqa: ANN401 - a join's condition
    """Return what joins an item to the first unit that answers for it."""
    earlier = exists().where(
        col(_EARLIER.work_item_id) == col(WorkItem.id),
        col(_EARLIER.answers).is_(True),
        col(_EARLIER.position) < col(Assignment.position),
    )
    return and_(
        col(Assignment.work_item_id) == col(WorkItem.id),
        col(Assignment.answers).is_(True),
        ~earlier,
    )
