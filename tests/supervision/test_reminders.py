from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.reminders import (
    Step,
    Window,
    deadline_step,
    is_to_be_telephoned,
    report_step,
    signing_step,
    support_step,
)
from supervision.vocabulary import DeadlineKind
from tests.supervision.rules import CALENDAR, POLICY

ONE_DAY = timedelta(days=1)
YEAR_END = date(2025, 12, 31)
MONTH_END = date(2024, 3, 31)  # a Sunday; the next working day is Monday, 1 April
REPORT_DUE = date(2025, 3, 25)  # a Tuesday

DUE_DAYS = st.dates(date(2024, 2, 1), date(2026, 10, 31))
KINDS = st.sampled_from([DeadlineKind.YEAR, DeadlineKind.MONTH, DeadlineKind.DAY])


def on(today: date) -> Window:
    """Return the window of a sweep that missed no day."""
    return Window(since=today, today=today)


def deadline_name(due_on: date, kind: DeadlineKind, window: Window) -> str | None:
    step = deadline_step(due_on, kind, window, CALENDAR, POLICY)
    return None if step is None else f"{step.rule} {step.name}"


def report_name(due_on: date, window: Window) -> str | None:
    step = report_step(due_on, window, CALENDAR, POLICY)
    return None if step is None else f"{step.rule} {step.name}"


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param(date(2025, 10, 31), None, id="61 days left"),
        pytest.param(date(2025, 11, 1), "R10 -60d", id="60 days left, a Saturday"),
        pytest.param(date(2025, 11, 2), None, id="59 days left"),
        pytest.param(date(2025, 11, 30), None, id="31 days left"),
        pytest.param(date(2025, 12, 1), "R10 -30d", id="30 days left"),
        pytest.param(date(2025, 12, 2), None, id="29 days left"),
        pytest.param(date(2025, 12, 15), None, id="16 days left"),
        pytest.param(date(2025, 12, 16), "R10 -15d", id="15 days left"),
        pytest.param(date(2025, 12, 17), None, id="14 days left"),
        pytest.param(date(2025, 12, 23), None, id="8 days left"),
        pytest.param(date(2025, 12, 24), "R10 -7d", id="7 days left"),
        pytest.param(date(2025, 12, 25), None, id="6 days left"),
        pytest.param(date(2025, 12, 27), None, id="4 days left"),
        pytest.param(date(2025, 12, 28), "R10 -3d", id="3 days left, a Sunday"),
        pytest.param(date(2025, 12, 29), None, id="2 days left"),
        pytest.param(date(2025, 12, 31), None, id="the due day itself is on time"),
        pytest.param(date(2026, 1, 1), None, id="1 day late, but a holiday"),
        pytest.param(date(2026, 1, 3), None, id="3 days late, but still a holiday"),
        pytest.param(date(2026, 1, 4), "R28 +0", id="first working day, a made-up Sunday"),
        pytest.param(date(2026, 1, 5), None, id="second working day"),
        pytest.param(date(2026, 1, 8), None, id="fifth working day"),
        pytest.param(date(2026, 1, 9), "R28 +1", id="sixth: 5 after the first"),
        pytest.param(date(2026, 1, 10), None, id="the Saturday after it"),
        pytest.param(date(2026, 1, 16), "R28 +2", id="eleventh: 5 after that"),
    ],
)
def test_an_item_due_in_a_year_is_reminded_five_times_then_every_five_working_days(
    today: date, expected: str | None
) -> None:
    assert deadline_name(YEAR_END, DeadlineKind.YEAR, on(today)) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param(date(2024, 1, 31), None, id="60 days left: not for a month"),
        pytest.param(date(2024, 3, 1), None, id="30 days left: not for a month"),
        pytest.param(date(2024, 3, 15), None, id="16 days left"),
        pytest.param(date(2024, 3, 16), "R10 -15d", id="15 days left"),
        pytest.param(date(2024, 3, 24), "R10 -7d", id="7 days left"),
        pytest.param(date(2024, 3, 28), "R10 -3d", id="3 days left"),
        pytest.param(date(2024, 3, 31), None, id="the due day, a Sunday, does not roll"),
        pytest.param(date(2024, 4, 1), "R28 +0", id="Monday is the first day late"),
    ],
)
def test_an_item_due_in_a_month_is_reminded_from_fifteen_days_before(
    today: date, expected: str | None
) -> None:
    assert deadline_name(MONTH_END, DeadlineKind.MONTH, on(today)) == expected


