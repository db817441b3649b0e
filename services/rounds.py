"""Quarterly dispatch (季度调度): opening the round whose days these are, and closing it after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from db import acts, rounds
from db.acts import Occasion
from db.plan_tables import Plan
from db.record_tables import Round
from services.round_closing import Closing, close
from supervision.policy import Policy
from supervision.reminders import SUPPORT, Step, Window, report_step, support_step
from supervision.rounds import RoundDates, quarters_of_plan, round_dates
from supervision.vocabulary import RoundState
from supervision.working_days import WorkingDays


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """What a sweep of one plan needs to know of its day."""

    plan: Plan
    office_unit_id: UUID
    window: Window  # the days this sweep answers for, the last of them today
    calendar: WorkingDays
    policy: Policy
    now: datetime

    @property
    def today(self) -> date:
        """The day the sweep is for."""
        return self.window.today


def turn_rounds(session: Session, day: Day) -> int:
    """Close the rounds whose day has passed, open the one whose days these are; return opened.

    A round whose days passed unseen is put on record as missed and never opened late (V5).
    """
    on_record = {found.period: found for found in rounds.of_plan(session, day.plan.id)}
    opened = 0
    for dates in rounds_begun(day):
        found = on_record.get(str(dates.quarter))
        if found is None:
            opened += begin(session, day, dates)
        elif found.state is RoundState.OPEN and found.closes_on <= day.today:
            close(session, day.plan, found, Closing(day.policy, today=day.today, now=day.now))
    return opened


def rounds_begun(day: Day) -> Iterator[RoundDates]:
    """Give the plan's rounds that should have opened by today and close after its baseline."""
    baseline = day.plan.baseline_on
    last_year = day.plan.period_to or baseline.year
    for quarter in quarters_of_plan(period_to=last_year, baseline_on=baseline):
        dates = round_dates(quarter, day.calendar, day.policy)
        if dates.opens_on <= day.today and dates.closes_on > baseline:
            yield dates


def begin(session: Session, day: Day, dates: RoundDates) -> bool:
    """Put a round on record, open if its days are these and missed if they are over; return which.

    An open one owes a report on every unfinished item, and tells so: the units that answer, and
    those that support them while there is time for their input.
    """
    is_open = dates.is_open_on(day.today)
    begun = Round(
        plan_id=day.plan.id,
        period=str(dates.quarter),
        state=RoundState.OPEN if is_open else RoundState.MISSED,
        opens_on=dates.opens_on,
        support_due_on=dates.support_due_on,
        due_on=dates.due_on,
        closes_on=dates.closes_on,
        opened_on=day.today if is_open else None,
    )
    session.add(begun)
    session.flush()
    if is_open:
        rounds.owe_reports(session, begun.id, day.plan.id, today=day.today)
        record(session, day, begun, Step(rule="R06", name="open", planned_on=dates.opens_on))
        if day.today <= dates.support_due_on:
            ask = Step(rule="R06", name=SUPPORT, planned_on=dates.opens_on)
            _ask_for_input(session, day, begun, ask)
    return is_open


def chase_reports(session: Session, day: Day) -> int:
    """Record what today calls for on reports and input still owed; return how many are new."""
    added = 0
    for found in rounds.of_plan(session, day.plan.id):
        if found.state is not RoundState.OPEN:
            continue
        step = report_step(found.due_on, day.window, day.calendar, day.policy)
        if step is not None:
            added += record(session, day, found, step)
        ask = support_step(found.support_due_on, day.window, day.calendar, day.policy)
        if ask is not None and day.today <= found.support_due_on:
            added += _ask_for_input(session, day, found, ask)
    return added


def record(session: Session, day: Day, found: Round, step: Step) -> int:
    """Record the step for every report still owed in the round; return how many acts are new."""
    owed = rounds.owing(found.id, office_unit_id=day.office_unit_id)
    return acts.record(session, _occasion(day, found, step), owed)


def _ask_for_input(session: Session, day: Day, found: Round, step: Step) -> int:
    asked = rounds.asked(found.id, office_unit_id=day.office_unit_id)
    return acts.record(session, _occasion(day, found, step), asked)


def _occasion(day: Day, found: Round, step: Step) -> Occasion:
    return Occasion(
        office_id=day.plan.office_id,
        step=step,
        period=found.period,
        recorded_on=day.today,
        round_id=found.id,
    )
