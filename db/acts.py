"""Queries about acts (the ledger): what is to be told, to whom, and which message tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Select,
    Uuid,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from db.bulk import constants, hex_of, insert_found
from db.life_tables import Contribution
from db.plan_tables import Plan, Unit, WorkItem
from db.record_tables import Act, Message, Obligation, Round
from db.rounds import OWED
from db.work_items import addressee, join_answering, overdue_conditions
from supervision.keys import act_key
from supervision.lights import LISTED_STATES
from supervision.reminders import SUPPORT, Step
from supervision.vocabulary import ItemState

SETTLED_STATES = frozenset(ItemState) - LISTED_STATES
OF_ITS_DATE = ("R10", "R28")  # rules that remind of an item's due date


@dataclass(frozen=True, kw_only=True, slots=True)
class Occasion:
    """Why something is told: the step that has come, in what period, and on whose behalf."""

    office_id: UUID
    step: Step
    period: str  # the due date, or the round's quarter
    recorded_on: date
    round_id: UUID | None = None


def record(session: Session, occasion: Occasion, told: Select[Any]) -> int:
    """Record an act for each (work_item_id, unit_id, due_on) of a query; return how many are new.

    They are stored in the order of their keys, so that a unit's acts lie together.
    """
    found, step = told.subquery("told"), occasion.step
    about, unit = hex_of(found.c.work_item_id), hex_of(found.c.unit_id)
    acts = select(
        act_key(about, step.rule, step.name, occasion.period, unit).label("key"),
        found.c.work_item_id,
        found.c.unit_id,
        found.c.due_on,
        *constants(
            Act,
            office_id=occasion.office_id,
            round_id=occasion.round_id,
            rule=step.rule,
            step=step.name,
            planned_on=step.planned_on,
            recorded_on=occasion.recorded_on,
        ),
    ).order_by(found.c.unit_id, found.c.work_item_id)
    return insert_found(session, Act, acts)


def untold() -> list[Any]:
    """Return the conditions of an act that no message tells yet and that is not withdrawn."""
    return [col(Act.message_id).is_(None), col(Act.withdrawn_on).is_(None)]


def _to_units_of(office_id: UUID) -> Any:  # noqa: ANN401 - a condition
    return col(Act.unit_id).in_(select(col(Unit.id)).where(col(Unit.office_id) == office_id))


def is_any_untold(session: Session, office_id: UUID) -> bool:
    """Return whether an office has anything left to tell."""
    waiting = select(col(Act.key)).where(*untold(), col(Act.office_id) == office_id)
    return session.connection().execute(waiting.limit(1)).first() is not None


def units_to_tell(session: Session, office_id: UUID) -> list[Unit]:
    """Return the units of an office with something untold, in the plan's order."""
    waiting = exists().where(col(Act.unit_id) == col(Unit.id), *untold())
    query = select_rows(Unit).where(Unit.office_id == office_id, waiting)
    return list(session.exec(query.order_by(col(Unit.position))))


def withdraw_settled(session: Session, office_id: UUID, *, today: date) -> int:
    """Withdraw untold acts that have nothing to say any more; return how many.

    Those are acts on closed or signed items, on reports or input that came in, or comes too late,
    and of a date put off or passed meanwhile: that it has is told by the act that follows.
    """
    ours = select(col(WorkItem.id)).join_from(WorkItem, Plan, col(Plan.id) == WorkItem.plan_id)
    closed = ours.where(col(Plan.office_id) == office_id, col(WorkItem.state).in_(SETTLED_STATES))
    signed = exists().where(
        col(WorkItem.id) == col(Act.work_item_id), col(WorkItem.acknowledged_on).is_not(None)
    )
    put_off = exists().where(col(WorkItem.id) == col(Act.work_item_id), _is_about_another_date())
    too_late = exists().where(col(Round.id) == col(Act.round_id), col(Round.support_due_on) < today)
    given = exists().where(
        *_of_obligation(),
        col(Contribution.obligation_id) == col(Obligation.id),
        col(Contribution.unit_id) == col(Act.unit_id),
    )
    settled = (
        col(Act.work_item_id).in_(closed),
        and_(col(Act.round_id).is_not(None), _is_reported()),
        and_(col(Act.rule) == "R10", col(Act.due_on) < today),
        and_(col(Act.step).startswith(SUPPORT), or_(given, too_late)),
        and_(col(Act.rule) == "R09", signed),
        put_off,
    )
    waiting = update(Act).where(*untold(), _to_units_of(office_id)).values(withdrawn_on=today)
    return sum(session.connection().execute(waiting.where(each)).rowcount for each in settled)


def _of_obligation() -> list[Any]:
    return [
        col(Obligation.round_id) == col(Act.round_id),
        col(Obligation.work_item_id) == col(Act.work_item_id),
    ]


def _is_reported() -> Any:  # noqa: ANN401 - a condition
    """Return whether an act is about a report that came in; one sent back is owed again."""
    return exists().where(*_of_obligation(), col(Obligation.state).not_in(OWED))


def claim(session: Session, message_of_unit: Mapping[UUID, UUID]) -> None:
    """Put every untold act of each unit under its message; one that was refused claims nothing."""
    message_id = bindparam("given_message_id", type_=Uuid)
    stored = exists().where(col(Message.id) == message_id)
    theirs = update(Act).where(
        *untold(), col(Act.unit_id) == bindparam("given_unit_id", type_=Uuid), stored
    )
    asked = [
        {"given_unit_id": unit_id, "given_message_id": message}
        for unit_id, message in message_of_unit.items()
    ]
    if asked:
        session.connection().execute(theirs.values(message_id=message_id), asked)


def _is_about_another_date() -> Any:  # noqa: ANN401 - a condition on an act and its item
    """Return whether an act reminds of a date that was put off since it was recorded."""
    is_another = col(Act.due_on).is_distinct_from(col(WorkItem.due_on))
    return and_(col(Act.rule).in_(OF_ITS_DATE), col(Act.due_on).is_not(None), is_another)


def _still_due() -> Select[Any]:
    """Return the question of `is_still_due`, built once: it is asked for every message."""
    still_open = exists().where(
        col(Act.message_id) == bindparam("asked", type_=Uuid),
        col(WorkItem.id) == col(Act.work_item_id),
        col(WorkItem.state).in_(LISTED_STATES),
        or_(col(Act.rule) != "R09", col(WorkItem.acknowledged_on).is_(None)),
        or_(col(Act.round_id).is_(None), ~_is_reported()),
        ~_is_about_another_date(),
    )
    return select(still_open)


STILL_DUE = _still_due()


def is_still_due(session: Session, message_id: UUID) -> bool:
    """Return whether anything a message tells is still so; asked just before it is sent."""
    return bool(session.connection().execute(STILL_DUE, {"asked": message_id}).scalar())


def overdue_counts(
    session: Session, plan_ids: list[UUID], *, office_unit_id: UUID, today: date
) -> dict[UUID, int]:
    """Return how many overdue items each addressed unit has to see to, historic ones included."""
    told = addressee(office_unit_id)
    query = join_answering(
        select(told, func.count(func.distinct(col(WorkItem.id)))).where(
            col(WorkItem.plan_id).in_(plan_ids), *overdue_conditions(today)
        )
    )
    rows = session.connection().execute(query.group_by(told)).tuples()
    return dict(rows.all())


def hand_on(session: Session, message_id: UUID, successor_id: UUID) -> None:
    """Let what one message told be told by the one that replaces it."""
    told = update(Act).where(col(Act.message_id) == message_id)
    session.connection().execute(told.values(message_id=successor_id))
