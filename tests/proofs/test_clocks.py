"""Clocks that differ, jump, or stand in another zone change nothing of what is due (REL6, REL7)."""

import random
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from db import sweeps
from db.engine import is_sqlite, open_engine
from db.plan_tables import Plan
from db.record_tables import Message
from db.work_items import Wanted
from services.items import listed
from services.office import Office
from services.tick import tick
from tests.builders import adopt_plan, an_item
from tests.clock import Clock
from tests.ledger import contents

DEADLINES = 100
ZONES = ("UTC", "Asia/Shanghai", "America/Los_Angeles")
BACK_AT_WORK = date(2025, 1, 2)


@pytest.fixture(params=ZONES, ids=lambda zone: f"server in {zone}")
def server_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give the zone that the machine is set to for the test."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


def with_database_in(office: Office, zone: str) -> Office:
    """Return the office, its database's sessions in the zone; SQLite has none."""
    if is_sqlite(office.engine):
        return office
    url = office.engine.url.update_query_dict({"options": f"-c timezone={zone}"})
    engine = open_engine(url.render_as_string(hide_password=False))
    return Office(office.settings, engine, office.now)


def overdue_codes(session: Session, office: Office) -> set[str]:
    """Return the items that a list of what is overdue shows today."""
    plans = tuple(session.connection().execute(select(col(Plan.id))).scalars())
    wanted = Wanted(plan_ids=plans, as_of=office.today(), overdue_only=True)
    return {line.code for line in listed(session, wanted, office.policy)}


@pytest.mark.parametrize("instants", [5, pytest.param(100, marks=pytest.mark.proof)])
@pytest.mark.parametrize("database_zone", ZONES, ids=lambda zone: f"database in {zone}")
@pytest.mark.usefixtures("server_zone")
def test_an_item_is_overdue_from_sixteen_hours_universal_time_of_its_due_day(
    office: Office, clock: Clock, database_zone: str, instants: int
) -> None:
    """REL7: a hundred deadlines at every instant, those on both sides of a midnight among them."""
    chance = random.Random(7)
    clock.turn_to(date(2024, 3, 3))
    days = [date(2024, 3, 4) + timedelta(days=chance.randrange(700)) for _ in range(DEADLINES)]
    adopt_plan(office, *(an_item(f"T{n:03}", due_on=day) for n, day in enumerate(days, start=1)))
    ours = with_database_in(office, database_zone)

    for number in range(instants):
        flips_at = datetime.combine(chance.choice(days), datetime.min.time(), UTC).replace(hour=16)
        moment = flips_at + timedelta(seconds=(-1, 0, 1, chance.randrange(86_400))[number % 4])
        clock.set(moment)

        with ours.reading() as session:
            shown = overdue_codes(session, ours)
        late = {
            f"T{n:03}"
            for n, day in enumerate(days, start=1)
            if moment >= datetime(day.year, day.month, day.day, 16, tzinfo=UTC)
        }
        assert shown == late, moment
    if ours is not office:
        ours.engine.dispose()


def test_two_hosts_whose_clocks_differ_by_a_minute_sweep_each_day_once(
    zhanggong: Office, clock: Clock
) -> None:
    """REL6: around midnight one of them is a day ahead."""
    other_clock = Clock(BACK_AT_WORK)
    other = Office(zhanggong.settings, zhanggong.engine, other_clock)
    days = [BACK_AT_WORK + timedelta(days=number) for number in range(4)]
    for day in days:
        clock.turn_to(day)
        clock.go_forward(hours=14, minutes=59, seconds=30)  # 23:59:30
        other_clock.set(clock() + timedelta(seconds=60))
        for host in (zhanggong, other, zhanggong, other):
            tick(host, today=host.today())

    with zhanggong.reading() as session:
        query = select(col(Message.recipient_name), col(Message.day))
        told = list(session.connection().execute(query).tuples())
    assert len(set(told)) == len(told) > 0


@pytest.mark.parametrize("forward", [1, 400], ids=lambda days: f"{days} days ahead")
def test_a_clock_that_jumped_ahead_has_the_days_named_and_nothing_done_twice(
    zhanggong: Office, clock: Clock, forward: int
) -> None:
    """REL6: the sweep runs, and whoever sweeps at that moment again adds nothing."""
    clock.turn_to(BACK_AT_WORK)
    tick(zhanggong, today=zhanggong.today())
    clock.go_forward(days=forward)

    swept = tick(zhanggong, today=zhanggong.today())
    before = contents(zhanggong.engine)
    again = tick(zhanggong, today=zhanggong.today())

    assert swept.covered_from == BACK_AT_WORK + timedelta(days=1)
    assert again.already_done
    assert contents(zhanggong.engine) == before
    with zhanggong.reading() as session:
        named = sweeps.latest_gap(session)
    assert named == (None if forward == 1 else (swept.covered_from, swept.as_of))


def test_a_frozen_clock_adds_nothing_for_six_hours(zhanggong: Office, clock: Clock) -> None:
    """REL6: as often as it is asked."""
    clock.turn_to(BACK_AT_WORK)
    tick(zhanggong, today=zhanggong.today())
    before = contents(zhanggong.engine)

    for _ in range(36):
        tick(zhanggong, today=zhanggong.today())

    assert contents(zhanggong.engine) == before
