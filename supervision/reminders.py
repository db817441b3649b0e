"""Which step before or after a date has come: reports (R07-R09), reminders (R10), repeats (R28).

A step planned for a day off is taken on the next working day, and of several missed steps only the
latest is taken: both follow from asking for the latest step inside the days a sweep covers.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from supervision.policy import Policy
from supervision.vocabulary import DeadlineKind
from supervision.working_days import WorkingDays

SUPPORT = "support"  # how the names of steps begin that ask a supporting unit for its input


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A step that has come: its rule, its name in the act's key, the day it was planned for."""

    rule: str
    name: str
    planned_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """The days one sweep answers for, both included; normally just today."""

    since: date
    today: date

    def holds(self, day: date) -> bool:
        """Return whether the day is one this sweep answers for."""
        return self.since <= day <= self.today


def deadline_step(
    due_on: date,
    kind: DeadlineKind,
    window: Window,
    calendar: WorkingDays,
    policy: Policy,
    *,
    settled_on: date | None = None,
) -> Step | None:
    """Return the step an open item's due date calls for; the due day itself is still on time.

    For a historic item that was started afresh, repeats count from that day (R24).
    """
    if window.today > due_on:
        counted_from = max(due_on, settled_on or due_on)
        return _repeat(counted_from, window, calendar, policy.repeat_every.value)
    steps = policy.reminders.value
    days = steps.month_precision if kind is DeadlineKind.MONTH else steps.year_precision
    planned = {due_on - timedelta(days=n): n for n in days}
    reached = [day for day in planned if window.holds(day)]
    if not reached:
        return None
    latest = max(reached)
    return Step(rule="R10", name=f"-{planned[latest]}d", planned_on=latest)


def _repeat(due_on: date, window: Window, calendar: WorkingDays, every: int) -> Step | None:
    """Return the latest of: first working day after the due date, then every so many of them."""
    passed = calendar.count(after=due_on, until=window.today)
    if passed == 0:
        return None
    repeats = (passed - 1) // every
    planned_on = calendar.shift(due_on, 1 + repeats * every)
    if not window.holds(planned_on):
        return None
    return Step(rule="R28", name=f"+{repeats}", planned_on=planned_on)


def report_step(due_on: date, window: Window, calendar: WorkingDays, policy: Policy) -> Step | None:
    """Return the step an unreported obligation calls for: before its day R07, after it R08."""
    late = policy.late_reports.value
    planned = {calendar.shift(due_on, -n): ("R07", f"-{n}wd") for n in policy.chase_before.value}
    planned |= {calendar.shift(due_on, n): ("R08", f"+{n}wd") for n in late.chased_on}
    reached = [day for day in planned if window.holds(day)]
    if not reached:
        return None
    rule, name = planned[max(reached)]
    return Step(rule=rule, name=name, planned_on=max(reached))


def support_step(
    support_due_on: date, window: Window, calendar: WorkingDays, policy: Policy
) -> Step | None:
    """Return the step a missing contribution calls for: once, by the shortest step of R07.

    Supporting units are asked when the round opens; more than one reminder would be a burden.
    """
    latest = min(policy.chase_before.value, default=None)
    if latest is None:
        return None
    planned_on = calendar.shift(support_due_on, -latest)
    if not window.holds(planned_on):
        return None
    return Step(rule="R07", name=f"{SUPPORT}-{latest}wd", planned_on=planned_on)


def signing_step(
    assigned_on: date, window: Window, calendar: WorkingDays, policy: Policy
) -> Step | None:
    """Return the step an item not signed for calls for (R09), counted from when it was assigned.

    A step missed in an outage is made up for until the last one has passed. From then on the item
    stands on the office's list and is telephoned about, so nothing old is urged (docs/adr/0012).
    """
    if is_to_be_telephoned(assigned_on, calendar, policy, today=window.today):
        return None
    planned = {calendar.shift(assigned_on, n): n for n in policy.sign_for.value}
    reached = [day for day in planned if window.holds(day)]
    if not reached:
        return None
    latest = max(reached)
    return Step(rule="R09", name=f"+{planned[latest]}wd", planned_on=latest)


def is_to_be_telephoned(
    assigned_on: date, calendar: WorkingDays, policy: Policy, *, today: date
) -> bool:
    """Return whether every urging to sign for an item lies behind it, so that a person calls."""
    last = max(policy.sign_for.value, default=0)
    return today > calendar.shift(assigned_on, last)
