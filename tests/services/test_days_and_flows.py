import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import col

from db.plan_tables import Plan, WorkItem
from db.record_tables import Act, Message, Sweep
from db.work_items import Wanted
from services.items import listed
from services.office import Office
from services.tick import FLOW_PARTS, tick
from supervision.vocabulary import DeadlineKind
from tests.builders import adopt_plan, an_item
from tests.clock import Clock
from tests.databases import ISSUED_ON, SqliteFiles, adopted, an_office, guarded_engine
from tests.ledger import ledger, messages
from tests.official_days import official_calendar

NEW_YEAR, BACK_AT_WORK = date(2025, 1, 1), date(2025, 1, 2)


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
    told = len(messages(zhanggong.engine))

    swept = tick(zhanggong, today=since + timedelta(days=days))

    new = messages(zhanggong.engine)[told:]
    assert swept.messages_queued == len(new)
    assert len({recipient for recipient, _ in new}) == len(new)
    with zhanggong.reading() as session:
        query = select(col(Act.work_item_id), col(Act.unit_id), func.count()).where(
            col(Act.recorded_on) == since + timedelta(days=days), col(Act.round_id).is_(None)
        )
        acts = session.connection().execute(query.group_by(col(Act.work_item_id), col(Act.unit_id)))
        assert {many for _, _, many in acts} <= {1}


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
