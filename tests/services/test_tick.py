from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import Session, col

from db import plans
from db.events import first_broken
from db.plan_tables import ChannelAddress, Unit
from db.record_tables import Act, Event, Message
from services.office import Office
from services.tick import Swept, tick
from supervision.errors import NotConfiguredError, UnknownPlanError
from supervision.vocabulary import ChannelKind
from tests.builders import adopt_plan, an_item
from tests.clock import Clock
from tests.databases import ISSUED_ON
from tests.ledger import contents, messages

ONE_DAY = timedelta(days=1)
NEW_YEAR, BACK_AT_WORK = date(2025, 1, 1), date(2025, 1, 2)


def added(swept: Swept) -> tuple[int, int, int]:
    return swept.rounds_opened, swept.messages_queued, swept.notices_drafted


def reach_by_mail(session: Session) -> None:
    unit = session.connection().execute(select(col(Unit.id)).limit(1)).scalar_one()
    session.add(ChannelAddress(unit_id=unit, kind=ChannelKind.MAIL, address="a@b.test", position=0))


def test_on_a_holiday_what_became_due_is_recorded_and_nobody_is_told(zhanggong: Office) -> None:
    swept = tick(zhanggong, today=NEW_YEAR)

    assert (swept.messages_queued, swept.notices_drafted) == (0, 0)
    assert messages(zhanggong.engine) == []
    with zhanggong.reading() as session:
        untold = select(func.count()).select_from(Act).where(col(Act.message_id).is_(None))
        assert session.connection().execute(untold).scalar_one() > 0


def test_on_the_next_working_day_everybody_concerned_is_told_in_one_digest(
    zhanggong: Office,
) -> None:
    tick(zhanggong, today=NEW_YEAR)

    swept = tick(zhanggong, today=BACK_AT_WORK)

    told = messages(zhanggong.engine)
    assert swept.messages_queued == len(told) > 0
    assert len({recipient for recipient, _ in told}) == len(told)
    assert {day for _, day in told} == {BACK_AT_WORK}
    assert swept.notices_drafted == 8


def test_a_second_sweep_of_the_day_adds_nothing_at_all(zhanggong: Office) -> None:
    tick(zhanggong, today=BACK_AT_WORK)
    before = contents(zhanggong.engine)

    again = tick(zhanggong, today=BACK_AT_WORK)

    assert again.already_done
    assert added(again) == (0, 0, 0)
    assert contents(zhanggong.engine) == before


def test_a_saturday_queues_nothing_and_the_sunday_made_up_for_does(zhanggong: Office) -> None:
    tick(zhanggong, today=date(2025, 1, 22))

    saturday = tick(zhanggong, today=date(2025, 1, 25))  # covers Thursday's reminder too
    sunday = tick(zhanggong, today=date(2025, 1, 26))

    assert (saturday.messages_queued, saturday.notices_drafted) == (0, 0)
    assert saturday.covered_from == date(2025, 1, 23)
    assert sunday.messages_queued > 0


def test_a_day_before_the_last_swept_one_adds_nothing(zhanggong: Office) -> None:
    tick(zhanggong, today=BACK_AT_WORK)
    before = contents(zhanggong.engine)

    earlier = tick(zhanggong, today=date(2024, 6, 11))

    assert earlier.already_done
    assert added(earlier) == (0, 0, 0)
    assert contents(zhanggong.engine) == before


def test_a_day_before_the_baseline_adds_nothing_and_is_not_marked_as_done(
    zhanggong: Office,
) -> None:
    before = contents(zhanggong.engine)

    swept = tick(zhanggong, today=ISSUED_ON - ONE_DAY)

    assert added(swept) == (0, 0, 0)
    assert not swept.already_done
    assert contents(zhanggong.engine) == before


def test_before_any_plan_is_adopted_there_is_nothing_to_sweep(office: Office) -> None:
    assert added(tick(office, today=ISSUED_ON)) == (0, 0, 0)


def test_a_day_to_come_may_be_tried_while_only_files_are_written(zhanggong: Office) -> None:
    assert zhanggong.today() == ISSUED_ON

    assert not tick(zhanggong, today=ISSUED_ON + ONE_DAY).already_done


def test_a_day_to_come_is_refused_once_people_are_reached(zhanggong: Office, clock: Clock) -> None:
    clock.turn_to(BACK_AT_WORK)
    with zhanggong.transaction() as session:
        reach_by_mail(session)
    before = contents(zhanggong.engine)

    with pytest.raises(NotConfiguredError, match="2025-01-03 尚未到来") as refusal:
        tick(zhanggong, today=BACK_AT_WORK + ONE_DAY)

    assert refusal.value.advice
    assert contents(zhanggong.engine) == before
    assert not tick(zhanggong, today=BACK_AT_WORK).already_done


def test_a_trial_says_what_would_be_and_keeps_nothing(zhanggong: Office) -> None:
    before = contents(zhanggong.engine)

    trial = tick(zhanggong, today=BACK_AT_WORK, is_trial=True)

    assert contents(zhanggong.engine) == before
    assert tick(zhanggong, today=BACK_AT_WORK) == trial


def test_what_a_sweep_added_is_on_record_and_nothing_else_is(zhanggong: Office) -> None:
    tick(zhanggong, today=BACK_AT_WORK)
    tick(zhanggong, today=BACK_AT_WORK + ONE_DAY)  # nothing becomes due on this day

    with zhanggong.reading() as session:
        query = select(col(Event.act), col(Event.as_of), col(Event.facts)).where(
            col(Event.about_kind) == "sweep"
        )
        entries = session.connection().execute(query.order_by(col(Event.sequence))).tuples().all()
        office = plans.the_office(session)
        assert office is not None
        assert first_broken(session, office.id) is None

    assert [act for act, _, _ in entries] == ["sweep_judging", "sweep_digests", "sweep_notices"]
    assert {as_of for _, as_of, _ in entries} == {BACK_AT_WORK}
    for _, _, facts in entries:
        assert facts["covered_from"] == "2024-03-03"
        assert facts["added"] > 0
        assert facts["policy"] == zhanggong.policy.version


def test_one_of_two_plans_can_be_swept_alone(office: Office) -> None:
    adopt_plan(office, an_item("T01"), code="first")
    adopt_plan(office, an_item("T02"), code="second")

    assert tick(office, today=date(2024, 3, 11), plan_code="first").rounds_opened == 1
    assert tick(office, today=date(2024, 3, 11)).rounds_opened == 1
    with pytest.raises(UnknownPlanError, match="third") as refusal:
        tick(office, today=date(2024, 3, 11), plan_code="third")
    assert "first、second" in refusal.value.advice


def test_a_unit_with_items_of_two_plans_gets_one_digest(office: Office) -> None:
    adopt_plan(office, an_item("T01"), code="first")
    adopt_plan(office, an_item("T02"), code="second")

    swept = tick(office, today=date(2024, 3, 11))

    assert swept.messages_queued == 1
    with office.reading() as session:
        body = session.connection().execute(select(col(Message.body))).scalar_one()
    assert "T01 T01的事项" in body
    assert "T02 T02的事项" in body
