"""The daily sweep of the ladder: what it withdraws, lets lapse and drafts, by which rules."""

from datetime import date

import pytest
from sqlmodel import select

from db.notice_tables import PolicyEdition
from db.plan_tables import WorkItem
from db.record_tables import Notice
from services import calendars
from services.office import Office
from supervision.vocabulary import ItemState, Move, NoticeState, Rung
from tests.builders import adopt_plan, an_item, change_item
from tests.clock import Clock
from tests.ledger import contents
from tests.noticing import DUE, FIRST, Ladder, dispatcher
from tests.people import move

AFTER_BLUE = date(2025, 1, 17)  # the first day after a blue notice of 2 January has lapsed
S = NoticeState


def notices_on(ladder: Ladder, code: str) -> list[Notice]:
    with ladder.office.reading() as session:
        query = select(Notice).join(WorkItem).where(WorkItem.code == code)
        return sorted(session.exec(query), key=lambda notice: notice.drafted_on)


def test_a_second_sweep_of_a_day_on_which_a_notice_lapsed_changes_nothing(ladder: Ladder) -> None:
    ladder.on(FIRST)
    ladder.send("T03")
    ladder.on(AFTER_BLUE)
    before = contents(ladder.office.engine)

    ladder.on(AFTER_BLUE)

    assert contents(ladder.office.engine) == before


def suspend(ladder: Ladder, code: str) -> None:
    with ladder.office.transaction() as session:
        desk = dispatcher(session)
        review_on = date(2025, 6, 30)
        move(ladder.office, session, code, Move.SUSPEND, desk, reason="停工", review_on=review_on)


def resume(ladder: Ladder, code: str) -> None:
    with ladder.office.transaction() as session:
        move(ladder.office, session, code, Move.RESUME, dispatcher(session), reason="复工")


def test_a_draft_on_a_suspended_item_is_withdrawn_and_drafted_again_when_it_resumes(
    ladder: Ladder,
) -> None:
    ladder.on(FIRST)
    suspend(ladder, "T03")
    assert ladder.on(date(2025, 1, 3)) == 0
    assert ladder.stands("T03") == [(Rung.BLUE, S.WITHDRAWN)]

    resume(ladder, "T03")

    assert ladder.on(date(2025, 1, 6)) == 1
    assert ladder.stands("T03") == [(Rung.BLUE, S.WITHDRAWN), (Rung.BLUE, S.DRAFT)]


def test_a_suspension_stops_the_time_to_answer_and_it_begins_anew(ladder: Ladder) -> None:
    ladder.on(FIRST)
    ladder.send("T03")
    ladder.on(date(2025, 1, 10))
    suspend(ladder, "T03")
    ladder.on(date(2025, 2, 10))
    resume(ladder, "T03")

    ladder.on(date(2025, 2, 24))  # ten working days after it was resumed
    assert ladder.stands("T03") == [(Rung.BLUE, S.DELIVERED)]
    ladder.on(date(2025, 2, 25))
    assert ladder.stands("T03")[0] == (Rung.BLUE, S.LAPSED)


@pytest.mark.parametrize("state", [ItemState.CLOSED, ItemState.SUBMITTED, ItemState.CANCELLED])
def test_closing_an_item_or_asking_for_it_stops_its_ladder(
    ladder: Ladder, state: ItemState
) -> None:
    ladder.on(FIRST)
    ladder.send("T03")
    change_item(ladder.office, "T03", state=state, submitted_on=date(2025, 1, 8))

    ladder.on(date(2025, 3, 3))

    assert ladder.stands("T03") == [(Rung.BLUE, S.DELIVERED)]


def under(ladder: Ladder, **values: object) -> Ladder:
    """Return the same office under a policy in which these rules were changed."""
    office = Office(settings=ladder.office.settings, engine=ladder.office.engine, now=ladder.clock)
    policy = ladder.office.policy
    changed = {
        name: getattr(policy, name).model_copy(update={"value": value})
        for name, value in values.items()
    }
    office.__dict__["policy"] = policy.model_copy(update=changed)  # as if read from its file
    return Ladder(office, ladder.clock)


def test_a_ladder_goes_on_by_the_rules_it_began_under(ladder: Ladder) -> None:
    began_under = ladder.office.policy.version
    ladder.on(FIRST)
    ladder.send("T03")
    windows = ladder.office.policy.reply_windows.value.model_copy(update={"yellow": 1, "blue": 1})
    later = under(ladder, reply_windows=windows)

    later.on(AFTER_BLUE)
    later.send("T03")

    assert [notice.policy_version for notice in notices_on(ladder, "T03")] == [began_under] * 2
    assert [sheet.reply_days for sheet in later.sheets()] == [10, 5]
    with ladder.office.reading() as session:
        versions = {row.version for row in session.exec(select(PolicyEdition))}
    assert began_under in versions


