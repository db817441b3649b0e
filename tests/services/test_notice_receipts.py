"""What becomes of an issued notice: how it reaches its unit, and what voiding it leaves behind."""

from datetime import date

import pytest
from sqlmodel import col, select

from db.plan_tables import ChannelAddress
from db.record_tables import Message
from services import notice_outcomes
from services.office import Office
from supervision.errors import UsageError
from supervision.lifecycle import ForbiddenMoveError
from supervision.rights import NotAllowedError
from supervision.vocabulary import (
    ChannelKind,
    ItemState,
    MessageKind,
    MessageState,
    NoticeState,
    Rung,
)
from tests.builders import FINANCE, change_item
from tests.noticing import FIRST, HOUSING, Ladder
from tests.people import unit_id

S = NoticeState


@pytest.fixture
def issued(ladder: Ladder) -> Ladder:
    """Give T03's blue notice, issued and still in the outbox."""
    ladder.on(FIRST)
    ladder.sign("T03")
    ladder.issue("T03")
    return ladder


def formal(office: Office) -> list[MessageState]:
    with office.reading() as session:
        query = select(Message).where(col(Message.kind) == MessageKind.NOTICE)
        return [message.state for message in session.exec(query)]


def test_the_time_to_answer_runs_from_the_day_the_message_was_accepted(issued: Ladder) -> None:
    assert issued.stands("T03") == [(Rung.BLUE, S.ISSUED)]
    issued.clock.turn_to(date(2025, 1, 6))
    issued.post()

    (sheet,) = issued.sheets()
    assert (sheet.delivered_on, sheet.reply_due_on) == (date(2025, 1, 6), date(2025, 1, 20))
    assert sheet.state is S.DELIVERED


def test_a_notice_issued_for_a_day_gone_by_is_filed_on_that_day(ladder: Ladder) -> None:
    ladder.on(FIRST)
    ladder.clock.turn_to(date(2026, 11, 23))
    ladder.sign("T03", as_of=FIRST)
    ladder.issue("T03", as_of=FIRST)
    ladder.post()

    (sheet,) = ladder.sheets()
    assert (sheet.delivered_on, sheet.reply_due_on) == (FIRST, date(2025, 1, 16))


def test_a_notice_that_was_only_filed_reached_nobody_once_real_channels_are_in_use(
    issued: Ladder,
) -> None:
    with issued.office.transaction() as session:
        elsewhere = unit_id(session, FINANCE)
        session.add(
            ChannelAddress(
                unit_id=elsewhere, kind=ChannelKind.MAIL, address="li@gov.example", position=1
            )
        )
    issued.post()

    assert formal(issued.office) == [MessageState.SENT]
    assert issued.stands("T03") == [(Rung.BLUE, S.ISSUED)]


def test_an_undelivered_notice_never_lapses(issued: Ladder) -> None:
    issued.on(date(2025, 6, 30), posts=False)

    assert issued.stands("T03") == [(Rung.BLUE, S.ISSUED)]


def test_handed_over_first_the_message_that_follows_changes_nothing(issued: Ladder) -> None:
    issued.clock.turn_to(date(2025, 1, 3))
    issued.hand_over("T03")
    issued.clock.turn_to(date(2025, 1, 8))
    issued.post()

    (sheet,) = issued.sheets()
    assert (sheet.delivered_on, sheet.delivered_how) == (date(2025, 1, 3), "专人送达，李四收")
    assert formal(issued.office) == [MessageState.SENT]


def test_who_signs_for_a_notice_has_it(issued: Ladder) -> None:
    issued.clock.turn_to(date(2025, 1, 3))
    issued.acknowledge("T03", HOUSING)
    issued.acknowledge("T03", HOUSING)

    (sheet,) = issued.sheets()
    assert (sheet.state, sheet.delivered_how) == (S.ACKNOWLEDGED, "签收")
    assert sheet.reply_due_on == date(2025, 1, 17)


def test_only_the_unit_addressed_signs_for_a_notice(issued: Ladder) -> None:
    with pytest.raises(NotAllowedError, match="签收督办通知"):
        issued.acknowledge("T03")  # another bureau's head


def test_handing_over_says_how_and_not_before_it_was_issued(issued: Ladder) -> None:
    with pytest.raises(UsageError, match="方式和签收人"):
        issued.hand_over("T03", " ")
    issued.clock.turn_to(date(2025, 1, 1))
    with pytest.raises(UsageError, match="早于印发日期"):
        issued.hand_over("T03")


def test_a_voided_notice_keeps_its_number_and_leaves_its_rung_to_a_person(issued: Ladder) -> None:
    issued.void("T03")

    assert [sheet.number for sheet in issued.sheets()] == [1]
    assert not issued.stands_still("T03")
    assert issued.on(date(2025, 1, 3)) == 0  # no sweep drafts it again
    issued.draft("T03", reason="重新发文")
    assert issued.send("T03") == "章无废办督〔2025〕2号"
    assert sorted(issued.stands("T03")) == [(Rung.BLUE, S.DELIVERED), (Rung.BLUE, S.VOIDED)]


def test_the_message_of_a_voided_notice_is_not_sent(issued: Ladder) -> None:
    issued.void("T03")
    issued.post()

    assert formal(issued.office) == [MessageState.WITHDRAWN]


def test_a_notice_on_an_item_closed_meanwhile_is_not_sent(issued: Ladder) -> None:
    change_item(issued.office, "T03", state=ItemState.CLOSED)

    assert not issued.stands_still("T03")


def test_a_notice_is_voided_for_a_reason_and_by_an_approver(issued: Ladder) -> None:
    with pytest.raises(ForbiddenMoveError, match="须写明理由"):
        issued.void("T03", " ")

    assert issued.stands("T03") == [(Rung.BLUE, S.ISSUED)]


def test_a_late_word_of_the_post_does_not_bring_a_voided_notice_back(issued: Ladder) -> None:
    issued.void("T03")
    (sheet,) = issued.sheets()
    with issued.office.transaction() as session:
        at = issued.office.now()
        notice_outcomes.delivered(session, sheet_id=sheet.id, on=FIRST, at=at, how="邮件")

    assert issued.stands("T03") == [(Rung.BLUE, S.VOIDED)]


def test_what_was_accepted_is_not_voided(issued: Ladder) -> None:
    issued.post()
    issued.answer("T03", HOUSING)
    issued.review("T03", accepts=True)

    with pytest.raises(ForbiddenMoveError, match="答复已采纳"):
        issued.void("T03")


def test_voiding_a_lapsed_notice_takes_the_draft_above_it_along(issued: Ladder) -> None:
    issued.post()
    assert issued.on(date(2025, 1, 17)) == 1
    assert issued.stands("T03")[-1] == (Rung.YELLOW, S.DRAFT)

    issued.void("T03")

    assert set(issued.stands("T03")) == {(Rung.BLUE, S.VOIDED), (Rung.YELLOW, S.WITHDRAWN)}
