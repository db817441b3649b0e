"""Working days with 调休: what the State Council published, and Mon-Fri where it has not (R04)."""

from collections.abc import Mapping
from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class WorkingDays:
    """The calendar of one office, from its published days (day -> is it worked on).

    A day outside the published ones is presumed worked on from Monday to Friday; `is_published`
    tells, because nothing formal may be computed from a presumption (R04).
    """

    def __init__(self, published: Mapping[date, bool]) -> None:
        self._published = published

    def is_published(self, day: date) -> bool:
        """Return whether the day's year has been published, so that formal dates may rest on it."""
        return day in self._published

    def is_working_day(self, day: date) -> bool:
        """Return whether the day is worked on; 2025-01-26, a Sunday made up for, is."""
        return self._published.get(day, day.weekday() < SATURDAY)

    def roll_forward(self, day: date) -> date:
        """Return the day itself if worked on, else the next working day (R03)."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def shift(self, day: date, working_days: int) -> date:
        """Return the n-th working day after the day; a negative number counts back, 0 rolls."""
        step = ONE_DAY if working_days > 0 else -ONE_DAY
        for _ in range(abs(working_days)):
            day += step
            while not self.is_working_day(day):
                day += step
        return self.roll_forward(day)

    def count(self, *, after: date, until: date) -> int:
        """Return how many working days lie after one day and up to the other, that one included."""
        span = range(1, (until - after).days + 1)
        return sum(self.is_working_day(after + timedelta(days=n)) for n in span)
