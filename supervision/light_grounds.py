"""Why an item is red or yellow: each reason in words, with the facts it rests on (R13, R14)."""

from collections.abc import Iterator
from datetime import date, timedelta

from supervision.periods import quarter_named, quarters_in_words
from supervision.policy import Policy
from supervision.progress import measured_on
from supervision.standing import Standing, days_overdue

Fact = str | int
Ground = tuple[str, dict[str, Fact]]  # one reason, in words and as facts


def of_red(standing: Standing, policy: Policy, *, today: date) -> Iterator[Ground]:
    """Give every reason an item is red for (R14)."""
    limits = policy.red.value
    late = days_overdue(standing, today=today)
    if late:
        yield f"已逾期{late}天", {"due_on": str(standing.due_on), "days_overdue": late}
    unable = standing.unable
    if unable is not None:
        yield (
            f"{unable.by}于{unable.since}判定难以按期：{unable.reason}",
            {"unable_by": unable.by, "unable_since": str(unable.since)},
        )
    if (standing.behind or 0) > limits.behind_over:
        yield _behind(standing)
    if len(standing.reported.missed) >= limits.missed_reports:
        yield _missed(standing)


def red_since(standing: Standing, policy: Policy, *, today: date) -> date | None:
    """Return since when an item has been red for another reason than its date, None if it is not.

    Behind counts from the day after the quarter it is measured by, or from the report that told so;
    silence from the closing of the round that was one too many.
    """
    limits = policy.red.value
    days = []
    if standing.unable is not None:
        days.append(standing.unable.since)
    if (standing.behind or 0) > limits.behind_over:
        quarter_over = measured_on(today) + timedelta(days=1)
        days.append(max(quarter_over, standing.reported.reported_on or quarter_over))
    if len(standing.reported.missed) >= limits.missed_reports:
        days.append(standing.reported.missed_since[-limits.missed_reports])
    return min(days, default=None)


def of_yellow(standing: Standing, policy: Policy) -> Iterator[Ground]:
    """Give every reason an item is yellow for (R13)."""
    limits = policy.yellow.value
    if standing.has_missed_milestone or (standing.behind or 0) >= limits.behind_from:
        yield _behind(standing)
    returned = standing.reported
    if returned.returned_for is not None:
        yield (
            f"报送于{returned.returned_on}被退回，未重报：{returned.returned_for}",
            {"returned_on": str(returned.returned_on)},
        )
    if len(standing.reported.missed) >= limits.missed_reports:
        yield _missed(standing)


def _behind(standing: Standing) -> Ground:
    stated = pace(standing)
    what = "未达节点，" if standing.has_missed_milestone else ""
    text = f"{what}进度{stated['reported_percent']}%，应达{stated['expected_percent']}%"
    return f"{text}（{stated['expected_by']}），落后{standing.behind}个百分点", stated


def pace(standing: Standing) -> dict[str, Fact]:
    """Return what was reported and what was expected, as far as either is known."""
    facts: dict[str, Fact] = {}
    if standing.reported.percent is not None:
        facts |= {"reported_percent": standing.reported.percent}
        facts |= {"reported_on": str(standing.reported.reported_on)}
    expectation = standing.expectation
    if expectation is not None and expectation.percent is not None:
        facts |= {"expected_percent": expectation.percent, "expected_by": expectation.reason}
    return facts


def _missed(standing: Standing) -> Ground:
    quarters = standing.reported.missed
    count = f"连续{len(quarters)}次" if len(quarters) > 1 else ""
    facts: dict[str, Fact] = {"reports_missed": len(quarters), "missed": "、".join(quarters)}
    named = quarters_in_words(quarter_named(quarter) for quarter in quarters)
    return f"{count}未报送进展（{named}）", facts