def test_an_item_that_starts_later_goes_by_the_new_rules(ladder: Ladder) -> None:
    windows = ladder.office.policy.reply_windows.value.model_copy(update={"blue": 4})
    later = under(ladder, reply_windows=windows)

    later.on(FIRST)
    later.send("T03")

    assert [sheet.reply_days for sheet in later.sheets()] == [4]


def test_an_answer_is_dated_when_the_year_is_published(office: Office, clock: Clock) -> None:
    clock.turn_to(date(2026, 12, 1))
    adopt_plan(office, an_item("T01", due_on=date(2026, 12, 25)), baseline_on=date(2026, 12, 1))
    ladder = Ladder(office, clock)
    ladder.on(date(2026, 12, 28))
    ladder.send("T01")
    (sheet,) = ladder.sheets()
    assert (sheet.delivered_on, sheet.reply_due_on) == (date(2026, 12, 28), None)
    ladder.on(date(2027, 1, 29))
    assert ladder.stands("T01") == [(Rung.BLUE, S.DELIVERED)]

    with office.transaction() as session:
        new_year = [date(2027, 1, 1)]
        calendars.publish_year(session, 2027, holidays=new_year, makeups=[], source="国办通知")
    ladder.on(date(2027, 2, 1))

    (sheet,) = ladder.sheets()
    assert sheet.reply_due_on == date(2027, 1, 12)
    assert ladder.stands("T01") == [(Rung.BLUE, S.LAPSED), (Rung.YELLOW, S.DRAFT)]


def test_silence_over_two_rounds_opens_the_ladder_before_the_date(
    office: Office, clock: Clock
) -> None:
    clock.turn_to(date(2024, 12, 2))
    adopt_plan(office, an_item("T01"), baseline_on=date(2024, 12, 2))  # due at the end of 2025
    ladder = Ladder(office, clock)
    for day in (date(2024, 12, 10), date(2025, 1, 2), date(2025, 3, 10)):
        assert ladder.on(day) == 0

    assert ladder.on(date(2025, 4, 1)) == 1  # the second round closed without a report

    (notice,) = notices_on(ladder, "T01")
    assert notice.overdue_since is None
    assert "未报送" in (notice.why or "")
    ladder.send("T01")
    assert ladder.stands("T01") == [(Rung.BLUE, S.DELIVERED)]


def test_the_third_red_notice_of_a_unit_in_a_row_calls_for_one_interview(
    office: Office, clock: Clock
) -> None:
    clock.turn_to(date(2024, 12, 2))
    codes = ("T01", "T02", "T03")
    items = [an_item(code, due_on=DUE) for code in codes]
    adopt_plan(office, *items, baseline_on=date(2024, 12, 2))
    ladder = Ladder(office, clock)
    ladder.on(date(2024, 12, 30))
    for code in codes:
        ladder.draft(code, Rung.RED)
        ladder.send(code)

    assert ladder.on(FIRST) == 1
    assert ladder.stands("T03") == [(Rung.RED, S.DELIVERED), (Rung.INTERVIEW, S.DRAFT)]
    assert notices_on(ladder, "T03")[-1].why == "该单位连续3次被红色督办"
    assert [ladder.stands(code)[-1] for code in codes[:2]] == [(Rung.RED, S.DELIVERED)] * 2
    ladder.sign("T03")  # R19: it need not have lapsed


def test_a_red_notice_after_two_yellow_ones_calls_for_an_interview(ladder: Ladder) -> None:
    ladder.on(date(2024, 12, 30))
    ladder.draft("T03", Rung.YELLOW)
    ladder.send("T03")
    change_item(ladder.office, "T03", cycle=2)  # as when it is reopened
    ladder.draft("T03", Rung.YELLOW)
    ladder.send("T03")
    ladder.on(date(2025, 1, 8))
    assert ladder.stands("T03")[-1] == (Rung.RED, S.DRAFT)
    ladder.send("T03")

    ladder.on(date(2025, 1, 9))

    assert notices_on(ladder, "T03")[-1].rung is Rung.INTERVIEW
    assert notices_on(ladder, "T03")[-1].why == "该事项2次黄色督办后又被红色督办"


def test_an_urgent_matter_may_start_higher_and_its_paper_says_why(ladder: Ladder) -> None:
    ladder.on(date(2024, 12, 30))
    ladder.draft("T03", Rung.RED, reason="汛期将至")
    ladder.send("T03")

    assert ladder.on(FIRST) == 2  # the others; this one has its notice
    assert ladder.stands("T03") == [(Rung.RED, S.DELIVERED)]
    assert notices_on(ladder, "T03")[0].why == "汛期将至"
