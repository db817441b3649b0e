"""Half-years and years have the days an office sums up."""

from datetime import date

import pytest

from supervision.errors import UsageError
from supervision.halves import span_named


@pytest.mark.parametrize(
    ("text", "first", "last", "label"),
    [
        pytest.param("2024H1", date(2024, 1, 1), date(2024, 6, 30), "2024年上半年", id="first"),
        pytest.param("2024h2", date(2024, 7, 1), date(2024, 12, 31), "2024年下半年", id="second"),
        pytest.param("2025", date(2025, 1, 1), date(2025, 12, 31), "2025年度", id="year"),
    ],
)
def test_a_span_has_its_days_and_its_name(text: str, first: date, last: date, label: str) -> None:
    span = span_named(text)

    assert (span.first_day, span.last_day, span.label) == (first, last, label)
    assert span.holds(first)
    assert span.holds(last)


@pytest.mark.parametrize("text", ["2024H3", "H1", "上半年", "2024Q1", ""])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="不是半年或年度"):
        span_named(text)
