"""How pages write times: 「4月8日（周二），还有3个工作日」, never a bare number of days."""

from dataclasses import dataclass
from datetime import date, datetime

from services.office import SHANGHAI
from supervision.working_days import WorkingDays

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class When:
    """Writes days as seen from today, by the office's calendar."""

    today: date
    calendar: WorkingDays

    def day(self, day: date) -> str:
        """Return a day with its weekday; the year only when it is another one."""
        year = "" if day.year == self.today.year else f"{day.year}年"
        return f"{year}{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"

    def until(self, day: date | None) -> str:
        """Return a day with how long there is until its end, or for how long it has gone by."""
        if day is None:
            return "没有规定日期"
        return f"{self.day(day)}，{self.left(day)}"

    def left(self, day: date) -> str:
        """Return how long there is until the end of a day, in working days."""
        days = (day - self.today).days
        if days < 0:
            return f"已逾期{-days}天"
        if days == 0:
            return "今天截止"
        left = self.calendar.count(after=self.today, until=day)
        presumed = "" if self.calendar.is_published(day) else "（节假日未公布，推定）"
        return f"还有{left}个工作日{presumed}"

    def is_over(self, day: date | None) -> bool:
        """Return whether a day has gone by."""
        return day is not None and day < self.today

    def moment(self, moment: datetime) -> str:
        """Return a moment in Shanghai, to the minute."""
        local = moment.astimezone(SHANGHAI)
        return f"{self.day(local.date())}{local:%H:%M}"
