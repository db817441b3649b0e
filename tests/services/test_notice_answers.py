"""Answers to notices: they stop the ladder until read, end it when accepted, and are kept."""

from datetime import date

import pytest
from sqlmodel import col, select

from db.notice_tables import NoticeAnswer
from services import notice_answers
from services.notice_answers import Said
from services.notice_sheets import sheet_named
from services.waiting import waiting
from supervision.errors import UsageError
from supervision.lifecycle import ForbiddenMoveError
from supervision.rights import NotAllowedError
from supervision.vocabulary import Decision, NoticeState, Role, Rung
from tests.builders import FINANCE
from tests.noticing import FIRST, HOUSING, Ladder
from tests.people import is_record_whole, person, the_plan

LAST, AFTER = date(2025, 1, 16), date(2025, 1, 17)  # the last day to answer, and the next one
S = NoticeState


@pytest.fixture
def asked(ladder: Ladder) -> Ladder:
    """Give blue notices that were delivered: one on T01 and T02, one on T03."""
    ladder.on(FIRST)
    ladder.send("T01")
    ladder.send("T03")
    return ladder


def answers(ladder: Ladder) -> list[NoticeAnswer]:
    with ladder.office.reading() as session:
        query = select(NoticeAnswer).order_by(col(NoticeAnswer.answered_at))
        return list(session.exec(query.order_by(col(NoticeAnswer.version))))


def test_an_answer_in_time_stops_the_ladder_until_it_is_read(asked: Ladder) -> None:
    asked.on(LAST)
    asked.answer("T01")

    assert asked.on(AFTER) == 2  # T02 and T03 said nothing
    assert asked.stands("T01") == [(Rung.BLUE, S.ANSWERED)]
    assert asked.stands("T02") == [(Rung.BLUE, S.LAPSED), (Rung.YELLOW, S.DRAFT)]


def test_the_same_answer_again_is_the_same_answer(asked: Ladder) -> None:
    asked.answer("T03", HOUSING)
    asked.answer("T03", HOUSING)

    assert [(row.version, row.is_late) for row in answers(asked)] == [(1, False)]
    assert is_record_whole(asked.office)


def test_one_answer_may_speak_for_all_matters_of_a_sheet(asked: Ladder) -> None:
    with asked.office.transaction() as session:
        plan = the_plan(session)
        sheet = sheet_named(session, plan, "2025-1")
        boss = asked.hand(person(session, "局长", Role.HEAD, unit=FINANCE))
        said = Said(body="都在办", reasons="人手不足")
        rows = notice_answers.answer(session, plan, sheet, boss, said)
        assert len(rows) == 2

    assert asked.stands("T01") == asked.stands("T02") == [(Rung.BLUE, S.ANSWERED)]


def test_an_answer_that_is_sent_back_leaves_the_notice_unanswered(asked: Ladder) -> None:
    asked.answer("T03", HOUSING)
    asked.review("T03", accepts=False, opinion="没有说明原因")
    assert asked.stands("T03") == [(Rung.BLUE, S.ACKNOWLEDGED)]

    asked.on(AFTER)

    assert asked.stands("T03") == [(Rung.BLUE, S.LAPSED), (Rung.YELLOW, S.DRAFT)]
    assert [row.decision for row in answers(asked)] == [Decision.REFUSED]


def test_sending_back_needs_words(asked: Ladder) -> None:
    asked.answer("T03", HOUSING)

    with pytest.raises(ForbiddenMoveError, match="须写明理由"):
        asked.review("T03", accepts=False, opinion="")


def test_a_second_answer_is_a_version_of_its_own(asked: Ladder) -> None:
    asked.answer("T03", HOUSING)
    asked.review("T03", accepts=False, opinion="没有说明原因")
    asked.answer("T03", HOUSING, text="原因补充如下")

    assert [(row.version, row.decision) for row in answers(asked)] == [
        (1, Decision.REFUSED),
        (2, Decision.OPEN),
    ]


def test_a_late_answer_keeps_the_next_rung_from_being_signed_and_accepted_ends_it(
    asked: Ladder,
) -> None:
    asked.on(AFTER)
    asked.answer("T03", HOUSING)
    assert [row.is_late for row in answers(asked)] == [True]
    with pytest.raises(ForbiddenMoveError, match="上一份通知已有答复，待审核"):
        asked.sign("T03")

    asked.review("T03", accepts=True)

    assert asked.stands("T03") == [(Rung.BLUE, S.ACCEPTED), (Rung.YELLOW, S.WITHDRAWN)]
    assert asked.on(date(2025, 3, 3)) == 0


def test_only_the_head_of_the_unit_answers(asked: Ladder) -> None:
    with pytest.raises(NotAllowedError, match="答复督办通知"):
        asked.answer("T03")  # another bureau's head


def test_nobody_reviews_what_his_own_unit_answered(asked: Ladder) -> None:
    asked.answer("T03", HOUSING)
    with asked.office.transaction() as session:
        plan = the_plan(session)
        sheet = sheet_named(session, plan, "T03")
        insider = asked.hand(person(session, "局内审核人", Role.REVIEWER, unit=HOUSING))
        with pytest.raises(NotAllowedError, match="须回避"):
            notice_answers.review(session, plan, sheet, insider, accepts=True)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        pytest.param(Said(body=" ", reasons="慢"), "须写明办理情况", id="nothing done"),
        pytest.param(Said(body="在办", reasons=""), "须写明办理情况", id="no reason"),
        pytest.param(
            Said(body="在办", reasons="慢", promised_on=date(2025, 1, 1)),
            "已过",
            id="a past promise",
        ),
    ],
)
def test_an_answer_says_all_that_is_asked(asked: Ladder, said: Said, refusal: str) -> None:
    with asked.office.transaction() as session:
        plan = the_plan(session)
        sheet = sheet_named(session, plan, "T03")
        boss = asked.hand(person(session, "局长", Role.HEAD, unit=HOUSING))
        with pytest.raises(UsageError, match=refusal):
            notice_answers.answer(session, plan, sheet, boss, said)


def test_an_answer_speaks_of_matters_on_the_sheet_only(asked: Ladder) -> None:
    with asked.office.transaction() as session:
        plan = the_plan(session)
        sheet = sheet_named(session, plan, "2025-1")
        boss = asked.hand(person(session, "局长", Role.HEAD, unit=FINANCE))
        said = Said(body="在办", reasons="慢")
        with pytest.raises(UsageError, match="不涉及T03"):
            notice_answers.answer(session, plan, sheet, boss, said, codes=["T03"])


def promised(ladder: Ladder) -> list[str]:
    with ladder.office.reading() as session:
        found = waiting(session, ladder.office.policy, today=ladder.office.today())
    return [code for each in found if each.what.startswith("承诺到期") for code in each.codes]


def test_a_promise_that_was_not_kept_stands_on_the_offices_list_and_climbs_by_hand(
    asked: Ladder,
) -> None:
    asked.answer("T03", HOUSING, promised_on=date(2025, 2, 14))
    asked.review("T03", accepts=True)
    asked.clock.turn_to(date(2025, 2, 14))
    assert promised(asked) == []

    assert asked.on(date(2025, 2, 17)) == 2  # T01 and T02, which nobody answered for
    assert promised(asked) == ["T03"]
    assert asked.stands("T03") == [(Rung.BLUE, S.ACCEPTED)]

    asked.draft("T03", reason="承诺2月14日办结，至今未办结")
    assert promised(asked) == []
    asked.send("T03")
    assert asked.stands("T03") == [(Rung.BLUE, S.ACCEPTED), (Rung.YELLOW, S.DELIVERED)]
