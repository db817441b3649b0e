"""A unit reports, corrects, is sent back and reports again; others add what they did."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from db.work_items import Wanted
from services import report_reviews, reports
from services.items import listed
from services.obligations import obligation_of
from services.office import Office
from services.report_content import ReportContent
from services.report_reviews import Review
from services.tick import tick
from supervision.errors import UsageError
from supervision.rights import NotAllowedError
from supervision.vocabulary import ItemState, ObligationState, Role
from tests.builders import FINANCE, adopt_plan, an_item, change_item, item_of
from tests.clock import Clock
from tests.people import is_record_whole, person, the_plan
from tests.reporting import (
    CLOSES,
    DUE,
    HOUSING,
    OPENS,
    accept,
    contribute,
    dispatcher,
    events,
    hand_in,
    inputs,
    liaison,
    owed,
    send_back,
    state,
    versions,
)

ONE_DAY = timedelta(days=1)
NEXT_OPENS = date(2025, 6, 10)


def test_a_report_is_stored_as_said_and_the_obligation_is_reported(reporting: Office) -> None:
    hand_in(reporting, progress=" 已开工 \r\n", percent=30, next_step="验收", stage="  ")

    assert state(reporting) is ObligationState.REPORTED
    with owed(reporting) as (session, obligation):
        said = reports.prefilled(session, obligation)
    assert said == ReportContent(progress="已开工", percent=30, next_step="验收")
    (event,) = events(reporting, "hand_in")
    assert (event.before, event.after) == ("open", "reported")
    assert event.facts["code"] == "T01"
    assert is_record_whole(reporting)


def test_a_correction_is_a_new_version_and_takes_the_place_of_the_old(reporting: Office) -> None:
    hand_in(reporting, progress="一")

    assert hand_in(reporting, progress="二") == 2

    assert versions(reporting) == [(1, "一", "withdrawn"), (2, "二", "open")]


def test_the_same_report_again_is_no_new_version_and_no_act(reporting: Office) -> None:
    assert hand_in(reporting, progress="一", percent=3) == 1
    assert hand_in(reporting, progress="一 ", percent=3) == 1

    assert len(versions(reporting)) == len(events(reporting, "hand_in")) == 1


def test_an_accepted_report_is_not_changed_any_more(reporting: Office) -> None:
    hand_in(reporting, progress="一")
    accept(reporting)

    with pytest.raises(UsageError, match="已审定"):
        hand_in(reporting, progress="二")

    assert state(reporting) is ObligationState.ACCEPTED
    assert versions(reporting) == [(1, "一", "approved")]
    assert hand_in(reporting, progress="一") == 1


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        pytest.param({"progress": " \u200b\n"}, "没有填写本季进展", id="nothing to be seen"),
        pytest.param({"percent": 101}, "不在0到100之间", id="more than all of it"),
        pytest.param({"percent": -1}, "不在0到100之间", id="less than nothing"),
        pytest.param({"problems": "字" * 10_001}, "超过10000字", id="a novel"),
        pytest.param({"invested_wan": Decimal(1)}, "不是项目", id="money on a task"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(
    reporting: Office, parts: dict[str, Any], what: str
) -> None:
    with pytest.raises(UsageError, match=what):
        hand_in(reporting, **parts)

    assert state(reporting) is ObligationState.OPEN
    assert versions(reporting) == []


@pytest.mark.parametrize("wan", ["NaN", "Infinity", "-0.01", "1000000000000"])
def test_money_that_is_none_is_refused(reporting: Office, wan: str) -> None:
    with pytest.raises(UsageError, match="不是有效金额"):
        hand_in(reporting, "P01", invested_wan=Decimal(wan))


def test_a_project_says_what_was_invested_to_the_cent(reporting: Office) -> None:
    hand_in(reporting, "P01", invested_wan=Decimal("1200.505"))

    with owed(reporting, "P01") as (session, obligation):
        assert reports.prefilled(session, obligation).invested_wan == Decimal("1200.50")


def test_a_share_below_the_accepted_one_needs_its_reason(reporting: Office) -> None:
    hand_in(reporting, percent=60)
    accept(reporting)
    tick(reporting, today=CLOSES)
    tick(reporting, today=NEXT_OPENS)

    def report(**parts: Any) -> int:  # noqa: ANN401 - parts of a report
        with reporting.transaction() as session:
            obligation = obligation_of(session, item_of(session, "T01"), "2025q2")
            return reports.hand_in(
                session,
                obligation,
                ReportContent(progress="返工", **parts),
                liaison(session),
                as_of=NEXT_OPENS,
                now=reporting.now(),
            ).version

    with pytest.raises(UsageError, match="由60%降为40%"):
        report(percent=40)
    assert report(percent=40, problems="管网返工") == 1


def test_the_form_of_the_next_quarter_holds_the_last_text(reporting: Office) -> None:
    hand_in(reporting, progress="一季度的内容", percent=20)
    tick(reporting, today=CLOSES)
    tick(reporting, today=NEXT_OPENS)

    with reporting.transaction() as session:
        obligation = obligation_of(session, item_of(session, "T01"), "2025Q2")
        form, stands = reports.prefilled(session, obligation), obligation.state

    assert form == ReportContent(progress="一季度的内容", percent=20)
    assert stands is ObligationState.OPEN


def test_a_text_that_was_sent_back_for_good_is_not_offered_again(reporting: Office) -> None:
    hand_in(reporting, progress="空话")
    send_back(reporting)
    tick(reporting, today=CLOSES)
    tick(reporting, today=NEXT_OPENS)

    with reporting.transaction() as session:
        obligation = obligation_of(session, item_of(session, "T01"), "2025Q2")
        assert reports.prefilled(session, obligation) == ReportContent(progress="")


@pytest.mark.parametrize(
    ("as_of", "what"),
    [
        pytest.param(OPENS - ONE_DAY, "才开启", id="before the round opened"),
        pytest.param(CLOSES, "已截止", id="on the day it closes"),
    ],
)
def test_outside_the_rounds_days_nothing_is_taken(
    reporting: Office, as_of: date, what: str
) -> None:
    with pytest.raises(UsageError, match=what):
        hand_in(reporting, as_of=as_of)


def test_up_to_the_day_before_closing_a_late_report_is_taken(reporting: Office) -> None:
    assert hand_in(reporting, as_of=CLOSES - ONE_DAY) == 1


def test_a_closed_round_takes_no_report_whatever_day_is_claimed(reporting: Office) -> None:
    tick(reporting, today=CLOSES)

    with pytest.raises(UsageError, match="已截止"):
        hand_in(reporting, as_of=DUE)


def test_nothing_is_owed_on_an_item_that_was_closed(reporting: Office) -> None:
    change_item(reporting, "T01", state=ItemState.CLOSED)

    with pytest.raises(UsageError, match="无须报送"):
        hand_in(reporting)


def test_a_quarter_without_a_round_owes_nothing(reporting: Office) -> None:
    with reporting.transaction() as session, pytest.raises(UsageError, match="没有应报"):
        obligation_of(session, item_of(session, "T01"), "2025Q3")


@pytest.mark.parametrize("unit", [HOUSING, "区“无废城市”建设工作领导小组办公室"])
def test_only_the_unit_that_answers_reports(reporting: Office, unit: str) -> None:
    with pytest.raises(NotAllowedError):
        hand_in(reporting, unit=unit)

    assert state(reporting) is ObligationState.OPEN


def test_a_report_sent_back_is_owed_again_and_then_accepted(reporting: Office) -> None:
    hand_in(reporting, progress="空话")
    send_back(reporting, "缺少数据来源")
    assert state(reporting) is ObligationState.SENT_BACK

    with pytest.raises(UsageError, match="缺少数据来源"):
        hand_in(reporting, progress="空话")
    hand_in(reporting, progress="完成管网12公里")
    accept(reporting)

    assert state(reporting) is ObligationState.ACCEPTED
    assert versions(reporting) == [(1, "空话", "refused"), (2, "完成管网12公里", "approved")]
    (event,) = events(reporting, "send_report_back")
    assert (event.why, event.before, event.after) == ("缺少数据来源", "reported", "sent_back")


def test_sending_back_needs_a_reason_and_an_open_round(reporting: Office) -> None:
    hand_in(reporting)

    with pytest.raises(UsageError, match="须写明原因"):
        send_back(reporting, " ")
    with pytest.raises(UsageError, match="已截止"):
        send_back(reporting, as_of=CLOSES)
    assert state(reporting) is ObligationState.REPORTED


def test_reviewing_twice_changes_nothing(reporting: Office) -> None:
    hand_in(reporting)
    send_back(reporting)
    send_back(reporting, "另一理由")
    hand_in(reporting, progress="补报")
    accept(reporting)
    accept(reporting)

    assert len(events(reporting, "send_report_back")) == 1
    assert len(events(reporting, "accept_report")) == 1


def test_what_is_not_there_cannot_be_reviewed(reporting: Office) -> None:
    with pytest.raises(UsageError, match="尚未报送"):
        accept(reporting)

    hand_in(reporting)
    send_back(reporting)
    with pytest.raises(UsageError, match="没有待审内容"):
        accept(reporting)


def test_a_reviewer_decides_on_what_he_has_read(reporting: Office) -> None:
    hand_in(reporting, progress="一")
    hand_in(reporting, progress="二")

    with owed(reporting) as (session, obligation):
        actor, now = dispatcher(session), reporting.now()
        stale = Review(actor=actor, as_of=OPENS, now=now, version=1)
        with pytest.raises(UsageError, match="第2版"):
            report_reviews.accept(session, obligation, stale)


@pytest.mark.parametrize("unit", [FINANCE, HOUSING])
def test_nobody_reviews_the_report_of_a_unit_he_belongs_to(reporting: Office, unit: str) -> None:
    hand_in(reporting)

    with owed(reporting) as (session, obligation):
        actor = person(session, "审核人", Role.REVIEWER, unit=unit)
        with pytest.raises(NotAllowedError, match="须回避"):
            report_reviews.accept(
                session, obligation, Review(actor=actor, as_of=OPENS, now=reporting.now())
            )


def test_nobody_reviews_his_own_report_from_another_desk(reporting: Office) -> None:
    hand_in(reporting)

    with owed(reporting) as (session, obligation):
        actor = person(session, f"{FINANCE}联络员", Role.OFFICE)
        with pytest.raises(NotAllowedError, match="本人"):
            report_reviews.accept(
                session, obligation, Review(actor=actor, as_of=OPENS, now=reporting.now())
            )


def test_a_supporting_unit_has_one_text_and_corrects_it(reporting: Office) -> None:
    assert contribute(reporting, "已提供用地") == 1
    assert contribute(reporting, "已提供用地") == 1
    assert contribute(reporting, "已提供用地和图纸") == 2

    assert inputs(reporting) == [(1, "已提供用地"), (2, "已提供用地和图纸")]
    assert len(events(reporting, "contribute")) == 2
    assert state(reporting) is ObligationState.OPEN


def test_only_a_supporting_unit_contributes(reporting: Office) -> None:
    with pytest.raises(NotAllowedError):
        contribute(reporting, "我", unit=FINANCE)
    with pytest.raises(UsageError, match="没有填写配合情况"):
        contribute(reporting, "  ")


def test_units_that_share_an_item_by_function_write_one_report_in_turn(
    office: Office, clock: Clock
) -> None:
    clock.turn_to(OPENS)
    adopt_plan(office, an_item("T01", by_function=[FINANCE, HOUSING]))
    tick(office, today=OPENS)

    hand_in(office, progress="财政已拨款")
    with owed(office) as (session, obligation):
        assert reports.prefilled(session, obligation).progress == "财政已拨款"
    assert hand_in(office, progress="财政已拨款；住建已开工", unit=HOUSING) == 2

    assert state(office) is ObligationState.REPORTED


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        pytest.param(OPENS, None, id="before it was reported"),
        pytest.param(OPENS + ONE_DAY, 40, id="on the day it was"),
        pytest.param(date(2025, 6, 1), 40, id="until the next report"),
    ],
)
def test_lists_show_the_progress_reported_by_their_day(
    reporting: Office, day: date, percent: int | None
) -> None:
    hand_in(reporting, percent=40, as_of=OPENS + ONE_DAY)

    assert progress(reporting, day) == percent


def test_a_share_that_was_sent_back_is_shown_no_more(reporting: Office) -> None:
    hand_in(reporting, percent=90)
    send_back(reporting)

    assert progress(reporting, OPENS) is None


def progress(office: Office, day: date) -> int | None:
    with office.reading() as session:
        wanted = Wanted(plan_ids=(the_plan(session).id,), as_of=day)
        found = {item.code: item for item in listed(session, wanted, office.policy)}
        return found["T01"].progress_percent
