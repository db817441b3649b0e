"""Queries behind the overdue pages: counted in two passes, paged by the index of due dates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select, union_all
from sqlmodel import Session, col

from db.overdue_as_of import Narrowed, Then, conditions
from db.plan_tables import Assignment, Unit, WorkingGroup, WorkItem
from supervision.lights import LISTED_STATES
from supervision.vocabulary import ItemState, Light, Rung, word_named

KEPT = 128  # statements: to build one takes longer than to run it
Order = Callable[[Any, Any], tuple[Any, ...]]
INDEXED = ("deadline_kind", "historic", "submitted_on", "settled_on", "cycle", "id")


@dataclass(frozen=True, kw_only=True, slots=True)
class OverdueLine:
    """One overdue item as it stood on the day."""

    item_id: UUID
    code: str
    title: str
    due_on: date
    state: ItemState
    historic: bool
    group: str | None
    light: Light
    is_set_by_hand: bool  # the light (R32)
    rung: Rung
    units: tuple[str, ...]  # that answer for it, in the order printed


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """How many overdue items have these things in common."""

    group_id: UUID | None
    light: Light
    rung: Rung
    due_on: date
    items: int


def tallies(session: Session, wanted: Narrowed) -> list[Tally]:
    """Return the overdue items counted by everything but their units, in one pass."""
    then = Then(wanted)
    keys: tuple[Any, ...] = (
        col(WorkItem.working_group_id).label("group_id"),
        then.light.label("light"),
        then.rung.label("rung"),
        then.due_on.label("due_on"),
    )
    counted = select(*keys, func.count()).where(*conditions(wanted))
    found = session.connection().execute(counted.group_by("group_id", "light", "rung", "due_on"))
    return [
        Tally(
            group_id=group_id,
            light=word_named(Light, light),
            rung=word_named(Rung, rung),
            due_on=due_on,
            items=items,
        )
        for group_id, light, rung, due_on, items in found
    ]


def by_unit(session: Session, wanted: Narrowed) -> list[tuple[UUID, str, int]]:
    """Return how many overdue items each unit answers for; shared ones count for each."""
    counted = (
        select(col(Assignment.unit_id).label("unit_id"), func.count().label("items"))
        .join_from(WorkItem, Assignment, _answers())
        .where(*conditions(wanted))
        .group_by(col(Assignment.unit_id))
        .subquery()
    )
    query = (
        select(col(Unit.id), col(Unit.name), counted.c["items"])
        .join(counted, counted.c.unit_id == col(Unit.id))
        .order_by(counted.c["items"].desc(), col(Unit.position))
    )
    return [tuple(row) for row in session.connection().execute(query)]


def count(session: Session, wanted: Narrowed, *, most: int) -> int:
    """Return how many overdue items there are, `most` at the most."""
    return int(session.connection().execute(_count_query(wanted, most)).scalar_one())


@lru_cache(maxsize=KEPT)
def _count_query(wanted: Narrowed, most: int) -> Select[Any]:
    some = select(col(WorkItem.id)).where(*conditions(wanted)).limit(most).subquery()
    return select(func.count()).select_from(some)


def lines(
    session: Session, wanted: Narrowed, *, offset: int, limit: int, is_long: bool = False
) -> list[OverdueLine]:
    """Return a stretch of the overdue items, longest overdue first, then in the plan's order.

    In a long list items due on one day come as the index has them: to put a day's thousands in the
    plan's order for every page would be to read them all.
    """
    query = _lines_query(wanted, offset, limit, is_long=is_long)
    rows = session.connection().execute(query)
    return [_line(list(of_item)) for _, of_item in groupby(rows, itemgetter(0))]


@lru_cache(maxsize=KEPT)
def _lines_query(wanted: Narrowed, offset: int, limit: int, *, is_long: bool) -> Select[Any]:
    order = _as_indexed if is_long and not wanted.is_past else _in_order
    page = _stretch(wanted, order, offset=offset, limit=limit).subquery()
    then = Then(wanted)
    columns: tuple[Any, ...] = (
        col(WorkItem.id),
        col(WorkItem.code),
        col(WorkItem.title),
        then.due_on,
        then.state,
        then.historic,
        col(WorkingGroup.name),
        then.light,
        then.light_set.is_not(None),
        then.rung,
        col(Unit.name),
    )
    ordered = order(WorkItem.__table__.c, then.due_on)  # type: ignore[attr-defined]
    return (
        select(*columns)
        .join_from(page, WorkItem, page.c.id == col(WorkItem.id))
        .outerjoin(WorkingGroup, col(WorkingGroup.id) == col(WorkItem.working_group_id))
        .outerjoin(Assignment, _answers())
        .outerjoin(Unit, col(Unit.id) == col(Assignment.unit_id))
        .order_by(*ordered, col(Assignment.position))
    )


def _answers() -> ColumnElement[bool]:
    of_item = col(Assignment.work_item_id) == col(WorkItem.id)
    return and_(of_item, col(Assignment.answers).is_(True))


def _in_order(item: Any, due_on: Any) -> tuple[Any, ...]:  # noqa: ANN401 - columns
    return due_on, item.kind.desc(), item.number, item.id


def _as_indexed(item: Any, due_on: Any) -> tuple[Any, ...]:  # noqa: ANN401 - columns
    """Return the order of `ix_workitem_open_by_due` behind plan and state."""
    return due_on, *(getattr(item, name) for name in INDEXED)


def _stretch(wanted: Narrowed, order: Order, *, offset: int, limit: int) -> Select[Any]:
    """Return the query for the ids of a stretch.

    The index of due dates begins with plan and state: within one of each it gives rows in order,
    so that a page of a million items reads a page of them.
    """
    item = WorkItem.__table__.c  # type: ignore[attr-defined]
    if wanted.is_past:
        query = select(item.id).where(*conditions(wanted))
        return query.order_by(*order(item, Then(wanted).due_on)).offset(offset).limit(limit)
    names = INDEXED if order is _as_indexed else ("kind", "number", "id")
    parts = [
        select(item.due_on, *(item[name] for name in names))
        .where(*conditions(wanted), item.plan_id == plan_id, item.state == state)
        .order_by(*order(item, item.due_on))
        .limit(offset + limit)
        .subquery()
        for plan_id in wanted.plan_ids
        for state in sorted(LISTED_STATES)
    ]
    found = union_all(*(select(part) for part in parts)).subquery().c
    return select(found.id).order_by(*order(found, found.due_on)).offset(offset).limit(limit)


def _line(rows: Sequence[Sequence[Any]]) -> OverdueLine:
    """Return the line of an item from its rows, one for each unit that answers for it."""
    row = rows[0]
    return OverdueLine(
        item_id=row[0],
        code=row[1],
        title=row[2],
        due_on=row[3],
        state=word_named(ItemState, row[4]),
        historic=bool(row[5]),
        group=row[6],
        light=word_named(Light, row[7]),
        is_set_by_hand=bool(row[8]),
        rung=word_named(Rung, row[9]),
        units=tuple(each[10] for each in rows if each[10] is not None),
    )
