"""The days of a quarterly dispatch round (季度调度), rolled over days off (R03, R05, R06)."""

from dataclasses import dataclass
from datetime import date

from supervision.periods import Quarter, quarter_of, quarters_between
from supervision.policy import Policy
from supervision.working_days import WorkingDays


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundDates:
    """When one quarter's round opens, when input and reports are due, and when it closes.

    From `closes_on` (that day included) nothing can be reported any more.
    """

    quarter: Quarter
    opens_on: date
    support_due_on: date
    due_on: date
    closes_on: date

    def is_open_on(self, day: date) -> bool:
        """Return whether reports can be handed in on the day."""
        return self.opens_on <= day < self.closes_on


def round_dates(quarter: Quarter, calendar: WorkingDays, policy: Policy) -> RoundDates:
    """Return the dates of a quarter's round: 2024Q1 opens on the 11th, the 10th being a Sunday."""
    days = policy.round_days.value
    due_on = calendar.roll_forward(quarter.day(policy.report_due_day.value))
    return RoundDates(
        quarter=quarter,
        opens_on=calendar.roll_forward(quarter.day(days.opens_on_day)),
        support_due_on=calendar.roll_forward(quarter.day(days.support_due_on_day)),
        due_on=due_on,
        closes_on=calendar.shift(due_on, days.closes_after_working_days),
    )


def quarters_of_plan(*, period_to: int, baseline_on: date) -> list[Quarter]:
    """Return the quarters a plan is dispatched in: from its baseline to the end of its last year.

    A plan for 2023-2025 issued on 2024-03-03 has eight, 2024Q1 to 2025Q4: no round existed before.
    """
    return quarters_between(quarter_of(baseline_on), Quarter(period_to, 4))


def next_opening(after: date, calendar: WorkingDays, policy: Policy) -> date:
    """Return the first day after another on which a round opens by the rules (R06)."""
    quarter = quarter_of(after)
    opens_on = round_dates(quarter, calendar, policy).opens_on
    return opens_on if opens_on > after else round_dates(quarter.next, calendar, policy).opens_on
