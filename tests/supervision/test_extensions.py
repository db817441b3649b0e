from datetime import date

import pytest

from supervision.extensions import (
    Asked,
    frozen_until,
    months_after,
    review_due_on,
    shortcomings,
)
from supervision.vocabulary import ExtensionLack
from tests.supervision.rules import CALENDAR, POLICY

DUE = date(2024, 12, 31)
IN_TIME = date(2024, 12, 24)  # a Tuesday, five working days before the due date
PLAN_END = date(2025, 12, 31)
LACK = ExtensionLack


def asked(
    until: date = date(2025, 3, 31), *, due_on: date | None = DUE, granted_before: int = 0
) -> Asked:
    return Asked(
        due_on=due_on, new_due_on=until, granted_before=granted_before, plan_ends_on=PLAN_END
    )


@pytest.mark.parametrize(
    ("wish", "today", "lacks"),
    [
        pytest.param(asked(), IN_TIME, [], id="five working days before"),
        pytest.param(asked(), date(2024, 12, 25), [LACK.LATE], id="four working days before"),
        pytest.param(asked(), DUE, [LACK.LATE], id="on the due day"),
        pytest.param(asked(), date(2025, 1, 1), [LACK.EXPIRED], id="the day after it was due"),
        pytest.param(
            asked(date(2025, 4, 1)), IN_TIME, [LACK.TOO_LONG], id="three months and a day"
        ),
        pytest.param(asked(DUE), IN_TIME, [LACK.NOT_LATER], id="the same day"),
        pytest.param(asked(date(2024, 11, 30)), IN_TIME, [LACK.NOT_LATER], id="an earlier day"),
        pytest.param(asked(granted_before=1), IN_TIME, [LACK.AGAIN], id="a second time"),
        pytest.param(asked(due_on=None), IN_TIME, [LACK.NO_DATE], id="a continuing item"),
        pytest.param(
            asked(date(2026, 3, 31), due_on=PLAN_END),
            date(2025, 12, 1),
            [LACK.PAST_PLAN],
            id="past the plan's last day",
        ),
        pytest.param(
            asked(date(2026, 4, 1), due_on=PLAN_END, granted_before=1),
            date(2025, 12, 31),
            [LACK.AGAIN, LACK.TOO_LONG, LACK.LATE, LACK.PAST_PLAN],
            id="everything at once is said at once",
        ),
    ],
)
def test_an_extension_lacks_what_r22_says(
    wish: Asked, today: date, lacks: list[ExtensionLack]
) -> None:
    found = shortcomings(wish, POLICY, CALENDAR, today=today)

    assert [one.lack for one in found] == lacks
    assert all(one.reason for one in found)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        pytest.param(date(2024, 11, 30), 3, date(2025, 2, 28), id="an end stays an end"),
        pytest.param(date(2024, 2, 29), 3, date(2024, 5, 31), id="from a short month's end"),
        pytest.param(date(2024, 12, 31), 3, date(2025, 3, 31), id="over the year"),
        pytest.param(date(2024, 10, 15), 3, date(2025, 1, 15), id="the middle of a month"),
        pytest.param(date(2024, 12, 30), 2, date(2025, 2, 28), id="no such day"),
    ],
)
def test_months_are_calendar_months(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


@pytest.mark.parametrize(
    ("asked_on", "until"),
    [
        pytest.param(IN_TIME, date(2025, 1, 8), id="asked before the due date: counted from it"),
        pytest.param(date(2025, 1, 6), date(2025, 1, 13), id="asked later: counted from then"),
    ],
)
def test_an_undecided_extension_holds_the_ladder_five_working_days(
    asked_on: date, until: date
) -> None:
    assert frozen_until(DUE, asked_on, POLICY, CALENDAR) == until


def test_the_office_reviews_within_three_working_days() -> None:
    assert review_due_on(date(2024, 12, 30), POLICY, CALENDAR) == date(2025, 1, 3)
