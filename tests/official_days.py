"""The State Council's holiday notices, copied by hand: what the seeded calendar must agree with."""

from collections.abc import Iterator
from datetime import date, timedelta

from supervision.working_days import WorkingDays

# Each year's days off as (first, last) and its weekend days worked on (调休上班), as month-day.
NOTICES: dict[int, tuple[list[tuple[str, str]], list[str]]] = {
    2024: (
        [
            ("01-01", "01-01"),
            ("02-10", "02-17"),
            ("04-04", "04-06"),
            ("05-01", "05-05"),
            ("06-10", "06-10"),
            ("09-15", "09-17"),
            ("10-01", "10-07"),
        ],
        ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    ),
    2025: (
        [
            ("01-01", "01-01"),
            ("01-28", "02-04"),
            ("04-04", "04-06"),
            ("05-01", "05-05"),
            ("05-31", "06-02"),
            ("10-01", "10-08"),
        ],
        ["01-26", "02-08", "04-27", "09-28", "10-11"],
    ),
    2026: (
        [
            ("01-01", "01-03"),
            ("02-15", "02-23"),
            ("04-04", "04-06"),
            ("05-01", "05-05"),
            ("06-19", "06-21"),
            ("09-25", "09-27"),
            ("10-01", "10-07"),
        ],
        ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
    ),
}


def holidays_of(year: int) -> set[date]:
    """Return the days off that a year's notice names, weekends among them included."""
    spans, _ = NOTICES[year]
    return {day for first, last in spans for day in _days(_on(year, first), _on(year, last))}


def makeups_of(year: int) -> set[date]:
    """Return the weekend days that a year's notice makes working days."""
    return {_on(year, day) for day in NOTICES[year][1]}


def worked_on(day: date) -> bool:
    """Return whether a day of 2024 to 2026 is worked on, by its year's notice."""
    if day in makeups_of(day.year):
        return True
    return day.weekday() < 5 and day not in holidays_of(day.year)


def official_calendar() -> WorkingDays:
    """Return the calendar of 2024 to 2026; every other year is unpublished."""
    return WorkingDays({day: worked_on(day) for day in _days(date(2024, 1, 1), date(2026, 12, 31))})


def _on(year: int, month_day: str) -> date:
    return date.fromisoformat(f"{year}-{month_day}")


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
