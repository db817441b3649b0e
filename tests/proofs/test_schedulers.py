"""Whoever sweeps, however often and however late: the same ledger (REL3, REL4, REL5, REL27)."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from db import sweeps
from db.record_tables import Act, Message, Round, Sweep
from services.office import Office
from services.tick import tick
from supervision.vocabulary import RoundState, SweepPart
from tests.clock import Clock
from tests.databases import Databases
from tests.ledger import contents, ledger
from tests.services.test_sweeping_at_once import is_whole, straight_run, swept_by

ROOT = Path(__file__).resolve().parents[2]
# A round opens, others are due; the year turns, a holiday, the first notices, a weekend.
OPENING, YEAR_END = date(2024, 12, 9), date(2024, 12, 30)


def scheduled(act: str, office: Office, first: date, days: Iterable[int]) -> None:
    """Have schedulers of their own sweep the office's database on these days after the first."""
    url = office.engine.url.render_as_string(hide_password=False)
    where = [act, url, str(office.settings.data_dir), first.isoformat(), *map(str, days)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.proofs.schedulers", *where],
        cwd=ROOT,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def days_from(first: date, count: int) -> list[date]:
    """Return so many days, beginning with the first."""
    return [first + timedelta(days=number) for number in range(count)]


def sweeps_by_day(office: Office) -> dict[tuple[str, date], int]:
    """Count the sweeps on record by part and day."""
    with office.reading() as session:
        rows = session.connection().execute(select(col(Sweep.part), col(Sweep.day))).tuples()
        return Counter(rows)


@pytest.mark.parametrize(
    "days", [pytest.param(5, id="5 days"), pytest.param(90, id="90 days", marks=pytest.mark.proof)]
)
@pytest.mark.parametrize(
    "act", [pytest.param("by_flows", marks=pytest.mark.proof), "by_both", "without_prefect"]
)
def test_whoever_sweeps_the_ledger_is_the_same(
    zhanggong: Office, database: Databases, settings_folder: Path, act: str, days: int
) -> None:
    """REL27: by Prefect's flows, by them and `duban tick` at once, and where Prefect is absent."""
    scheduled(act, zhanggong, YEAR_END, range(days))

    alone = straight_run(database, settings_folder / "alone", days_from(YEAR_END, days))
    assert ledger(zhanggong.engine) == alone
    assert is_whole(zhanggong)


@pytest.mark.proof
def test_three_hundred_days_are_swept_once_each_by_five_processes_at_once(
    zhanggong: Office, database: Databases, settings_folder: Path
) -> None:
    """REL3: two processes for 150 days, then five for as many, a tenth rolled back."""
    first = date(2024, 12, 26)

    swept_by("race", zhanggong, first, 150, 2, 5)

    days = days_from(first, 300)
    assert sweeps_by_day(zhanggong) == {(part, day): 1 for part in SweepPart for day in days}
    assert ledger(zhanggong.engine) == straight_run(database, settings_folder / "alone", days)
    assert is_whole(zhanggong)


@pytest.mark.parametrize(
    ("first", "days"),
    [
        pytest.param(YEAR_END, 2, id="10 kills"),
        pytest.param(date(2024, 12, 2), 20, id="100 kills", marks=pytest.mark.proof),
    ],
)
def test_a_sweep_killed_between_taking_a_day_and_its_work_blocks_no_day(
    zhanggong: Office, database: Databases, settings_folder: Path, first: date, days: int
) -> None:
    """REL5: each part of each day is taken by a sweep that dies before it did anything."""
    scheduled("killed_between", zhanggong, first, range(days))

    alone = straight_run(database, settings_folder / "alone", days_from(first, days))
    assert ledger(zhanggong.engine) == alone
    assert is_whole(zhanggong)


@pytest.mark.parametrize(
    "act",
    [
        pytest.param("by_tick", marks=pytest.mark.proof),
        pytest.param("late", marks=pytest.mark.proof),
        "late_and_by_tick",
    ],
)
@pytest.mark.parametrize(
    "days",
    [
        pytest.param(3, id="3 days"),
        pytest.param(0, id="an hour", marks=pytest.mark.proof),
        pytest.param(10, id="10 days", marks=pytest.mark.proof),
        pytest.param(100, id="100 days", marks=pytest.mark.proof),
    ],
)
def test_after_an_outage_everything_starts_at_once_and_one_sweep_makes_up_for_all_of_it(
    zhanggong: Office,
    clock: Clock,
    database: Databases,
    settings_folder: Path,
    *,
    act: str,
    days: int,
) -> None:
    """REL4: at the start of a quarter's round, by cron, by late runs in parallel, or by both."""
    down_since = OPENING
    back = down_since + timedelta(days=days)
    clock.turn_to(down_since)
    tick(zhanggong, today=down_since)

    scheduled(act, zhanggong, back, [0])
    before = contents(zhanggong.engine)
    clock.turn_to(back)
    tick(zhanggong, today=back)

    assert contents(zhanggong.engine) == before
    swept = list(dict.fromkeys([down_since, back]))
    assert sweeps_by_day(zhanggong) == {(part, day): 1 for part in SweepPart for day in swept}
    assert ledger(zhanggong.engine) == straight_run(database, settings_folder / "alone", swept)
    assert all(many == 1 for many in told_on(zhanggong, back).values())
    assert recorded_on(zhanggong, back) <= {1}
    with zhanggong.reading() as session:
        gap = (down_since + timedelta(days=1), back)
        assert sweeps.latest_gap(session) == (gap if days > 1 else None)


def told_on(office: Office, day: date) -> dict[str, int]:
    """Count the messages of a day by recipient."""
    with office.reading() as session:
        query = select(col(Message.recipient_name)).where(col(Message.day) == day)
        return Counter(session.connection().execute(query).scalars())


def recorded_on(office: Office, day: date) -> set[int]:
    """Return how many things a unit was told of one item on a day, reports aside."""
    query = (
        select(func.count())
        .where(col(Act.recorded_on) == day, col(Act.round_id).is_(None))
        .group_by(col(Act.work_item_id), col(Act.unit_id))
    )
    with office.reading() as session:
        return set(session.connection().execute(query).scalars())


@pytest.mark.parametrize(
    ("back", "opened_on", "state"),
    [
        pytest.param(date(2024, 12, 13), date(2024, 12, 13), RoundState.OPEN, id="within its days"),
        pytest.param(date(2025, 2, 20), None, RoundState.MISSED, id="when its days are over"),
    ],
)
def test_a_round_that_began_during_the_outage_is_opened_late_or_on_record_as_missed(
    zhanggong: Office, back: date, opened_on: date | None, state: RoundState
) -> None:
    """REL4: its dispatch goes out once, with the day it really began."""
    tick(zhanggong, today=OPENING)

    for _ in range(2):
        tick(zhanggong, today=back)

    with zhanggong.reading() as session:
        query = select(col(Round.opens_on), col(Round.opened_on), col(Round.state))
        found = session.connection().execute(query.where(col(Round.period) == "2024Q4")).tuples()
        assert list(found) == [(date(2024, 12, 10), opened_on, state)]
