"""Half-years and years as an office sums them up: 半年一小结、一年一总结."""

import re
from dataclasses import dataclass
from datetime import date

from supervision.errors import UsageError
from supervision.periods import month_end, year_end

NAMED = re.compile(r"(\d{4})(?:H([12]))?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A half-year or a year: its first and last day, and how a paper calls it."""

    first_day: date
    last_day: date
    label: str

    def holds(self, day: date) -> bool:
        """Return whether a day lies in the span."""
        return self.first_day <= day <= self.last_day


def span_named(text: str) -> Span:
    """Return the span of `2024H1`, `2024H2` or `2024`; UsageError when it is none."""
    found = NAMED.fullmatch(text.strip())
    if found is None:
        raise UsageError(
            f"“{text}”不是半年或年度", advice="请写成 2024H1（上半年）、2024H2 或 2024（全年）。"
        )
    year, half = int(found[1]), found[2]
    if half == "1":
        return Span(
            first_day=date(year, 1, 1), last_day=month_end(year, 6), label=f"{year}年上半年"
        )
    if half == "2":
        return Span(first_day=date(year, 7, 1), last_day=year_end(year), label=f"{year}年下半年")
    return Span(first_day=date(year, 1, 1), last_day=year_end(year), label=f"{year}年度")
