"""Dates as plans print them: each with its first and last day and how precise it is."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from supervision.vocabulary import DeadlineKind
from tasks_catalog.deadline_words import Words

_YEARS_OF_A_PLAN = 5
_OFFSET_OF_YEAR = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "当年": 0,
    "明年": 1,
    "次年": 1,
    "翌年": 1,
    "去年": -1,
}
_DAYS_OF_TEN = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 0)}  # 0: the month's last day
_HALVES = {"上半年": (1, 6), "下半年": (7, 12)}


class ImpossibleDateError(ValueError):
    """A date that no calendar has, such as 2月30日 or 13月; the text says which."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A printed date: a day, month, part of a year, year or five-year plan.

    `first` and `last` are (month, day); the year is None where neither the phrase nor the plan
    gives one. `years` is more than 1 for a five-year plan only.
    """

    text: str
    kind: DeadlineKind
    year: int | None
    year_is_printed: bool
    first: tuple[int, int]
    last: tuple[int, int]
    years: int = 1
    is_vague: bool = False

    @property
    def first_on(self) -> date | None:
        """The first day, where the year is known."""
        return date(self.year, *self.first) if self.year else None

    @property
    def last_on(self) -> date | None:
        """The last day, where the year is known."""
        return date(self.year + self.years - 1, *self.last) if self.year else None


def read_moment(
    words: Words, place: tuple[int, int], *, year: int | None, after: Moment | None = None
) -> Moment:
    """Return the date printed by the words at `place`.

    After another date (3月1日至15日) it takes year and month from that one. Raises
    ImpossibleDateError.
    """
    parts = dict(zip(words.sorts[slice(*place)], words.texts[slice(*place)], strict=True))
    text = "".join(words.texts[slice(*place)])
    if plan := parts.get("F"):
        return _five_year_plan(plan)
    base = after.year if after and after.year else year
    known = _year(parts, base=base, text=text)
    month = _number(parts["M"]) if "M" in parts else None
    if after and month is None and ("D" in parts or "T" in parts):
        month = after.first[0]
    kind, first, last = _days(parts, month, year=known, text=text)
    return Moment(
        text=text,
        kind=kind,
        year=known,
        year_is_printed="Y" in parts or bool(after and after.year_is_printed),
        first=first,
        last=last,
        is_vague="L" in parts or ("A" in parts and "Y" not in parts),  # 全年: which year?
    )


def _five_year_plan(text: str) -> Moment:
    """“十四五” is 2021 to 2025; its end (末) is the end of the last year."""
    ordinal = 10 + "一二三四五六七八九".index(text[1]) + 1
    first_year = 1966 + _YEARS_OF_A_PLAN * (ordinal - 3)  # the third plan began in 1966
    at_end = text[-1] in "末底官"
    return Moment(
        text=text,
        kind=DeadlineKind.YEAR if at_end else DeadlineKind.RANGE,
        year=first_year,
        year_is_printed=True,
        first=(1, 1),
        last=(12, 31),
        years=_YEARS_OF_A_PLAN,
    )


def _year(parts: dict[str, str], *, base: int | None, text: str) -> int | None:
    if reference := parts.get("R"):
        return base + _OFFSET_OF_YEAR[reference] if base else None
    if "Y" not in parts:
        return base
    year = _number(parts["Y"])
    if not year:
        raise ImpossibleDateError(f"“{text}”不是存在的年份")
    return year if year > 100 else 2000 + year  # noqa: PLR2004  24年 is 2024年


def _days(
    parts: dict[str, str], month: int | None, *, year: int | None, text: str
) -> tuple[DeadlineKind, tuple[int, int], tuple[int, int]]:
    """Return precision, first and last (month, day) of what is printed inside a year."""
    if month is not None:
        return _days_of_month(parts, month, year=year, text=text)
    if half := parts.get("H"):
        return _months(*_HALVES[half])
    if quarter := parts.get("Q"):
        ends = 3 * _number(quarter)
        return _months(ends - 2, ends)
    kind = DeadlineKind.RANGE if "A" in parts else DeadlineKind.YEAR
    return kind, (1, 1), (12, 31)


def _months(first: int, last: int) -> tuple[DeadlineKind, tuple[int, int], tuple[int, int]]:
    return DeadlineKind.MONTH, (first, 1), (last, 30 if last in {6, 9} else 31)


def _days_of_month(
    parts: dict[str, str], month: int, *, year: int | None, text: str
) -> tuple[DeadlineKind, tuple[int, int], tuple[int, int]]:
    leap_year = 2000  # a year not known might have a 29 February
    try:
        length = monthrange(year or leap_year, month)[1]
        if day_text := parts.get("D"):
            day = date(year or leap_year, month, _number(day_text)).day
            return DeadlineKind.DAY, (month, day), (month, day)
    except ValueError as error:  # calendar.IllegalMonthError is one too
        raise ImpossibleDateError(f"“{text}”不是存在的日期") from error
    first, last = _DAYS_OF_TEN.get(parts.get("T", ""), (1, 0))
    return DeadlineKind.MONTH, (month, first), (month, last or length)


def _number(text: str) -> int:
    return int("".join(filter(str.isdecimal, text)) or 0)
