"""Overdue items as columns and conditions: what each was on a day, also on one gone by.

The same as `services.back_then` and the lights say of one item, for many at once: an overdue item
is red (R14), grey while it awaits settling (R24), or what a person set (R32).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, exists, false, func, literal, or_, select, union_all
from sqlmodel import col

from db.life_tables import Extension
from db.light_facts import GONE, not_ended
from db.light_tables import LightOverride
from db.plan_tables import Adjustment, Assignment, WorkItem
from db.record_tables import Notice
from db.work_items import overdue_conditions
from supervision.lights import LISTED_STATES
from supervision.vocabulary import Decision, ItemState, Light, Rung

NOBODY = UUID(int=0)  # stands for items of no working group


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowed:
    """Which overdue items are meant; what is None does not narrow.

    `is_past` says that the day has gone by, so that what happened since has to be taken back.
    """

    plan_ids: tuple[UUID, ...]
    as_of: date
    is_past: bool = False
    all_adopted: bool = False  # by the day: it need not be asked of each item
    unit_id: UUID | None = None  # it answers for the item
    group_id: UUID | None = None  # NOBODY: of none
    light: Light | None = None
    rung: Rung | None = None
    due_from: date | None = None
    due_until: date | None = None


class Then:
    """What an item was on the day, as columns."""

    def __init__(self, wanted: Narrowed) -> None:
        self.as_of, self.is_past = wanted.as_of, wanted.is_past
        self.due_on: Any = _due_on(wanted.as_of) if wanted.is_past else col(WorkItem.due_on)

    @property
    def was_closed_later(self) -> Any:  # noqa: ANN401 - a condition
        """Whether it is closed now and was not then."""
        return and_(col(WorkItem.state) == ItemState.CLOSED, col(WorkItem.closed_on) > self.as_of)

    @property
    def state(self) -> Any:  # noqa: ANN401 - a column
        """Its state, by taking back one dated step after the other."""
        if not self.is_past:
            return col(WorkItem.state)
        submitted = or_(col(WorkItem.state) == ItemState.SUBMITTED, self.was_closed_later)
        begun = or_(submitted, col(WorkItem.state) == ItemState.IN_PROGRESS)
        assigned = or_(begun, col(WorkItem.state) == ItemState.ASSIGNED)
        stepped_back = func.coalesce(col(WorkItem.submitted_on) > self.as_of, false())
        unsigned = or_(
            func.coalesce(col(WorkItem.acknowledged_on) > self.as_of, false()),
            and_(submitted, col(WorkItem.acknowledged_on).is_(None)),
        )
        return case(
            (and_(submitted, ~stepped_back), _said(ItemState.SUBMITTED)),
            (and_(assigned, col(WorkItem.assigned_on) > self.as_of), _said(ItemState.REGISTERED)),
            (and_(begun, unsigned), _said(ItemState.ASSIGNED)),
            (begun, _said(ItemState.IN_PROGRESS)),
            else_=col(WorkItem.state),
        )

    @property
    def historic(self) -> Any:  # noqa: ANN401 - a condition
        """Whether it awaited settling (R24)."""
        if not self.is_past:
            return col(WorkItem.historic)
        marked = or_(col(WorkItem.historic).is_(True), col(WorkItem.settled_on).is_not(None))
        settled_later = func.coalesce(col(WorkItem.settled_on) > self.as_of, false())
        was_due = col(WorkItem.original_due_on) < col(WorkItem.adopted_on)
        closed_later = col(WorkItem.closed_on) > self.as_of
        return case(
            (marked, or_(col(WorkItem.historic).is_(True), settled_later)),
            else_=func.coalesce(and_(was_due, closed_later), false()),
        )

    @property
    def light_set(self) -> Any:  # noqa: ANN401 - a column
        """The light that a person had set, null for none."""
        query = select(col(LightOverride.light)).where(
            col(LightOverride.work_item_id) == col(WorkItem.id),
            col(LightOverride.set_on) <= self.as_of,
            col(LightOverride.expires_on) > self.as_of,
            not_ended(LightOverride.ended_on, self.as_of),
        )
        latest = query.order_by(col(LightOverride.ordinal).desc()).limit(1)
        return latest.correlate(WorkItem).scalar_subquery()

    @property
    def light(self) -> Any:  # noqa: ANN401 - a column
        """The light it showed."""
        judged = case((self.historic, _said(Light.GREY)), else_=_said(Light.RED))
        return func.coalesce(self.light_set, judged)

    @property
    def rung(self) -> Any:  # noqa: ANN401 - a column
        """The rung it had come to, in the cycle it is in."""
        query = select(col(Notice.rung)).where(
            col(Notice.work_item_id) == col(WorkItem.id),
            col(Notice.cycle) == col(WorkItem.cycle),
            col(Notice.drafted_on) <= self.as_of,
            col(Notice.state).not_in(GONE),
        )
        latest = query.order_by(col(Notice.drafted_on).desc()).limit(1)
        return func.coalesce(latest.correlate(WorkItem).scalar_subquery(), _said(Rung.NONE))


def conditions(wanted: Narrowed) -> list[Any]:
    """Return what makes an item one of those meant."""
    then = Then(wanted)
    found = [
        col(WorkItem.plan_id).in_(wanted.plan_ids),
        *([] if wanted.all_adopted else [col(WorkItem.adopted_on) <= wanted.as_of]),
        *(_was_overdue(then) if wanted.is_past else overdue_conditions(wanted.as_of)),
    ]
    if wanted.due_from is not None:
        found.append(then.due_on >= wanted.due_from)
    if wanted.due_until is not None:
        found.append(then.due_on <= wanted.due_until)
    if wanted.light is not None:
        found.append(then.light == _said(wanted.light))
    if wanted.rung is not None:
        found.append(then.rung == _said(wanted.rung))
    return found + _narrowed_by_people(wanted)


def _narrowed_by_people(wanted: Narrowed) -> list[Any]:
    found: list[Any] = []
    if wanted.unit_id is not None:
        answers = exists().where(
            col(Assignment.work_item_id) == col(WorkItem.id),
            col(Assignment.unit_id) == wanted.unit_id,
            col(Assignment.answers).is_(True),
        )
        found.append(answers.correlate(WorkItem))
    if wanted.group_id is not None:
        group = None if wanted.group_id == NOBODY else wanted.group_id
        found.append(col(WorkItem.working_group_id).is_not_distinct_from(group))
    return found


def _was_overdue(then: Then) -> list[Any]:
    was_submitted = or_(col(WorkItem.state) == ItemState.SUBMITTED, then.was_closed_later)
    asked_in_time = and_(
        was_submitted,
        col(WorkItem.submitted_on) <= then.as_of,
        col(WorkItem.submitted_on) <= then.due_on,
    )
    return [
        or_(col(WorkItem.state).in_(LISTED_STATES), then.was_closed_later),
        then.due_on < then.as_of,
        ~func.coalesce(asked_in_time, false()),
    ]


def _due_on(as_of: date) -> Any:  # noqa: ANN401 - a column
    """Return the due date of a day gone by: what the first move after it took away."""
    moves = union_all(
        _moves(Adjustment, Adjustment.as_of, as_of),
        _moves(Extension, Extension.decided_on, as_of, Extension.decision == Decision.APPROVED),
    ).subquery()
    of_item = moves.c.work_item_id == col(WorkItem.id)
    before = select(moves.c.due_on_before).where(of_item).order_by(moves.c.moved_on).limit(1)
    moved = exists().where(of_item).correlate(WorkItem)
    first = before.correlate(WorkItem).scalar_subquery()
    return case((moved, first), else_=col(WorkItem.due_on))


def _moves(table: Any, moved_on: Any, as_of: date, *which: Any) -> Select[Any]:  # noqa: ANN401
    columns: tuple[Any, ...] = (
        table.work_item_id,
        col(moved_on).label("moved_on"),
        table.due_on_before,
    )
    return select(*columns).where(col(moved_on) > as_of, *which)


def _said(word: Any) -> Any:  # noqa: ANN401 - a literal
    """Return a word as the text it is stored as."""
    return literal(word.value)
