from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.periods import (
    Quarter,
    month_end,
    quarter_of,
    quarters_between,
    quarters_in_words,
    year_end,
)

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        pytest.param(date(2024, 1, 1), Quarter(2024, 1), id="new year's day"),
        pytest.param(date(2024, 3, 31), Quarter(2024, 1), id="last day of March"),
        pytest.param(date(2024, 4, 1), Quarter(2024, 2), id="first day of April"),
        pytest.param(date(2024, 9, 30), Quarter(2024, 3), id="last day of September"),
        pytest.param(date(2024, 12, 31), Quarter(2024, 4), id="last day of the year"),
        pytest.param(date(2025, 1, 1), Quarter(2025, 1), id="and the day after it"),
    ],
)
def test_a_day_lies_in_its_calendar_quarter(day: date, quarter: Quarter) -> None:
    assert quarter_of(day) == quarter


@given(DAYS)
def test_the_day_after_a_quarter_ends_is_in_the_next_one(day: date) -> None:
    quarter = quarter_of(day)

    ends_on = quarter.day(31)

    assert quarter_of(ends_on) == quarter
    assert quarter_of(ends_on + timedelta(days=1)) == quarter.next


def test_a_quarter_is_written_for_keys_and_for_people() -> None:
    quarter = Quarter(2025, 4)

    assert str(quarter) == "2025Q4"
    assert quarter.label == "2025年第四季度"
    assert quarter.next.label == "2026年第一季度"


@pytest.mark.parametrize(
    ("number", "wanted", "day"),
    [
        pytest.param(1, 25, date(2024, 3, 25), id="a day that every month has"),
        pytest.param(1, 31, date(2024, 3, 31), id="the 31st of March"),
        pytest.param(2, 31, date(2024, 6, 30), id="June has no 31st"),
        pytest.param(3, 31, date(2024, 9, 30), id="September has none either"),
        pytest.param(4, 31, date(2024, 12, 31), id="the 31st of December"),
    ],
)
def test_a_day_of_the_last_month_never_leaves_the_quarter(
    number: int, wanted: int, day: date
) -> None:
    assert Quarter(2024, number).day(wanted) == day


def test_quarters_between_include_both_ends_across_the_year() -> None:
    found = quarters_between(Quarter(2024, 3), Quarter(2025, 2))

    assert [str(quarter) for quarter in found] == ["2024Q3", "2024Q4", "2025Q1", "2025Q2"]


def test_one_quarter_lies_between_a_quarter_and_itself() -> None:
    assert quarters_between(Quarter(2024, 3), Quarter(2024, 3)) == [Quarter(2024, 3)]


def test_no_quarter_lies_between_a_later_and_an_earlier_one() -> None:
    assert quarters_between(Quarter(2025, 1), Quarter(2024, 4)) == []


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        pytest.param(2024, 2, 29, id="leap year"),
        pytest.param(2025, 2, 28, id="common year"),
        pytest.param(2028, 2, 29, id="2028 is a leap year"),
        pytest.param(2100, 2, 28, id="2100 is none"),
        pytest.param(2024, 3, 31, id="a Sunday stays the deadline"),
        pytest.param(2025, 12, 31, id="December"),
    ],
)
def test_a_deadline_of_a_month_is_its_last_day(year: int, month: int, day: int) -> None:
    assert month_end(year, month) == date(year, month, day)


def test_a_deadline_of_a_year_is_its_last_day_even_on_a_sunday() -> None:
    assert year_end(2023) == date(2023, 12, 31)
    assert year_end(2025) == date(2025, 12, 31)


def test_quarters_are_named_together_by_year_the_first_one_first() -> None:
    quarters = [Quarter(2025, 1), Quarter(2024, 4), Quarter(2024, 3)]

    assert quarters_in_words(quarters) == "2024年第三、第四季度、2025年第一季度"
