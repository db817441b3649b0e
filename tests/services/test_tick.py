import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import Session, col

from db import plans
from db.events import first_broken
from db.plan_tables import ChannelAddress, Plan, Unit, WorkItem
from db.record_tables import Act, Event, Message, Sweep
from db.work_items import Wanted
from services.items import listed
from services.office import Office
from services.tick import FLOW_PARTS, Swept, tick
from supervision.errors import NotConfiguredError, UnknownPlanError
from supervision.vocabulary import ChannelKind, DeadlineKind
from tests.builders import adopt_plan, an_item
from tests.clock import Clock
from tests.databases import ISSUED_ON, SqliteFiles, adopted, an_office, guarded_engine
from tests.ledger import contents, ledger
from tests.official_days import official_calendar

ONE_DAY = timedelta(days=1)
NEW_YEAR, BACK_AT_WORK = date(2025, 1, 1), date(2025, 1, 2)


def added(swept: Swept) -> tuple[int, int, int]:
    return swept.rounds_opened, swept.messages_queued, swept.notices_drafted


def messages(office: Office) -> list[tuple[str, date]]:
    """Return whom a digest was written to and for which day, in order."""
    with office.reading() as session:
        query = select(col(Message.recipient_name), col(Message.day))
        rows = session.connection().execute(query.order_by(col(Message.day), col(Message.key)))
        return list(rows.tuples())


def reach_by_mail(session: Session) -> None:
    unit = session.connection().execute(select(col(Unit.id)).limit(1)).scalar_one()
    session.add(ChannelAddress(unit_id=unit, kind=ChannelKind.MAIL, address="a@b.test", position=0))


def test_on_a_holiday_what_became_due_is_recorded_and_nobody_is_told(zhanggong: Office) -> None:
    swept = tick(zhanggong, today=NEW_YEAR)

    assert (swept.messages_queued, swept.notices_drafted) == (0, 0)
    assert messages(zhanggong) == []
    with zhanggong.reading() as session:
        untold = select(func.count()).select_from(Act).where(col(Act.message_id).is_(None))
        assert session.connection().execute(untold).scalar_one() > 0


def test_on_the_next_working_day_everybody_concerned_is_told_in_one_digest(
    zhanggong: Office,
) -> None:
    tick(zhanggong, today=NEW_YEAR)

    swept = tick(zhanggong, today=BACK_AT_WORK)

    told = messages(zhanggong)
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


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/Los_Angeles"])
def server_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give the zone that the machine is set to for the test."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@pytest.mark.usefixtures("server_zone")
@pytest.mark.parametrize(
    ("moment", "day", "overdue"),
    [
        pytest.param("2024-12-31 15:59:59", date(2024, 12, 31), 8, id="a second to midnight"),
        pytest.param("2024-12-31 16:00:00", NEW_YEAR, 13, id="midnight in Shanghai"),
    ],
)
def test_items_become_overdue_at_midnight_in_shanghai_wherever_the_server_stands(
    zhanggong: Office, clock: Clock, moment: str, day: date, overdue: int
) -> None:
    clock.set(datetime.fromisoformat(moment).replace(tzinfo=UTC))

    today = zhanggong.today()

    assert today == day
    with zhanggong.reading() as session:
        adopted_plans = tuple(session.connection().execute(select(col(Plan.id))).scalars())
        wanted = Wanted(plan_ids=adopted_plans, as_of=today, overdue_only=True)
        assert len(listed(session, wanted, zhanggong.policy)) == overdue


def test_after_an_outage_one_sweep_covers_the_days_missed(zhanggong: Office) -> None:
    tick(zhanggong, today=date(2024, 11, 20))

    swept = tick(zhanggong, today=BACK_AT_WORK)

    assert (swept.covered_from, swept.as_of) == (date(2024, 11, 21), BACK_AT_WORK)
    with zhanggong.reading() as session:
        query = select(col(Sweep.day), col(Sweep.covered_from)).distinct()
        days = set(session.connection().execute(query).tuples())
    assert days == {
        (date(2024, 11, 20), ISSUED_ON),
        (BACK_AT_WORK, date(2024, 11, 21)),
    }


