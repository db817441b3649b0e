from datetime import date, timedelta

import pytest

from supervision.periods import Quarter
from supervision.rounds import quarters_of_plan, round_dates
from tests.supervision.rules import CALENDAR, POLICY

ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("period", "opens_on", "support_due_on", "due_on", "closes_on"),
    [
        # The 10th of March 2024 is a Sunday.
        ("2024Q1", "2024-03-11", "2024-03-20", "2024-03-25", "2024-04-01"),
        # The 10th of June 2024 is the Dragon Boat Festival.
        ("2024Q2", "2024-06-11", "2024-06-20", "2024-06-25", "2024-07-02"),
        # The 29th of September is made up for; the first week of October is off.
        ("2024Q3", "2024-09-10", "2024-09-20", "2024-09-25", "2024-10-08"),
        ("2024Q4", "2024-12-10", "2024-12-20", "2024-12-25", "2025-01-02"),
        ("2025Q1", "2025-03-10", "2025-03-20", "2025-03-25", "2025-04-01"),
        ("2025Q2", "2025-06-10", "2025-06-20", "2025-06-25", "2025-07-02"),
        # The 20th is a Saturday; the 28th is made up for; eight days of October are off.
        ("2025Q3", "2025-09-10", "2025-09-22", "2025-09-25", "2025-10-09"),
        # The 20th is a Saturday; the 4th of January 2026 is made up for.
        ("2025Q4", "2025-12-10", "2025-12-22", "2025-12-25", "2026-01-04"),
    ],
)
def test_the_eight_rounds_of_the_plan_have_these_days(
    period: str, opens_on: str, support_due_on: str, due_on: str, closes_on: str
) -> None:
    quarter = Quarter(int(period[:4]), int(period[-1]))

    dates = round_dates(quarter, CALENDAR, POLICY)

    assert dates.quarter == quarter
    assert dates.opens_on == date.fromisoformat(opens_on)
    assert dates.support_due_on == date.fromisoformat(support_due_on)
    assert dates.due_on == date.fromisoformat(due_on)
    assert dates.closes_on == date.fromisoformat(closes_on)


def test_a_plan_is_dispatched_from_its_baseline_to_the_end_of_its_last_year() -> None:
    quarters = quarters_of_plan(period_to=2025, baseline_on=date(2024, 3, 3))

    assert list(map(str, quarters)) == [
        *("2024Q1", "2024Q2", "2024Q3", "2024Q4"),
        *("2025Q1", "2025Q2", "2025Q3", "2025Q4"),
    ]


@pytest.mark.parametrize(
    ("baseline_on", "rounds"),
    [
        pytest.param(date(2025, 9, 30), 2, id="the last day of the third quarter"),
        pytest.param(date(2025, 10, 1), 1, id="the first day of the last one"),
        pytest.param(date(2026, 1, 1), 0, id="after the plan's last year"),
    ],
)
def test_a_plan_adopted_late_has_fewer_rounds(baseline_on: date, rounds: int) -> None:
    assert len(quarters_of_plan(period_to=2025, baseline_on=baseline_on)) == rounds


def test_reports_can_be_handed_in_from_the_opening_day_until_the_day_before_closing() -> None:
    dates = round_dates(Quarter(2024, 4), CALENDAR, POLICY)

    assert not dates.is_open_on(dates.opens_on - ONE_DAY)
    assert dates.is_open_on(dates.opens_on)
    assert dates.is_open_on(dates.due_on + ONE_DAY)
    assert dates.is_open_on(dates.closes_on - ONE_DAY)
    assert not dates.is_open_on(dates.closes_on)
