from datetime import date

import pytest

from supervision.report_record import LastVersion, RoundRecord, reported
from supervision.vocabulary import Decision, ObligationState

S = ObligationState
LATER = date(2025, 4, 15)
CLOSED = {"2024Q3": date(2024, 10, 8), "2024Q4": date(2025, 1, 2), "2025Q1": date(2025, 4, 1)}


def silence(period: str, state: S = S.MISSED) -> RoundRecord:
    return RoundRecord(period=period, state=state, closed_on=CLOSED.get(period), version=None)


def told(
    period: str,
    percent: int | None = 40,
    *,
    verdict: Decision = Decision.OPEN,
    reviewed_on: date | None = None,
) -> RoundRecord:
    said = LastVersion(
        as_of=date(int(period[:4]), 3 * int(period[-1]), 20),
        percent=percent,
        verdict=verdict,
        reviewed_on=reviewed_on,
        review_reason="缺少数据" if verdict is Decision.REFUSED else None,
    )
    return RoundRecord(period=period, state=S.REPORTED, closed_on=CLOSED.get(period), version=said)


@pytest.mark.parametrize(
    ("rounds", "missed"),
    [
        pytest.param([], (), id="no round yet"),
        pytest.param([silence("2025Q1")], ("2025Q1",), id="one missed"),
        pytest.param(
            [silence("2024Q4"), silence("2025Q1")], ("2025Q1", "2024Q4"), id="two, the last first"
        ),
        pytest.param([silence("2024Q4"), told("2025Q1")], (), id="a report ends the silence"),
        pytest.param([told("2024Q4"), silence("2025Q1")], ("2025Q1",), id="silent since"),
        pytest.param(
            [silence("2024Q3"), silence("2024Q4", S.LIFTED), silence("2025Q1")],
            ("2025Q1", "2024Q3"),
            id="a round in which nothing was owed counts neither way",
        ),
        pytest.param(
            [silence("2024Q4"), silence("2025Q2", S.OPEN)], ("2024Q4",), id="the open round waits"
        ),
        pytest.param(
            [
                silence("2024Q3"),
                told("2024Q4", verdict=Decision.REFUSED, reviewed_on=date(2024, 12, 27)),
                silence("2025Q1"),
            ],
            ("2025Q1",),
            id="a report sent back was no silence",
        ),
    ],
)
def test_missed_reports_are_counted_in_a_row(
    rounds: list[RoundRecord], missed: tuple[str, ...]
) -> None:
    found = reported(rounds, as_of=LATER)

    assert found.missed == missed
    assert found.missed_since == tuple(CLOSED[period] for period in missed)


@pytest.mark.parametrize(
    ("as_of", "missed"),
    [
        pytest.param(date(2025, 3, 31), ("2024Q4",), id="a day before the round was closed"),
        pytest.param(date(2025, 4, 1), ("2025Q1", "2024Q4"), id="on the day it was"),
    ],
)
def test_a_round_is_missed_from_the_day_it_was_closed(as_of: date, missed: tuple[str, ...]) -> None:
    rounds = [silence("2024Q4"), silence("2025Q1")]

    assert reported(rounds, as_of=as_of).missed == missed


def test_progress_is_what_the_last_report_says_that_says_any_and_stands() -> None:
    rounds = [
        told("2024Q3", 30, verdict=Decision.APPROVED),
        told("2024Q4", None),
        told("2025Q1", 70, verdict=Decision.REFUSED, reviewed_on=date(2025, 3, 26)),
    ]

    found = reported(rounds, as_of=LATER)

    assert (found.percent, found.reported_on) == (30, date(2024, 9, 20))


@pytest.mark.parametrize(
    ("as_of", "reason", "percent"),
    [
        pytest.param(date(2025, 3, 25), None, 70, id="before it was sent back"),
        pytest.param(date(2025, 3, 26), "缺少数据", None, id="since it was"),
    ],
)
def test_a_return_counts_from_its_day(as_of: date, reason: str | None, percent: int | None) -> None:
    back = told("2025Q1", 70, verdict=Decision.REFUSED, reviewed_on=date(2025, 3, 26))

    found = reported([back], as_of=as_of)

    assert (found.returned_for, found.percent) == (reason, percent)
    assert found.is_on_record is (reason is None)


def test_a_return_of_an_earlier_round_is_over_once_a_later_report_stands() -> None:
    back = told("2024Q4", verdict=Decision.REFUSED, reviewed_on=date(2024, 12, 27))

    found = reported([back, told("2025Q1", 60)], as_of=LATER)

    assert (found.returned_for, found.percent, found.is_on_record) == (None, 60, True)
