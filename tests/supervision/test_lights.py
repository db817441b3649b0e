from datetime import date

import pytest

from supervision.lights import Standing, days_overdue, judge
from supervision.vocabulary import ItemState, Light
from tests.supervision.rules import POLICY

DUE = date(2025, 6, 30)
EVE = date(2025, 6, 29)
NEXT_DAY = date(2025, 7, 1)
MONTH_LATER = date(2025, 7, 30)


def standing(
    state: ItemState = ItemState.IN_PROGRESS,
    *,
    due_on: date | None = DUE,
    historic: bool = False,
    submitted_on: date | None = None,
) -> Standing:
    return Standing(state=state, due_on=due_on, historic=historic, submitted_on=submitted_on)


@pytest.mark.parametrize(
    ("today", "days"),
    [
        pytest.param(EVE, 0, id="the day before"),
        pytest.param(DUE, 0, id="the due day is on time"),
        pytest.param(NEXT_DAY, 1, id="one day late"),
        pytest.param(MONTH_LATER, 30, id="calendar days, weekends too"),
        pytest.param(date(2026, 6, 30), 365, id="a year late"),
    ],
)
def test_days_overdue_are_calendar_days_after_the_due_day(today: date, days: int) -> None:
    assert days_overdue(standing(), today=today) == days


@pytest.mark.parametrize(
    ("subject", "days"),
    [
        pytest.param(standing(ItemState.REGISTERED), 30, id="registered"),
        pytest.param(standing(ItemState.ASSIGNED), 30, id="assigned"),
        pytest.param(standing(ItemState.IN_PROGRESS), 30, id="in progress"),
        pytest.param(standing(ItemState.SUBMITTED, submitted_on=EVE), 0, id="asked in time"),
        pytest.param(standing(ItemState.SUBMITTED, submitted_on=DUE), 0, id="on the due day"),
        pytest.param(standing(ItemState.SUBMITTED, submitted_on=NEXT_DAY), 30, id="asked late"),
        pytest.param(standing(ItemState.SUBMITTED), 30, id="asked nobody knows when"),
        pytest.param(standing(ItemState.IN_PROGRESS, submitted_on=EVE), 30, id="sent back"),
        pytest.param(standing(ItemState.CLOSED, submitted_on=EVE), 0, id="closed"),
        pytest.param(standing(ItemState.SUSPENDED), 0, id="suspended"),
        pytest.param(standing(ItemState.CANCELLED), 0, id="cancelled"),
        pytest.param(standing(due_on=None), 0, id="continuing, without a date"),
        pytest.param(standing(historic=True), 30, id="historic ones count too"),
    ],
)
def test_only_an_unfinished_item_is_overdue(subject: Standing, days: int) -> None:
    assert days_overdue(subject, today=MONTH_LATER) == days


@pytest.mark.parametrize(
    ("subject", "today", "light", "rule"),
    [
        pytest.param(standing(), date(2025, 6, 14), Light.GREY, "R15", id="16 days left"),
        pytest.param(standing(), date(2025, 6, 15), Light.BLUE, "R12", id="15 days left"),
        pytest.param(standing(), DUE, Light.BLUE, "R12", id="on the due day"),
        pytest.param(standing(), NEXT_DAY, Light.RED, "R14", id="one day late"),
        pytest.param(
            standing(ItemState.SUBMITTED, submitted_on=EVE), DUE, Light.GREY, "R15", id="submitted"
        ),
        pytest.param(
            standing(ItemState.SUBMITTED, submitted_on=EVE),
            MONTH_LATER,
            Light.GREY,
            "R15",
            id="submitted in time, still under review a month later",
        ),
        pytest.param(
            standing(ItemState.SUBMITTED, submitted_on=NEXT_DAY),
            MONTH_LATER,
            Light.RED,
            "R14",
            id="submitted late",
        ),
        pytest.param(
            standing(historic=True), MONTH_LATER, Light.GREY, "R24", id="historic before red"
        ),
        pytest.param(
            standing(ItemState.CLOSED, historic=True),
            MONTH_LATER,
            Light.GREY,
            "R15",
            id="closed before historic",
        ),
        pytest.param(standing(ItemState.SUSPENDED), MONTH_LATER, Light.GREY, "R15", id="suspended"),
        pytest.param(
            standing(due_on=None), MONTH_LATER, Light.GREY, "R23", id="continuing without data"
        ),
    ],
)
def test_the_first_rule_that_fits_gives_the_light(
    subject: Standing, today: date, light: Light, rule: str
) -> None:
    judgement = judge(subject, POLICY, today=today)

    assert (judgement.light, judgement.rule) == (light, rule)


@pytest.mark.parametrize("state", ItemState, ids=str)
@pytest.mark.parametrize("due_on", [DUE, None], ids=["dated", "continuing"])
def test_without_progress_data_nothing_is_green(state: ItemState, due_on: date | None) -> None:
    judgement = judge(standing(state, due_on=due_on), POLICY, today=date(2025, 1, 1))

    assert judgement.light is Light.GREY


@pytest.mark.parametrize(
    ("subject", "today", "reason"),
    [
        (standing(), MONTH_LATER, "已逾期30天"),
        (standing(), EVE, "距到期1天，未申请销号"),
        (standing(ItemState.CLOSED), EVE, "已销号，不再亮灯"),
        (standing(historic=True), EVE, "基线日前已到期，待办公室核定"),
    ],
    ids=["red", "blue", "closed", "historic"],
)
def test_a_light_says_why_in_words(subject: Standing, today: date, reason: str) -> None:
    assert judge(subject, POLICY, today=today).reason == reason
