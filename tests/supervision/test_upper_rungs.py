"""Which rung follows a notice: only what was delivered and lapsed, or what R19 names."""

from datetime import date

import pytest

from supervision.ladder import Climb, interview_reason, next_rung, reply_due_on
from supervision.vocabulary import NoticeState, Rung
from tests.supervision.rules import CALENDAR, POLICY

DUE, TODAY = date(2024, 12, 31), date(2025, 1, 17)
S = NoticeState


def climb(rung: Rung, state: NoticeState, **more: object) -> Climb:
    return Climb(due_on=DUE, last_rung=rung, last_state=state, **more)  # type: ignore[arg-type]


def rung_after(standing: Climb, today: date = TODAY) -> Rung:
    return next_rung(standing, POLICY, CALENDAR, today=today)


@pytest.mark.parametrize(
    ("last", "following"),
    [
        (Rung.BLUE, Rung.YELLOW),
        (Rung.YELLOW, Rung.RED),
        (Rung.RED, Rung.INTERVIEW),
        (Rung.INTERVIEW, Rung.NONE),
    ],
    ids=str,
)
def test_a_lapsed_notice_calls_for_the_next_rung(last: Rung, following: Rung) -> None:
    assert rung_after(climb(last, S.LAPSED)) is following


@pytest.mark.parametrize("state", sorted(set(NoticeState) - {S.LAPSED}), ids=str)
@pytest.mark.parametrize("last", [Rung.BLUE, Rung.YELLOW, Rung.RED], ids=str)
def test_any_other_notice_calls_for_none(last: Rung, state: NoticeState) -> None:
    assert rung_after(climb(last, state)) is Rung.NONE


@pytest.mark.parametrize(
    ("day", "rung"),
    [
        pytest.param(date(2025, 1, 18), Rung.NONE, id="a Saturday"),
        pytest.param(date(2025, 1, 26), Rung.YELLOW, id="a Sunday made up for"),
        pytest.param(date(2025, 1, 28), Rung.NONE, id="a holiday"),
        pytest.param(date(2027, 1, 4), Rung.NONE, id="an unpublished year"),
    ],
)
def test_a_rung_opens_on_published_working_days_only(day: date, rung: Rung) -> None:
    assert rung_after(climb(Rung.BLUE, S.LAPSED), day) is rung


def test_an_extension_holds_a_higher_rung_as_it_holds_the_first() -> None:
    held = climb(Rung.BLUE, S.LAPSED, frozen_until=TODAY)

    assert rung_after(held) is Rung.NONE
    assert rung_after(held, date(2025, 1, 20)) is Rung.YELLOW


def test_an_item_that_caught_up_climbs_no_further() -> None:
    behind = Climb(due_on=date(2025, 12, 31), is_red=True, last_rung=Rung.BLUE, last_state=S.LAPSED)
    caught_up = Climb(due_on=date(2025, 12, 31), last_rung=Rung.BLUE, last_state=S.LAPSED)

    assert rung_after(behind) is Rung.YELLOW
    assert rung_after(caught_up) is Rung.NONE


@pytest.mark.parametrize(
    ("due_on", "rung"),
    [
        pytest.param(date(2025, 12, 31), Rung.BLUE, id="before its date"),
        pytest.param(None, Rung.BLUE, id="without a date"),
    ],
)
def test_a_red_item_opens_the_first_rung_whatever_its_date(due_on: date | None, rung: Rung) -> None:
    assert rung_after(Climb(due_on=due_on, is_red=True)) is rung


@pytest.mark.parametrize(
    ("state", "reds", "yellows", "rung"),
    [
        pytest.param(S.DELIVERED, 2, 1, Rung.NONE, id="two reds, one yellow: not yet"),
        pytest.param(S.DELIVERED, 3, 0, Rung.INTERVIEW, id="the unit's third red in a row"),
        pytest.param(S.ACKNOWLEDGED, 0, 2, Rung.INTERVIEW, id="red after two yellows"),
        pytest.param(S.ISSUED, 3, 2, Rung.NONE, id="R20: not before it was delivered"),
        pytest.param(S.ANSWERED, 3, 2, Rung.NONE, id="an answer is read first"),
        pytest.param(S.ACCEPTED, 3, 2, Rung.NONE, id="an accepted answer ends it"),
    ],
)
def test_a_red_notice_calls_for_an_interview_where_r19_says_so(
    state: NoticeState, reds: int, yellows: int, rung: Rung
) -> None:
    assert rung_after(climb(Rung.RED, state, reds_in_a_row=reds, yellows=yellows)) is rung


def test_the_reason_for_an_interview_is_said_in_words() -> None:
    in_a_row = climb(Rung.RED, S.DELIVERED, reds_in_a_row=4)
    again = climb(Rung.RED, S.DELIVERED, yellows=2)

    assert interview_reason(in_a_row, POLICY) == "该单位连续4次被红色督办"
    assert interview_reason(again, POLICY) == "该事项2次黄色督办后又被红色督办"
    assert interview_reason(climb(Rung.RED, S.LAPSED), POLICY) is None


@pytest.mark.parametrize(
    ("delivered_on", "days", "due_on"),
    [
        pytest.param(date(2025, 1, 2), 10, date(2025, 1, 16), id="two weeks"),
        pytest.param(date(2025, 1, 24), 3, date(2025, 2, 5), id="over the spring festival"),
        pytest.param(date(2025, 1, 25), 1, date(2025, 1, 26), id="from a day off"),
        pytest.param(date(2026, 12, 29), 10, None, id="into an unpublished year"),
        pytest.param(date(2027, 1, 5), 3, None, id="within one"),
    ],
)
def test_an_answer_is_due_working_days_after_delivery(
    delivered_on: date, days: int, due_on: date | None
) -> None:
    assert reply_due_on(delivered_on, days, CALENDAR) == due_on


@pytest.mark.parametrize(
    ("rung", "days"),
    [(Rung.BLUE, 10), (Rung.YELLOW, 5), (Rung.RED, 3), (Rung.INTERVIEW, None), (Rung.NONE, None)],
    ids=str,
)
def test_each_rung_has_its_window(rung: Rung, days: int | None) -> None:
    assert POLICY.reply_days(rung) == days
