"""Queries about work items: what is listed, what can be due, what has no notice yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Select, and_, bindparam, case, exists, func, or_, select
from sqlmodel import Session, col

from db import back_then
from db.plan_tables import Assignment, Unit, WorkingGroup, WorkItem
from supervision.lights import LISTED_STATES, OPEN_STATES
from supervision.vocabulary import DeadlineKind, ItemKind, ItemState, Relation, UnitKind

STREAM = {"yield_per": 5_000}


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A unit as its digests see it: it answers for an item, or is told in the place of another.

    For a company's items its sponsor is told, or the office (R27).
    """

    unit_id: UUID
    office_unit_id: UUID
    with_supporting: bool = False  # the items it supports as well


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which items a list is to hold; what is None does not narrow."""

    plan_ids: tuple[UUID, ...]
    as_of: date  # items adopted later are not there yet
    kind: ItemKind | None = None
    unit_id: UUID | None = None  # a unit that the item concerns, however it stands to it
    seen_by: UUID | None = None  # a unit that may see them: it, or its company, is named on them
    told: Told | None = None
    group_ids: tuple[UUID, ...] | None = None
    state: ItemState | None = None
    overdue_only: bool = False
    today: date | None = None  # None: `as_of` is today, or a day to come
    text: str | None = None  # stands in its code, its title or its content
    ids: tuple[UUID, ...] | None = None

    @property
    def is_past(self) -> bool:
        """Whether things may have happened since `as_of` that have to be taken back."""
        return self.today is not None and self.as_of < self.today


def listed(session: Session, wanted: Wanted) -> list[WorkItem]:
    """Return the wanted items, tasks before projects, in the plan's order.

    For a day gone by those that something happened to since come too, whether they fit or not:
    whoever asked takes it back and looks again.
    """
    query = select(WorkItem.__table__).where(*narrowed(wanted))  # type: ignore[attr-defined]
    order = (col(WorkItem.plan_id), col(WorkItem.kind).desc(), col(WorkItem.number))
    rows = session.connection().execute(query.order_by(*order))
    return [WorkItem.model_construct(**row) for row in rows.mappings()]


def narrowed(wanted: Wanted) -> list[Any]:
    """Return what `listed` narrows by, as conditions on WorkItem."""
    conditions: list[Any] = [
        col(WorkItem.plan_id).in_(wanted.plan_ids),
        col(WorkItem.adopted_on) <= wanted.as_of,
    ]
    if wanted.kind is not None:
        conditions.append(col(WorkItem.kind) == wanted.kind)
    if wanted.group_ids is not None:
        conditions.append(col(WorkItem.working_group_id).in_(wanted.group_ids))
    if wanted.unit_id is not None:
        conditions.append(_concerns(col(Assignment.unit_id) == wanted.unit_id))
    if wanted.seen_by is not None:
        conditions.append(is_seen_by(wanted.seen_by))
    if wanted.told is not None:
        conditions.append(_is_told(wanted.told))
    if wanted.text is not None:
        conditions.append(_says(wanted.text))
    if wanted.ids is not None:
        conditions.append(col(WorkItem.id).in_(wanted.ids))
    return conditions + _narrowed_by_state(wanted)


def _says(text: str) -> Any:  # noqa: ANN401 - a condition
    columns = (col(WorkItem.code), col(WorkItem.title), col(WorkItem.content))
    return or_(*(column.icontains(text, autoescape=True) for column in columns))


def _narrowed_by_state(wanted: Wanted) -> list[Any]:
    conditions = [] if wanted.state is None else [col(WorkItem.state) == wanted.state]
    if wanted.overdue_only:
        conditions += overdue_conditions(wanted.as_of)
    if not (conditions and wanted.is_past):
        return conditions
    return [or_(and_(*conditions), *back_then.changed_since(wanted.as_of))]


def _concerns(unit: Any) -> Any:  # noqa: ANN401 - conditions
    of_item = exists().where(col(Assignment.work_item_id) == col(WorkItem.id), unit)
    return of_item.correlate(WorkItem)  # also where the query around it reads assignments itself


def is_seen_by(unit_id: UUID) -> Any:  # noqa: ANN401 - a condition
    """Return what makes an item one that a unit's people see, as `lives.concerned` has it."""
    sponsored = select(col(Unit.id)).where(
        col(Unit.kind) == UnitKind.COMPANY, col(Unit.sponsor_unit_id) == unit_id
    )
    theirs = col(Assignment.unit_id)
    return _concerns(or_(theirs == unit_id, theirs.in_(sponsored)))


def _is_told(told: Told) -> Any:  # noqa: ANN401 - a condition
    """Return what makes an item one of a unit's, the same as in its digest."""
    answers = (
        exists()
        .where(
            col(Assignment.work_item_id) == col(WorkItem.id),
            col(Assignment.answers).is_(True),
            col(Unit.id) == col(Assignment.unit_id),
            or_(col(Unit.id) == told.unit_id, addressee(told.office_unit_id) == told.unit_id),
        )
        .correlate(WorkItem)
    )
    if not told.with_supporting:
        return answers
    return or_(answers, _concerns(col(Assignment.unit_id) == told.unit_id))


