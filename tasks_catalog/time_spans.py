"""Statements of time in a deadline: what it is due by, since when, or from when to when."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from supervision.vocabulary import DeadlineKind
from tasks_catalog.deadline_words import Words
from tasks_catalog.moments import ImpossibleDateError, Moment, read_moment

_DATE = r"(?:[YR](?:MD|MT|M|Q|H|A)?|MD|MT|M|Q|H|A)(?:N|E|L)?|N|F"
_SPAN = re.compile(
    rf"(?P<start>{_DATE})(?P<early>B)?(?:S?C(?P<end>{_DATE}|D|T))?(?P<before>B)?"
    r"(?P<since>S)?(?P<open>U|C(?=[x,]|$))?(?:x?(?P<work_starts>G))?"
)


class Role(Enum):
    """What a date in a deadline stands for."""

    DUE = "due"
    SINCE = "since"
    RANGE = "range"
    VAGUE = "vague"


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """One statement of time; the dates are None where the year is not known.

    `first_on` is the first day of what is printed, whatever it stands for. `loosely_before`
    marks 2025年前 and 6月前, which may also mean the end of 2024 or of May; `work_starts` a date
    by which work is to begin (3月底前开工).
    """

    text: str
    kind: DeadlineKind
    role: Role
    first_on: date | None = None
    from_on: date | None = None
    due_on: date | None = None
    year_is_known: bool = True
    year_is_printed: bool = True
    says_before: bool = False
    loosely_before: bool = False
    work_starts: bool = False


def spans(words: Words, *, year: int | None) -> Iterator[Span]:
    """Yield every statement of time in the phrase.

    A date without a year takes the last one printed before it, else `year`.
    Raises ImpossibleDateError on the first date that cannot be.
    """
    for match in _SPAN.finditer(words.sorts):
        text = "".join(words.texts[match.start() : match.end()])
        start = read_moment(words, match.span("start"), year=year)
        year = start.year if start.year_is_printed else year
        if not match["end"]:
            yield _single(start, match, text=text)
            continue
        end = read_moment(words, match.span("end"), year=year, after=start)
        if end.year and end.year_is_printed and not start.year_is_printed:
            turns = start.first > end.last  # 10月至2025年3月 starts in the year before
            start = read_moment(words, match.span("start"), year=end.year - turns)
        year = end.year if end.year_is_printed else year
        yield _from_to(start, end, text=text)


def _single(moment: Moment, match: re.Match[str], *, text: str) -> Span:
    role, from_on, due_on = Role.DUE, None, moment.last_on
    if moment.is_vague or _has_no_end(match, text):
        role, due_on = Role.VAGUE, None
    elif match["since"]:
        role, from_on, due_on = Role.SINCE, moment.first_on, None
    elif moment.kind is DeadlineKind.RANGE:
        role, from_on = Role.RANGE, moment.first_on
    says_before = bool(match["early"] or match["before"])
    return Span(
        text=text.removesuffix("到"),
        kind=moment.kind,
        role=role,
        first_on=moment.first_on,
        from_on=from_on,
        due_on=due_on,
        year_is_known=moment.year is not None,
        year_is_printed=moment.year_is_printed,
        says_before=says_before,
        loosely_before=says_before and match["start"][-1] not in "NEDF",
        work_starts=bool(match["work_starts"]),
    )


def _has_no_end(match: re.Match[str], text: str) -> bool:
    """6月以后, and 6月至竣工; but 6月底前到位 is due."""
    return bool(match["open"]) and not text.endswith("到")


def _from_to(start: Moment, end: Moment, *, text: str) -> Span:
    from_on, due_on = start.first_on, end.last_on
    if from_on and due_on and from_on > due_on:
        raise ImpossibleDateError(f"“{text}”的起止时间颠倒")
    return Span(
        text=text,
        kind=DeadlineKind.RANGE,
        role=Role.VAGUE if start.is_vague or end.is_vague else Role.RANGE,
        from_on=from_on,
        due_on=due_on,
        year_is_known=due_on is not None,
        year_is_printed=start.year_is_printed or end.year_is_printed,
    )
