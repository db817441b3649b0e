"""The clock of tests: it stands still until a test moves it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE = time(9, tzinfo=SHANGHAI)


class Clock:
    """Stands for the office's clock; begins at nine in Shanghai on the day it is given."""

    def __init__(self, day: date) -> None:
        self._moment = datetime.combine(day, NINE)

    def __call__(self) -> datetime:
        """Return the moment it stands at, with its zone."""
        return self._moment

    def turn_to(self, day: date) -> None:
        """Make it nine in Shanghai on the day."""
        self._moment = datetime.combine(day, NINE)

    def set(self, moment: datetime) -> None:
        """Make it exactly that moment."""
        self._moment = moment

    def go_forward(self, **span: float) -> None:
        """Let time pass: `clock.go_forward(hours=26)`."""
        self._moment += timedelta(**span)