@pytest.mark.parametrize("days", [1, 3, 10, 100, 400], ids=lambda days: f"down for {days} days")
def test_an_outage_of_any_length_costs_no_unit_more_than_one_message(
    zhanggong: Office, days: int
) -> None:
    since = date(2024, 11, 20)
    tick(zhanggong, today=since)
    told = len(messages(zhanggong))

    swept = tick(zhanggong, today=since + timedelta(days=days))

    new = messages(zhanggong)[told:]
    assert swept.messages_queued == len(new)
    assert len({recipient for recipient, _ in new}) == len(new)
    with zhanggong.reading() as session:
        query = select(col(Act.work_item_id), col(Act.unit_id), func.count()).where(
            col(Act.recorded_on) == since + timedelta(days=days), col(Act.round_id).is_(None)
        )
        acts = session.connection().execute(query.group_by(col(Act.work_item_id), col(Act.unit_id)))
        assert {many for _, _, many in acts} <= {1}


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


@pytest.fixture
def copies(
    sqlite_files: SqliteFiles, settings_folder: Path, clock: Clock
) -> Iterator[Iterator[Office]]:
    """Give the same office over and over, each time as it was on the plan's first day."""

    def endless(engine: Engine) -> Iterator[Office]:
        while True:
            engine.dispose()
            with sqlite_files.fresh(settings_folder, adopted):
                yield an_office(engine, clock, settings_folder)

    with (
        sqlite_files.fresh(settings_folder, adopted) as url,
        guarded_engine(url) as engine,
    ):
        yield endless(engine)


def test_the_flows_in_any_order_come_to_what_one_sweep_does(copies: Iterator[Office]) -> None:
    days = (NEW_YEAR, BACK_AT_WORK)
    alone = next(copies)
    for day in days:
        tick(alone, today=day)
    expected = ledger(alone.engine)

    for order in permutations(FLOW_PARTS):
        office = next(copies)
        for day in days:
            for flow in order:
                tick(office, today=day, parts=FLOW_PARTS[flow])

        assert ledger(office.engine) == expected, order


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_sweeping_every_day_tells_no_unit_anything_twice(office: Office, clock: Clock) -> None:
    first = date(2025, 10, 20)
    clock.turn_to(first)
    adopt_plan(
        office,
        an_item("T01", due_on=date(2025, 12, 31)),
        an_item("T02", due_on=date(2025, 11, 30), deadline_kind=DeadlineKind.MONTH),
    )

    for number in range(90):
        tick(office, today=first + timedelta(days=number))

    with office.reading() as session:
        query = select(col(WorkItem.code), col(Act.rule), col(Act.step)).join_from(
            Act, WorkItem, col(WorkItem.id) == col(Act.work_item_id)
        )
        by_date = query.where(col(Act.round_id).is_(None)).order_by(
            col(WorkItem.code), col(Act.recorded_on)
        )
        steps = [" ".join(row) for row in session.connection().execute(by_date).tuples()]
        days = select(col(Message.day))
        told = list(session.connection().execute(days).scalars())
    assert steps == [
        *(f"T01 R09 +{n}wd" for n in (2, 5)),
        *(f"T01 R10 -{n}d" for n in (60, 30, 15, 7, 3)),
        *(f"T01 R28 +{n}" for n in range(3)),
        *(f"T02 R09 +{n}wd" for n in (2, 5)),
        *(f"T02 R10 -{n}d" for n in (15, 7, 3)),
        *(f"T02 R28 +{n}" for n in range(7)),
    ]
    assert len(set(told)) == len(told)
    assert all(official_calendar().is_working_day(day) for day in told)
