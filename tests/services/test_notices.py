from datetime import date

import pytest
from sqlmodel import col, select

from db.plan_tables import WorkItem
from db.record_tables import Notice
from services import calendars
from services.office import Office
from services.tick import tick
from supervision.vocabulary import ItemState, NoticeState, Rung, SweepPart
from tests.builders import adopt_plan, an_item, change_item
from tests.clock import Clock

DUE = date(2024, 12, 31)


def drafted(office: Office, day: date) -> int:
    return tick(office, today=day, parts=[SweepPart.NOTICES]).notices_drafted


def codes(office: Office) -> list[str]:
    with office.reading() as session:
        query = select(WorkItem.code).join(Notice, col(Notice.work_item_id) == col(WorkItem.id))
        return sorted(session.exec(query))


def test_on_the_first_working_day_of_2025_eight_notices_are_drafted(zhanggong: Office) -> None:
    assert drafted(zhanggong, date(2025, 1, 2)) == 8

    assert codes(zhanggong) == ["P04", "P18", "T02", "T03", "T04", "T07", "T08", "T15"]


def test_a_draft_says_what_it_rests_on(zhanggong: Office) -> None:
    drafted(zhanggong, date(2025, 1, 2))

    with zhanggong.reading() as session:
        rows = session.exec(select(Notice).order_by(col(Notice.overdue_since))).all()
        assert {row.state for row in rows} == {NoticeState.DRAFT}
        assert {row.rung for row in rows} == {Rung.BLUE}
        assert {row.drafted_on for row in rows} == {date(2025, 1, 2)}
        assert {row.policy_version for row in rows} == {zhanggong.policy.version}
        assert rows[0].overdue_since == date(2024, 3, 31)
        assert rows[-1].overdue_since == DUE


@pytest.mark.parametrize(
    ("day", "drafts"),
    [
        pytest.param(date(2024, 12, 31), 3, id="Tuesday: what was due until the day before"),
        pytest.param(date(2025, 1, 1), 0, id="new year's day"),
        pytest.param(date(2025, 1, 25), 0, id="a Saturday"),
        pytest.param(date(2025, 1, 26), 8, id="a Sunday made up for"),
    ],
)
def test_no_notice_is_drafted_on_a_day_off(zhanggong: Office, day: date, drafts: int) -> None:
    assert drafted(zhanggong, day) == drafts


def test_an_item_is_drafted_a_notice_once(zhanggong: Office) -> None:
    assert [drafted(zhanggong, date(2025, 1, day)) for day in (2, 2, 3, 6)] == [8, 0, 0, 0]


def test_an_item_the_office_has_settled_climbs_the_ladder(zhanggong: Office) -> None:
    drafted(zhanggong, date(2025, 1, 2))
    change_item(zhanggong, "T01", historic=False)

    assert drafted(zhanggong, date(2025, 1, 3)) == 1
    assert "T01" in codes(zhanggong)


@pytest.mark.parametrize(
    ("state", "drafts"),
    [
        (ItemState.ASSIGNED, 1),
        (ItemState.IN_PROGRESS, 1),
        (ItemState.SUBMITTED, 0),
        (ItemState.CLOSED, 0),
        (ItemState.SUSPENDED, 0),
        (ItemState.CANCELLED, 0),
    ],
    ids=str,
)
def test_only_an_item_still_being_worked_on_is_drafted_a_notice(
    office: Office, state: ItemState, drafts: int
) -> None:
    adopt_plan(office, an_item("T01", due_on=DUE))
    change_item(office, "T01", state=state, submitted_on=DUE)

    assert drafted(office, date(2025, 1, 2)) == drafts


def test_in_an_unpublished_year_nothing_is_drafted_until_its_notice_is_on_record(
    office: Office, clock: Clock
) -> None:
    clock.turn_to(date(2026, 12, 1))
    adopt_plan(office, an_item("T01", due_on=date(2026, 12, 31)))

    assert drafted(office, date(2027, 1, 4)) == 0  # a Monday, presumed to be worked on
    with office.transaction() as session:
        calendars.publish_year(
            session, 2027, holidays=[date(2027, 1, 1)], makeups=[], source="国办通知"
        )

    assert drafted(office, date(2027, 1, 5)) == 1
