"""Signing for items (签收, R09): urged inside the digest, then a list the office telephones by."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db import acts, signing
from db.acts import Occasion
from db.plan_tables import Plan
from services.rounds import Day
from supervision.policy import Policy
from supervision.reminders import is_to_be_telephoned, signing_step
from supervision.working_days import WorkingDays


def urge_signing(session: Session, day: Day) -> int:
    """Record what today calls for on items nobody has signed for; return how many acts are new."""
    added = 0
    for since in signing.days_waiting(session, day.plan.id, today=day.today):
        step = signing_step(since, day.window, day.calendar, day.policy)
        if step is None:
            continue
        occasion = Occasion(
            office_id=day.plan.office_id,
            step=step,
            period=since.isoformat(),
            recorded_on=day.today,
        )
        unsigned = signing.waiting_since(
            day.plan.id, since, office_unit_id=day.office_unit_id, today=day.today
        )
        added += acts.record(session, occasion, unsigned)
    return added


@dataclass(frozen=True, kw_only=True, slots=True)
class UnsignedItem:
    """An item that was urged for the last time and is still not signed for: somebody calls."""

    code: str
    title: str
    unit: str
    since: date
    working_days: int


def unsigned_items(
    session: Session, plan: Plan, policy: Policy, calendar: WorkingDays, *, today: date
) -> list[UnsignedItem]:
    """Return what the office has to telephone about, longest waiting first, in the plan's order.

    Overdue items stand here too: that they are urged for their date does not sign for them.
    """
    return [
        UnsignedItem(
            code=found.code,
            title=found.title,
            unit=found.unit,
            since=found.since,
            working_days=calendar.count(after=found.since, until=today),
        )
        for found in signing.unsigned(session, plan.id)
        if is_to_be_telephoned(found.since, calendar, policy, today=today)
    ]