@pytest.mark.parametrize(
    ("since", "today", "expected"),
    [
        pytest.param(
            date(2025, 11, 1), date(2025, 11, 3), "R10 -60d", id="Saturday's step on Monday"
        ),
        pytest.param(
            date(2025, 11, 2), date(2025, 11, 3), None, id="not again when Saturday was swept"
        ),
        pytest.param(
            date(2025, 10, 1), date(2025, 12, 29), "R10 -3d", id="five missed, the latest is taken"
        ),
        pytest.param(
            date(2025, 10, 1), date(2025, 12, 27), "R10 -7d", id="four missed, the latest is taken"
        ),
        pytest.param(date(2025, 12, 29), date(2025, 12, 31), None, id="no step in the days missed"),
        pytest.param(
            date(2025, 10, 1), date(2026, 1, 4), "R28 +0", id="steps before are void once overdue"
        ),
        pytest.param(
            date(2025, 12, 20), date(2026, 1, 2), None, id="overdue, but no working day yet"
        ),
        pytest.param(
            date(2025, 10, 1), date(2026, 1, 19), "R28 +2", id="of three repeats the latest"
        ),
        pytest.param(date(2026, 1, 17), date(2026, 1, 22), None, id="no repeat in the days missed"),
    ],
)
def test_missed_steps_collapse_into_the_latest(
    since: date, today: date, expected: str | None
) -> None:
    window = Window(since=since, today=today)

    assert deadline_name(YEAR_END, DeadlineKind.YEAR, window) == expected


def test_a_step_remembers_the_day_it_was_planned_for() -> None:
    window = Window(since=date(2025, 11, 1), today=date(2025, 11, 3))

    step = deadline_step(YEAR_END, DeadlineKind.YEAR, window, CALENDAR, POLICY)

    assert step == Step(rule="R10", name="-60d", planned_on=date(2025, 11, 1))


@given(DUE_DAYS, KINDS, st.integers(-90, 90), st.integers(0, 60))
def test_sweeping_daily_or_once_over_the_gap_comes_to_the_same_latest_step(
    due_on: date, kind: DeadlineKind, begins: int, lasts: int
) -> None:
    since = due_on + timedelta(days=begins)
    today = since + timedelta(days=lasts)
    days = [since + timedelta(days=n) for n in range(lasts + 1)]

    daily = [deadline_step(due_on, kind, on(day), CALENDAR, POLICY) for day in days]
    at_once = deadline_step(due_on, kind, Window(since=since, today=today), CALENDAR, POLICY)

    taken = [step for step in daily if step is not None]
    # What was to be said before the due date is void when the gap ends after it.
    still_true = [step for step in taken if (step.planned_on > due_on) == (today > due_on)]
    assert at_once == (still_true[-1] if still_true else None)
    assert len({(step.rule, step.name) for step in taken}) == len(taken)


@given(DUE_DAYS, KINDS, st.lists(st.integers(1, 25), min_size=1, max_size=12))
def test_no_step_is_taken_twice_however_the_days_are_swept(
    due_on: date, kind: DeadlineKind, gaps: list[int]
) -> None:
    since = due_on - timedelta(days=100)
    taken = []
    for gap in gaps:
        window = Window(since=since, today=since + timedelta(days=gap - 1))
        taken.append(deadline_name(due_on, kind, window))
        since = window.today + ONE_DAY

    names = [name for name in taken if name is not None]
    assert len(set(names)) == len(names)


@given(DUE_DAYS, st.integers(1, 120))
def test_a_repeat_is_planned_for_a_working_day_after_the_due_date(due_on: date, late: int) -> None:
    window = Window(since=due_on, today=due_on + timedelta(days=late))

    step = deadline_step(due_on, DeadlineKind.YEAR, window, CALENDAR, POLICY)

    assert (step is None) == (CALENDAR.count(after=due_on, until=window.today) == 0)
    if step is not None:
        passed = CALENDAR.count(after=due_on, until=step.planned_on)
        assert due_on < step.planned_on <= window.today
        assert CALENDAR.is_working_day(step.planned_on)
        assert passed % POLICY.repeat_every.value == 1


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param(date(2025, 3, 17), None, id="6 working days left"),
        pytest.param(date(2025, 3, 18), "R07 -5wd", id="5 working days left"),
        pytest.param(date(2025, 3, 19), None, id="4 working days left"),
        pytest.param(date(2025, 3, 23), None, id="the Sunday before"),
        pytest.param(date(2025, 3, 24), "R07 -1wd", id="1 working day left"),
        pytest.param(date(2025, 3, 25), None, id="the due day itself is on time"),
        pytest.param(date(2025, 3, 26), "R08 +1wd", id="1 working day late"),
        pytest.param(date(2025, 3, 27), None, id="2 working days late: a page, no message"),
    ],
)
def test_a_report_is_chased_twice_before_its_day_and_once_after(
    today: date, expected: str | None
) -> None:
    assert report_name(REPORT_DUE, on(today)) == expected


