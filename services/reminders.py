"""What a day makes due on items: reminders before the date (R10), repeats after it (R28)."""

from datetime import timedelta

from sqlmodel import Session

from db import acts, work_items
from db.acts import Occasion
from services.rounds import Day
from supervision.reminders import deadline_step


def record_due_acts(session: Session, day: Day) -> int:
    """Record what the due dates of open items call for; return how many acts are new.

    Each group of items with the same date is judged once, however many items share it.
    """
    horizon = day.today + timedelta(days=day.policy.reminders.value.furthest)
    added = 0
    for group in work_items.due_groups(session, day.plan.id, due_by=horizon):
        step = deadline_step(
            group.due_on,
            group.kind,
            day.window,
            day.calendar,
            day.policy,
            settled_on=group.settled_on,
        )
        if step is None:
            continue
        occasion = Occasion(
            office_id=day.plan.office_id,
            step=step,
            period=group.due_on.isoformat(),
            recorded_on=day.today,
        )
        told = work_items.told_of(day.plan.id, group, office_unit_id=day.office_unit_id)
        added += acts.record(session, occasion, told)
    return added
