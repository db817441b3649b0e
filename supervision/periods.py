"""Quarters, month ends and year ends: the arithmetic of plan dates."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Self

from supervision.errors import UsageError

NAMED = re.compile(r"(\d{4})Q([1-4])", re.IGNORECASE)
NUMERALS = "一二三四"


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A calendar quarter; its text form `2024Q1` is the period in every key."""

    year: int
    number: int  # 1 to 4

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def label(self) -> str:
        """The quarter as an office writes it: 2024年第一季度."""
        return f"{self.year}年第{NUMERALS[self.number - 1]}季度"

    @property
    def last_month(self) -> int:
        """The month (1 to 12) in which the quarter ends."""
        return self.number * 3

    @property
    def next(self) -> Self:
        """The quarter after this one."""
        last = self.number == 4  # noqa: PLR2004 - a year has four quarters
        return type(self)(self.year + last, 1 if last else self.number + 1)

    @property
    def first_day(self) -> date:
        """The day the quarter begins."""
        return date(self.year, self.last_month - 2, 1)

    def day(self, day_of_month: int) -> date:
        """Return a day of the quarter's last month, at most that month's last day."""
        last = calendar.monthrange(self.year, self.last_month)[1]
        return date(self.year, self.last_month, min(day_of_month, last))

    @property
    def last_day(self) -> date:
        """The day the quarter ends."""
        return month_end(self.year, self.last_month)


def quarter_of(day: date) -> Quarter:
    """Return the quarter a day lies in."""
    return Quarter(day.year, (day.month - 1) // 3 + 1)


def quarter_named(text: str) -> Quarter:
    """Return the quarter of a text such as 2024Q4; UsageError when it is none."""
    found = NAMED.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"“{text}”不是季度", advice="请写成 2024Q4 这样的形式。")
    return Quarter(int(found[1]), int(found[2]))


def quarters_between(first: Quarter, last: Quarter) -> list[Quarter]:
    """Return the quarters from `first` to `last`, both included; none when `last` is earlier."""
    found = []
    while first <= last:
        found.append(first)
        first = first.next
    return found


def quarters_in_words(quarters: Iterable[Quarter]) -> str:
    """Return quarters as an office writes them, first to last: 2024年第三、第四季度."""
    years = groupby(sorted(quarters), key=lambda quarter: quarter.year)
    return "、".join(
        f"{year}年{'、'.join(f'第{NUMERALS[one.number - 1]}' for one in found)}季度"
        for year, found in years
    )


def month_end(year: int, month: int) -> date:
    """Return the last day of a month (R02)."""
    return date(year, month, calendar.monthrange(year, month)[1])


def year_end(year: int) -> date:
    """Return 31 December (R02); a plan's deadline never rolls over a weekend."""
    return date(year, 12, 31)
