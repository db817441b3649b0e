from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.supervision.rules import CALENDAR

ONE_DAY = timedelta(days=1)
# Past the last published year on purpose: presumed days must add up like published ones.
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
SOME = st.integers(1, 40)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        pytest.param(date(2025, 1, 24), True, id="a plain Friday"),
        pytest.param(date(2025, 1, 25), False, id="the Saturday after it"),
        pytest.param(date(2025, 1, 26), True, id="the Sunday made up for"),
        pytest.param(date(2025, 1, 27), True, id="the Monday before the Spring Festival"),
        pytest.param(date(2025, 1, 28), False, id="its eve, a Tuesday"),
        pytest.param(date(2025, 2, 4), False, id="its last day off"),
        pytest.param(date(2025, 2, 5), True, id="back at work"),
        pytest.param(date(2025, 2, 8), True, id="the Saturday made up for"),
        pytest.param(date(2025, 10, 8), False, id="the 8th day of the National Day holiday"),
        pytest.param(date(2027, 1, 1), True, id="unpublished: a Friday is presumed worked on"),
        pytest.param(date(2027, 1, 2), False, id="unpublished: a Saturday is presumed off"),
    ],
)
def test_a_day_is_worked_on_as_published_or_presumed(day: date, *, worked: bool) -> None:
    assert CALENDAR.is_working_day(day) is worked


@pytest.mark.parametrize(
    ("day", "published"),
    [
        (date(2023, 12, 31), False),
        (date(2024, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
    ids=str,
)
def test_only_days_of_published_years_may_bear_formal_dates(day: date, *, published: bool) -> None:
    assert CALENDAR.is_published(day) is published


@pytest.mark.parametrize(
    ("day", "rolled"),
    [
        pytest.param(date(2024, 3, 11), date(2024, 3, 11), id="a working day stays"),
        pytest.param(date(2024, 3, 10), date(2024, 3, 11), id="a Sunday goes to Monday"),
        pytest.param(date(2024, 6, 10), date(2024, 6, 11), id="a Monday off goes to Tuesday"),
        pytest.param(date(2025, 1, 25), date(2025, 1, 26), id="a Saturday, to a made-up Sunday"),
        pytest.param(date(2025, 1, 28), date(2025, 2, 5), id="over the whole Spring Festival"),
        pytest.param(date(2025, 12, 31), date(2025, 12, 31), id="the last day of a year"),
        pytest.param(date(2026, 1, 1), date(2026, 1, 4), id="the first, to a made-up Sunday"),
        pytest.param(date(2027, 1, 2), date(2027, 1, 4), id="presumed, in an unpublished year"),
    ],
)
def test_a_date_rolls_to_the_next_working_day(day: date, rolled: date) -> None:
    assert CALENDAR.roll_forward(day) == rolled


@pytest.mark.parametrize(
    ("day", "working_days", "reached"),
    [
        pytest.param(date(2024, 12, 25), 5, date(2025, 1, 2), id="over new year"),
        pytest.param(date(2024, 9, 25), 5, date(2024, 10, 8), id="a made-up day, then a week off"),
        pytest.param(date(2025, 1, 24), 1, date(2025, 1, 26), id="to the made-up Sunday"),
        pytest.param(date(2025, 2, 5), -1, date(2025, 1, 27), id="back over the festival"),
        pytest.param(date(2025, 1, 26), -1, date(2025, 1, 24), id="back over a Saturday"),
        pytest.param(date(2025, 1, 25), 1, date(2025, 1, 26), id="from a day off"),
        pytest.param(date(2025, 1, 25), -1, date(2025, 1, 24), id="back from a day off"),
        pytest.param(date(2025, 1, 25), 0, date(2025, 1, 26), id="none at all rolls"),
        pytest.param(date(2025, 1, 24), 0, date(2025, 1, 24), id="or stays"),
    ],
)
def test_working_days_are_counted_from_the_day_after(
    day: date, working_days: int, reached: date
) -> None:
    assert CALENDAR.shift(day, working_days) == reached


@given(DAYS, SOME)
def test_so_many_working_days_on_is_a_working_day_that_far_away(day: date, many: int) -> None:
    reached = CALENDAR.shift(day, many)

    assert CALENDAR.is_working_day(reached)
    assert CALENDAR.count(after=day, until=reached) == many


@given(DAYS, SOME)
def test_so_many_working_days_back_is_a_working_day_that_far_away(day: date, many: int) -> None:
    reached = CALENDAR.shift(day, -many)

    assert CALENDAR.is_working_day(reached)
    assert CALENDAR.count(after=reached - ONE_DAY, until=day - ONE_DAY) == many


@given(DAYS, SOME)
def test_going_back_as_many_working_days_returns_to_the_working_day(day: date, many: int) -> None:
    worked = CALENDAR.roll_forward(day)

    assert CALENDAR.shift(CALENDAR.shift(worked, many), -many) == worked
    assert CALENDAR.shift(CALENDAR.shift(worked, -many), many) == worked


@given(DAYS)
def test_rolling_passes_over_days_off_only(day: date) -> None:
    rolled = CALENDAR.roll_forward(day)

    assert CALENDAR.count(after=day - ONE_DAY, until=rolled) == 1
    assert CALENDAR.roll_forward(rolled) == rolled


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_two_spans_count_as_much_as_both_together(day: date, first: int, second: int) -> None:
    middle = day + timedelta(days=first)
    end = middle + timedelta(days=second)

    together = CALENDAR.count(after=day, until=end)

    parts = CALENDAR.count(after=day, until=middle) + CALENDAR.count(after=middle, until=end)
    assert together == parts


def test_nothing_lies_between_a_day_and_an_earlier_one() -> None:
    assert CALENDAR.count(after=date(2025, 1, 3), until=date(2025, 1, 2)) == 0
