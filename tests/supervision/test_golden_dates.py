"""REL8: golden dates, each written down once and never computed anew by what they hold.

The file was made from the State Council's notices of 2024 to 2026 by counting in a list of days,
not by the code under test, and looked through by hand around every holiday.
"""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from supervision.extensions import months_after
from supervision.periods import month_end, quarter_named
from tests.official_days import official_calendar

FEWEST = 400
FILE = Path(__file__).with_name("golden_dates.csv")
ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
CALENDAR = official_calendar()


def _end_of_month(given: str, _by: str) -> date:
    year, month = given.split("-")
    return month_end(int(year), int(month))


COMPUTED: dict[str, Callable[[str, str], date]] = {
    "shift": lambda given, by: CALENDAR.shift(date.fromisoformat(given), int(by)),
    "roll": lambda given, _by: CALENDAR.roll_forward(date.fromisoformat(given)),
    "months": lambda given, by: months_after(date.fromisoformat(given), int(by)),
    "month_end": _end_of_month,
    "quarter_end": lambda given, _by: quarter_named(given).last_day,
}


def test_there_are_four_hundred_of_them_of_every_sort() -> None:
    assert len(ROWS) >= FEWEST
    assert {row["what"] for row in ROWS} == set(COMPUTED)


@pytest.mark.parametrize("what", COMPUTED)
def test_every_golden_date_comes_out(what: str) -> None:
    wrong = {
        (row["given"], row["by"]): (str(found), row["expected"])
        for row in ROWS
        if row["what"] == what
        if str(found := COMPUTED[what](row["given"], row["by"])) != row["expected"]
    }

    assert wrong == {}


@pytest.mark.parametrize(
    ("given", "by", "expected"),
    [
        pytest.param("2025-09-30", 1, "2025-10-09", id="over National Day"),
        pytest.param("2025-09-26", 1, "2025-09-28", id="a Sunday that is worked on"),
        pytest.param("2025-01-27", 1, "2025-02-05", id="over Spring Festival"),
        pytest.param("2024-04-08", -1, "2024-04-07", id="back to a Sunday that is worked on"),
    ],
)
def test_the_days_around_holidays_read_as_in_the_notice(given: str, by: int, expected: str) -> None:
    assert str(CALENDAR.shift(date.fromisoformat(given), by)) == expected


def test_a_year_without_holidays_published_is_presumed_and_says_so() -> None:
    monday = date(2027, 1, 4)

    assert CALENDAR.is_working_day(monday)
    assert not CALENDAR.is_published(monday)