def overdue_conditions(as_of: date) -> list[Any]:
    """Return what makes an item overdue on a day; a close-out asked for in time stops it."""
    asked_in_time = and_(
        col(WorkItem.state) == ItemState.SUBMITTED,
        col(WorkItem.submitted_on) <= col(WorkItem.due_on),
    )
    return [
        col(WorkItem.state).in_(LISTED_STATES),
        col(WorkItem.due_on) < as_of,
        ~func.coalesce(asked_in_time, False),
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class AssignedUnit:
    """A unit's name and relation to one item, in the order printed."""

    work_item_id: UUID
    unit_name: str
    relation: Relation
    sponsor_name: str | None


def units_of(
    session: Session, plan_ids: tuple[UUID, ...], about: Sequence[Any] = ()
) -> Iterator[AssignedUnit]:
    """Give every assignment of the plans' items with names, item by item, in the order printed.

    `about` narrows to some of the items, as conditions on WorkItem.
    """
    sponsor = Unit.__table__.alias("sponsor")  # type: ignore[attr-defined]
    query = (
        select(
            col(Assignment.work_item_id),
            col(Unit.name),
            col(Assignment.relation),
            sponsor.c.name,
        )
        .join_from(Assignment, WorkItem, col(WorkItem.id) == col(Assignment.work_item_id))
        .join(Unit, col(Unit.id) == col(Assignment.unit_id))
        .outerjoin(sponsor, sponsor.c.id == col(Unit.sponsor_unit_id))
        .where(col(WorkItem.plan_id).in_(plan_ids), *about)
        .order_by(col(Assignment.work_item_id), col(Assignment.position))
    )
    for row in session.connection().execute(query, execution_options=STREAM):
        yield AssignedUnit(
            work_item_id=row[0], unit_name=row[1], relation=row[2], sponsor_name=row[3]
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class DueGroup:
    """What open items have in common that are judged as one: there are few, however many items.

    `settled_on` is when historic items were started afresh (R24), `cycle` which life they are in.
    """

    due_on: date
    kind: DeadlineKind
    settled_on: date | None
    cycle: int


def group_names(session: Session, plan_id: UUID) -> dict[UUID, str]:
    """Return the names of a plan's working groups (专班)."""
    query = select(col(WorkingGroup.id), col(WorkingGroup.name))
    rows = session.connection().execute(query.where(col(WorkingGroup.plan_id) == plan_id))
    return dict(rows.tuples().all())


def due_groups(session: Session, plan_id: UUID, *, due_by: date) -> list[DueGroup]:
    """Return the groups of open items due by a day, earliest first, without historic ones."""
    found = session.connection().execute(_due_groups(), {"plan": plan_id, "due_by": due_by})
    return [
        DueGroup(due_on=due_on, kind=kind, settled_on=settled_on, cycle=cycle)
        for due_on, kind, settled_on, cycle in found
    ]


@cache  # asked twice in every sweep
def _due_groups() -> Select[Any]:
    columns = (WorkItem.due_on, WorkItem.deadline_kind, WorkItem.settled_on, WorkItem.cycle)
    return (
        select(*(col(column) for column in columns))
        .where(*can_be_due(bindparam("plan")), col(WorkItem.due_on) <= bindparam("due_by"))
        .distinct()
        .order_by(col(WorkItem.due_on))
    )


def can_be_due(plan_id: UUID | BindParameter[UUID]) -> list[Any]:
    """Return what makes an item of a plan one that its due date can call for something on."""
    return [
        col(WorkItem.plan_id) == plan_id,
        col(WorkItem.state).in_(OPEN_STATES),
        col(WorkItem.historic).is_(False),  # settled by the office first (R24)
    ]


def addressee(office_unit_id: UUID) -> Any:  # noqa: ANN401 - a column expression
    """Return whom a unit's messages go to: for a company its sponsor, else the office (R27)."""
    stands_in = func.coalesce(col(Unit.sponsor_unit_id), office_unit_id)
    return case((col(Unit.kind) == UnitKind.COMPANY, stands_in), else_=col(Unit.id))


def told_of(plan_id: UUID, group: DueGroup, *, office_unit_id: UUID) -> Select[Any]:
    """Return the query for (item, unit to tell) of the open items of one group."""
    return told(office_unit_id).where(
        *can_be_due(plan_id),
        col(WorkItem.due_on) == group.due_on,
        col(WorkItem.deadline_kind) == group.kind,
        col(WorkItem.settled_on).is_not_distinct_from(group.settled_on),
        col(WorkItem.cycle) == group.cycle,
    )


def told(office_unit_id: UUID) -> Select[Any]:
    """Return the query for every item with whom to tell, as `acts.record` takes it."""
    columns: tuple[Any, ...] = (
        col(WorkItem.id).label("work_item_id"),
        addressee(office_unit_id).label("unit_id"),
        col(WorkItem.due_on),
    )
    return join_answering(select(*columns))


def join_answering(query: Select[Any]) -> Select[Any]:
    """Join the units that answer for an item: its lead, or each responsible one by function."""
    answers = and_(
        col(Assignment.work_item_id) == col(WorkItem.id), col(Assignment.answers).is_(True)
    )
    return query.join_from(WorkItem, Assignment, answers).join(
        Unit, col(Unit.id) == col(Assignment.unit_id)
    )
