"""What a day makes due on items: reminders before the date (R10), repeats after it (R28)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from db import work_items
from db.bulk import insert_new
from db.record_tables import Act
from services.rounds import Day
from supervision.keys import act_key
from supervision.reminders import Step, deadline_step
from supervision.vocabulary import DeadlineKind


def record_due_acts(session: Session, day: Day) -> int:
    """Record what the due dates of open items call for; return how many acts are new.

    Each distinct date is judged once, however many items share it.
    """
    return insert_new(session, Act, _acts(session, day))


def _acts(session: Session, day: Day) -> Iterator[dict[str, Any]]:
    horizon = day.today + timedelta(days=day.policy.reminders.value.furthest)
    for due_on, kind in work_items.due_groups(session, day.plan.id, due_by=horizon):
        step = deadline_step(due_on, kind, day.window, day.calendar, day.policy)
        if step is not None:
            yield from _acts_of_group(session, day, due_on, kind, step)


def _acts_of_group(
    session: Session, day: Day, due_on: date, kind: DeadlineKind, step: Step
) -> Iterator[dict[str, Any]]:
    period = due_on.isoformat()
    told = work_items.told_of(
        session, day.plan.id, due_on=due_on, kind=kind, office_unit_id=day.office_unit_id
    )
    for item_id, unit_id in told:
        yield {
            "key": act_key(item_id, step.rule, step.name, period, unit_id),
            "office_id": day.plan.office_id,
            "work_item_id": item_id,
            "round_id": None,
            "unit_id": unit_id,
            "rule": step.rule,
            "step": step.name,
            "planned_on": step.planned_on,
            "recorded_on": day.today,
            "message_id": None,
        }
