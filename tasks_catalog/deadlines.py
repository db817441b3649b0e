"""Phrases that say when something is due, read into a date, a rhythm or a doubt."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from supervision.vocabulary import DeadlineKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """When something is due, as precisely as the plan says it; dates are inclusive.

    `from_on` is the first day of a range, `every` the rhythm of a recurring duty ("year",
    "half_year", "quarter", "month", "week" …), `why` the reading in Chinese, for people.
    """

    kind: DeadlineKind
    due_on: date | None = None
    from_on: date | None = None
    every: str | None = None
    why: str


def read_deadline(text: str, *, year: int | None = None) -> Deadline:
    """Return what `text` says about when; `year` is the plan's, for texts that name none."""
    phrase = re.sub(r"\s", "", text)
    if not phrase or phrase in {"-", "—", "无", "/"}:
        return Deadline(kind=DeadlineKind.NONE, why="没有写完成时限")
    if match := re.fullmatch(r"(\d{4})年(?:(\d{1,2})月)?", phrase):
        return _period_end(phrase, int(match[1]), int(match[2] or 0))
    if re.search(r"持续|长期|常态化", phrase):
        return Deadline(kind=DeadlineKind.CONTINUING, why=f"“{phrase}”没有止期")
    return Deadline(
        kind=DeadlineKind.UNCLEAR, why=f"“{phrase}”没有写明日期（{year or '年份未知'}）"
    )


def _period_end(phrase: str, year: int, month: int) -> Deadline:
    if not month:
        why = f"“{phrase}”只写到年，按当年最后一天计"
        return Deadline(kind=DeadlineKind.YEAR, due_on=date(year, 12, 31), why=why)
    if not 1 <= month <= 12:  # noqa: PLR2004
        return Deadline(kind=DeadlineKind.UNCLEAR, why=f"“{phrase}”不是存在的月份")
    due_on = date(year, month, monthrange(year, month)[1])
    why = f"“{phrase}”只写到月，按当月最后一天计"
    return Deadline(kind=DeadlineKind.MONTH, due_on=due_on, why=why)