@pytest.mark.parametrize(
    ("since", "today", "expected"),
    [
        pytest.param(date(2025, 3, 12), date(2025, 3, 24), "R07 -1wd", id="both before missed"),
        pytest.param(date(2025, 3, 12), date(2025, 3, 31), "R08 +1wd", id="all three missed"),
        pytest.param(date(2025, 3, 27), date(2025, 4, 1), None, id="nothing missed"),
    ],
)
def test_missed_chasing_collapses_into_the_latest(
    since: date, today: date, expected: str | None
) -> None:
    assert report_name(REPORT_DUE, Window(since=since, today=today)) == expected


def test_chasing_counts_working_days_over_a_holiday() -> None:
    due_on = date(2024, 9, 30)  # Monday before a week off; Sunday the 29th is worked on

    assert report_name(due_on, on(date(2024, 9, 29))) == "R07 -1wd"
    assert report_name(due_on, on(date(2024, 10, 7))) is None
    assert report_name(due_on, on(date(2024, 10, 8))) == "R08 +1wd"


@given(DUE_DAYS, st.integers(-20, 20), st.integers(0, 30))
def test_chasing_daily_or_once_over_the_gap_comes_to_the_same_latest_step(
    due_on: date, begins: int, lasts: int
) -> None:
    since = due_on + timedelta(days=begins)
    days = [since + timedelta(days=n) for n in range(lasts + 1)]

    daily = [step for day in days if (step := report_name(due_on, on(day))) is not None]
    at_once = report_name(due_on, Window(since=since, today=days[-1]))

    assert at_once == (daily[-1] if daily else None)
    assert len(set(daily)) == len(daily)


ASSIGNED = date(2024, 3, 3)  # a Sunday


@pytest.mark.parametrize(
    ("since", "today", "name"),
    [
        pytest.param(date(2024, 3, 4), date(2024, 3, 4), None, id="the first working day"),
        pytest.param(date(2024, 3, 5), date(2024, 3, 5), "+2wd", id="the second"),
        pytest.param(date(2024, 3, 6), date(2024, 3, 7), None, id="between the two"),
        pytest.param(date(2024, 3, 8), date(2024, 3, 8), "+5wd", id="the fifth"),
        pytest.param(date(2024, 3, 9), date(2024, 3, 9), None, id="after the fifth nothing"),
        pytest.param(date(2024, 3, 5), date(2024, 3, 7), "+2wd", id="two days late, made up for"),
        pytest.param(date(2024, 3, 4), date(2024, 3, 8), "+5wd", id="both missed: the latest"),
        pytest.param(date(2024, 3, 8), date(2024, 3, 11), None, id="too late: it is telephoned"),
        pytest.param(ASSIGNED, date(2025, 1, 2), None, id="ten months later: it is telephoned"),
    ],
)
def test_signing_for_an_item_is_urged_twice_and_then_left_to_a_person(
    since: date, today: date, name: str | None
) -> None:
    step = signing_step(ASSIGNED, Window(since=since, today=today), CALENDAR, POLICY)

    assert (step and step.name) == name
    assert step is None or step.rule == "R09"


@pytest.mark.parametrize(
    ("today", "is_listed"),
    [
        pytest.param(date(2024, 3, 8), False, id="on the day of the last urging not yet"),
        pytest.param(date(2024, 3, 9), True, id="from the next day on"),
    ],
)
def test_what_was_urged_for_the_last_time_is_telephoned_about(
    today: date, *, is_listed: bool
) -> None:
    assert is_to_be_telephoned(ASSIGNED, CALENDAR, POLICY, today=today) is is_listed


@pytest.mark.parametrize(
    ("since", "today", "is_asked"),
    [
        pytest.param(date(2025, 3, 18), date(2025, 3, 18), False, id="two working days before"),
        pytest.param(date(2025, 3, 19), date(2025, 3, 19), True, id="one working day before"),
        pytest.param(date(2025, 3, 20), date(2025, 3, 20), False, id="on the day itself"),
        pytest.param(date(2025, 3, 15), date(2025, 3, 20), True, id="missed and made up for"),
    ],
)
def test_a_supporting_unit_is_reminded_once_of_its_input(
    since: date, today: date, *, is_asked: bool
) -> None:
    step = support_step(date(2025, 3, 20), Window(since=since, today=today), CALENDAR, POLICY)

    planned = Step(rule="R07", name="support-1wd", planned_on=date(2025, 3, 19))
    assert step == (planned if is_asked else None)
