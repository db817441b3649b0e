"""What an extension (延期) that is asked for lacks, and how long it holds the ladder (R21, R22)."""

import calendar
from dataclasses import dataclass
from datetime import date

from supervision.policy import LadderRules, Policy
from supervision.vocabulary import ExtensionLack
from supervision.working_days import WorkingDays

MONTHS = 12
# With one of these it cannot be asked for at all; with the others it goes on record, to be decided
# by the approver, but it freezes nothing and needs a signed document.
REFUSED = frozenset(
    {ExtensionLack.NO_DATE, ExtensionLack.NOT_LATER, ExtensionLack.AGAIN, ExtensionLack.TOO_LONG}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """An extension as it is asked for, and what it is measured by."""

    due_on: date | None  # the current due date
    new_due_on: date
    granted_before: int
    plan_ends_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Shortcoming:
    """One thing that is lacking, with the reason in words for people."""

    lack: ExtensionLack
    reason: str


def shortcomings(
    asked: Asked, policy: Policy, working_days: WorkingDays, *, today: date
) -> list[Shortcoming]:
    """Return what the extension lacks when asked for today; it is admissible when nothing is."""
    if asked.due_on is None:
        return [_lack(ExtensionLack.NO_DATE, "该事项没有到期日，无须延期")]
    limits = policy.extensions.value
    found = []
    if asked.new_due_on <= asked.due_on:
        found.append(_lack(ExtensionLack.NOT_LATER, f"新期限未晚于现时限{asked.due_on}"))
    if asked.granted_before >= limits.at_most_per_item:
        found.append(_lack(ExtensionLack.AGAIN, f"每项最多延期{limits.at_most_per_item}次"))
    if asked.new_due_on > months_after(asked.due_on, limits.at_most_months):
        found.append(_lack(ExtensionLack.TOO_LONG, f"一次最多延期{limits.at_most_months}个月"))
    if today > asked.due_on:
        found.append(_lack(ExtensionLack.EXPIRED, "到期后才申请，批复前按逾期计"))
    elif today > working_days.shift(asked.due_on, -limits.ask_before):
        found.append(_lack(ExtensionLack.LATE, f"须在到期前{limits.ask_before}个工作日提出"))
    if asked.plan_ends_on is not None and asked.new_due_on > asked.plan_ends_on:
        found.append(_lack(ExtensionLack.PAST_PLAN, f"晚于规划期末{asked.plan_ends_on}，须签发"))
    return found


def _lack(lack: ExtensionLack, reason: str) -> Shortcoming:
    return Shortcoming(lack=lack, reason=reason)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or that month's last day; month ends stay ends."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + years, month + 1
    last = calendar.monthrange(year, month)[1]
    was_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month, last if was_last else min(day.day, last))


def frozen_until(
    due_on: date, asked_on: date, rules: LadderRules, working_days: WorkingDays
) -> date:
    """Return the last day on which an undecided, admissible extension holds the ladder.

    The days count from when the ladder would begin, the due date: an admissible extension is asked
    for before it, so counting from the asking would never hold anything.
    """
    return working_days.shift(max(due_on, asked_on), rules.freeze_days.value)


def review_due_on(asked_on: date, policy: Policy, working_days: WorkingDays) -> date:
    """Return the day by which the office is to review an extension (R22)."""
    return working_days.shift(asked_on, policy.extensions.value.reviewed_within)
