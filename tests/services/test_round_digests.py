"""What a round puts into digests: asking, chasing, supporting units, returns; and signing (R09)."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from db.acts import is_still_due
from db.calendar_days import working_days
from db.record_tables import Act, Message
from services.office import Office
from services.round_by_hand import remind
from services.signing import UnsignedItem, unsigned_items
from services.tick import tick
from supervision.errors import UsageError
from supervision.rights import NotAllowedError
from supervision.vocabulary import ItemState, Role
from tests.builders import FINANCE, adopt_plan, an_item, change_item, item_of
from tests.clock import Clock
from tests.people import person, the_plan
from tests.reporting import (
    CLOSES,
    DUE,
    HOUSING,
    OPENS,
    accept,
    contribute,
    desk,
    digest_on,
    hand_in,
    round_in,
    send_back,
    steps,
)

FIVE_BEFORE, ONE_BEFORE = date(2025, 3, 18), date(2025, 3, 24)
BEFORE_SUPPORT = date(2025, 3, 19)
ASSIGNED = date(2025, 1, 6)  # a Monday
SECOND, FIFTH = date(2025, 1, 8), date(2025, 1, 13)


def sweep(office: Office, *days: date) -> None:
    for day in days:
        tick(office, today=day)


def remind_on(office: Office, day: date, *roles: Role) -> int:
    with office.transaction() as session:
        actor = person(session, "某人", *roles) if roles else None
        return remind(session, desk(office, session, day, actor), round_in(session))


def test_a_supporting_unit_named_itself_is_asked_for_its_input(reporting: Office) -> None:
    told = digest_on(reporting, OPENS, HOUSING)

    assert "## 2025年第一季度调度：请提供配合情况，共 1 项" in told
    assert f"T01 T01的事项（牵头单位：{FINANCE}）" in told
    assert "请在 2025年3月20日前" in told
    assert "应报1项，会同1项" in subject(reporting, HOUSING)


def subject(office: Office, unit: str, day: date = OPENS) -> str:
    with office.reading() as session:
        query = select(Message.subject).where(Message.day == day)
        return session.exec(query.where(col(Message.recipient_name) == unit)).one()


def test_a_member_of_a_collective_is_not_asked_for_being_one(reporting: Office) -> None:
    with reporting.reading() as session:
        told = set(session.exec(select(Message.recipient_name)))

    assert told == {FINANCE, HOUSING}


def test_a_supporting_unit_is_reminded_until_its_input_came_in(reporting: Office) -> None:
    sweep(reporting, BEFORE_SUPPORT)
    assert "请尽快提供配合情况，共 1 项" in digest_on(reporting, BEFORE_SUPPORT, HOUSING)


def test_a_supporting_unit_that_contributed_is_asked_no_more(reporting: Office) -> None:
    contribute(reporting, "已提供用地")

    sweep(reporting, BEFORE_SUPPORT)

    told = digest_on(reporting, BEFORE_SUPPORT, HOUSING)
    assert "T02" in told
    assert "配合情况" not in told


def test_when_the_report_is_in_nobody_is_asked_for_input_to_it(reporting: Office) -> None:
    hand_in(reporting)

    sweep(reporting, BEFORE_SUPPORT)

    told = digest_on(reporting, BEFORE_SUPPORT, HOUSING)
    assert "T02" in told
    assert "配合情况" not in told


def test_a_round_that_opens_after_the_day_for_input_asks_for_none(
    office: Office, clock: Clock
) -> None:
    clock.turn_to(date(2025, 3, 21))
    adopt_plan(office, an_item("T01", supporting=[HOUSING]))

    sweep(office, date(2025, 3, 21))

    assert steps(office) == ["R06 open"]


def test_a_report_sent_back_is_asked_for_again_though_every_step_was_taken(
    reporting: Office,
) -> None:
    late = DUE + timedelta(days=1)
    sweep(reporting, FIVE_BEFORE, ONE_BEFORE, late)
    hand_in(reporting, as_of=late)
    send_back(reporting, as_of=late)

    sweep(reporting, date(2025, 3, 27))

    told = digest_on(reporting, date(2025, 3, 27))
    assert "报送被退回，请按退回意见修改后重报，共 1 项" in told
    assert "T01" in told
    assert "P01" not in told


def test_a_report_sent_back_is_chased_by_the_steps_still_to_come(reporting: Office) -> None:
    hand_in(reporting)
    send_back(reporting)

    sweep(reporting, FIVE_BEFORE)

    assert "R07 -5wd" in steps(reporting)


def test_a_report_handed_in_again_ends_the_chase_at_once(reporting: Office) -> None:
    hand_in(reporting)
    send_back(reporting)
    hand_in(reporting, progress="补报")

    sweep(reporting, date(2025, 3, 11), FIVE_BEFORE, ONE_BEFORE, DUE + timedelta(days=1))

    assert steps(reporting) == ["R05 returned-1", "R06 open", "R06 support"]
    assert digest_on(reporting, date(2025, 3, 11)) == ""


def test_a_message_about_a_report_that_came_in_is_not_due_any_more(reporting: Office) -> None:
    hand_in(reporting)
    hand_in(reporting, "P01")

    with reporting.reading() as session:
        assert not still_due(session, FINANCE)
        assert still_due(session, HOUSING)


def still_due(session: Session, unit: str) -> bool:
    message = session.exec(select(Message).where(col(Message.recipient_name) == unit)).one()
    return is_still_due(session, message.id)


def test_the_office_reminds_once_a_day_and_the_next_digest_tells_it(reporting: Office) -> None:
    hand_in(reporting)
    day = date(2025, 3, 13)

    assert remind_on(reporting, day) == 2
    assert remind_on(reporting, day) == 0
    sweep(reporting, day)

    assert "P01" in digest_on(reporting, day)
    assert "T01" not in digest_on(reporting, day)
    assert remind_on(reporting, day + timedelta(days=1)) == 2


def test_only_the_office_reminds_and_only_in_an_open_round(reporting: Office) -> None:
    with pytest.raises(NotAllowedError):
        remind_on(reporting, OPENS, Role.HEAD)
    sweep(reporting, CLOSES)
    with pytest.raises(UsageError, match="已截止"):
        remind_on(reporting, CLOSES)


def test_an_accepted_report_is_never_chased(reporting: Office) -> None:
    hand_in(reporting)
    accept(reporting)

    sweep(reporting, FIVE_BEFORE, ONE_BEFORE)

    assert steps(reporting) == ["R06 open", "R06 support"]


@pytest.fixture
def assigned(office: Office, clock: Clock) -> Office:
    """Give an office that was assigned a task and a project on a Monday, swept that day."""
    clock.turn_to(ASSIGNED)
    adopt_plan(office, an_item("T01"), an_item("P01", lead=HOUSING))
    sweep(office, ASSIGNED)
    return office


def urged(office: Office) -> list[tuple[str, str]]:
    with office.reading() as session:
        query = select(Act.step, col(Act.recorded_on)).where(
            Act.rule == "R09", Act.work_item_id == item_of(session, "T01").id
        )
        return sorted((step, str(day)) for step, day in session.exec(query))


def test_signing_is_urged_on_the_second_and_the_fifth_working_day(assigned: Office) -> None:
    sweep(assigned, *(ASSIGNED + timedelta(days=n) for n in range(1, 20)))

    assert urged(assigned) == [("+2wd", str(SECOND)), ("+5wd", str(FIFTH))]
    assert "## 待签收 1 项" in digest_on(assigned, SECOND)
    assert "待签收1项" in subject(assigned, FINANCE, FIFTH)


def test_what_was_signed_for_is_urged_no_more(assigned: Office) -> None:
    sweep(assigned, SECOND)
    change_item(assigned, "T01", state=ItemState.IN_PROGRESS, acknowledged_on=SECOND)

    sweep(assigned, FIFTH)

    assert urged(assigned) == [("+2wd", str(SECOND))]
    assert digest_on(assigned, FIFTH) == ""


def test_an_urging_recorded_on_a_day_off_is_dropped_when_signed_for_meanwhile(
    office: Office, clock: Clock
) -> None:
    clock.turn_to(date(2025, 1, 2))
    adopt_plan(office, an_item("T01"))
    sweep(office, date(2025, 1, 2), date(2025, 1, 5))  # a Sunday, after Friday's step
    with office.reading() as session:
        assert len(session.exec(select(Act)).all()) == 0
    sweep(office, date(2025, 1, 6))
    change_item(office, "T01", acknowledged_on=date(2025, 1, 6), state=ItemState.IN_PROGRESS)

    with office.reading() as session:
        assert not still_due(session, FINANCE)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"historic": True}, id="historic: the office settles it first"),
        pytest.param({"due_on": date(2025, 1, 7)}, id="overdue: it is urged for its date"),
        pytest.param({"state": ItemState.SUSPENDED}, id="suspended"),
    ],
)
def test_no_other_item_is_urged_for_a_signature(
    assigned: Office, change: dict[str, object]
) -> None:
    change_item(assigned, "T01", **change)

    sweep(assigned, SECOND)

    assert urged(assigned) == []


def test_a_settled_historic_item_is_urged_from_its_settlement(assigned: Office) -> None:
    change_item(assigned, "T01", settled_on=SECOND)

    sweep(assigned, SECOND, date(2025, 1, 10))

    assert urged(assigned) == [("+2wd", "2025-01-10")]


def test_after_the_last_urging_the_item_stands_on_the_offices_list(assigned: Office) -> None:
    change_item(assigned, "P01", state=ItemState.IN_PROGRESS, acknowledged_on=SECOND)

    assert to_be_telephoned(assigned, FIFTH) == []
    assert to_be_telephoned(assigned, date(2025, 1, 14)) == [
        UnsignedItem(code="T01", title="T01的事项", unit=FINANCE, since=ASSIGNED, working_days=6)
    ]


def to_be_telephoned(office: Office, day: date) -> list[UnsignedItem]:
    with office.reading() as session:
        calendar = working_days(session)
        return unsigned_items(session, the_plan(session), office.policy, calendar, today=day)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_first_sweep_months_after_the_baseline_urges_no_old_signature(
    zhanggong: Office,
) -> None:
    swept = tick(zhanggong, today=date(2025, 1, 2))

    assert (swept.messages_queued, swept.notices_drafted) == (4, 8)
    assert len(to_be_telephoned(zhanggong, date(2025, 1, 2))) == 58
