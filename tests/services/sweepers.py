"""Processes that start or sweep at once from a barrier, or one that is killed at any statement.

A program of its own (`python -m tests.services.sweepers`): only processes race and die as
`duban tick` from cron and a Prefect flow do, and one without threads may fork as it likes.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path

from sqlalchemy import Engine, event

from db.engine import open_engine
from services.office import Office
from services.settings import read_settings
from services.start import start
from services.tick import tick
from tests.clock import Clock

FORK = get_context("fork")
TENTH = 10
TOO_LONG = 60  # seconds at a barrier: one that died must not hang the others


class Sabotage(Exception):  # noqa: N818 - a fault brought in on purpose is no refusal
    """The transaction is made to fail when all its work is done."""


@dataclass(frozen=True, slots=True)
class Place:
    """The database that is swept, and the folder of its office."""

    url: str
    folder: Path

    def sweep(self, today: date, *, prepare: Callable[[Engine], None] | None = None) -> None:
        """Sweep a day through an engine of its own, as a fresh `duban tick` would."""
        engine = open_engine(self.url)
        if prepare is not None:
            prepare(engine)
        settings = read_settings(data_dir=self.folder, database_url=self.url)
        tick(Office(settings, engine, Clock(today)), today=today)
        engine.dispose()


def start_at_once(place: Place, today: date, *, processes: int) -> bool:
    """Let so many processes run `duban init` at the same moment; return whether all went well."""
    barrier = FORK.Barrier(processes, timeout=TOO_LONG)
    return _all_end_well(
        FORK.Process(target=_start, args=(place, today, barrier)) for _ in range(processes)
    )


def _start(place: Place, today: date, barrier: Barrier) -> None:
    barrier.wait()
    engine = open_engine(place.url)
    settings = read_settings(data_dir=place.folder, database_url=place.url)
    start(Office(settings, engine, Clock(today)))
    engine.dispose()


def race(place: Place, first: date, *, days: int, processes: int) -> bool:
    """Let so many processes sweep each of the days at the same moment; whether all went well.

    Every tenth day the first process fails at its first commit, as if its disk were full.
    """
    barrier = FORK.Barrier(processes, timeout=TOO_LONG)
    return _all_end_well(
        FORK.Process(target=_sweep_days, args=(place, first, days, barrier), name=str(number))
        for number in range(processes)
    )


def _all_end_well(processes: Iterable[ForkProcess]) -> bool:
    begun = list(processes)
    for process in begun:
        process.start()
    for process in begun:
        process.join()
    return all(process.exitcode == 0 for process in begun)


def _sweep_days(place: Place, first: date, days: int, barrier: Barrier) -> None:
    is_first = FORK.current_process().name == "0"
    for count in range(days):
        barrier.wait()
        today = first + timedelta(days=count)
        if is_first and count % TENTH == 0:
            _sweep_in_vain(place, today)
        else:
            place.sweep(today)


def _sweep_in_vain(place: Place, today: date) -> None:
    def fail(_connection: object) -> None:
        raise Sabotage

    try:
        place.sweep(today, prepare=lambda engine: event.listen(engine, "commit", fail))
    except Sabotage:
        return


def sweep_through_kills(place: Place, today: date) -> int:
    """Sweep a day, killed at its first statement, then at its second and so on; return the kills.

    Ends with the first sweep that finishes before its turn to be killed has come.
    """
    kills = 0
    while _was_killed(place, today, at_statement=kills + 1):
        kills += 1
    return kills


def _was_killed(place: Place, today: date, *, at_statement: int) -> bool:
    sweeper = FORK.Process(target=_sweep_until, args=(place, today, at_statement))
    sweeper.start()
    sweeper.join()
    return sweeper.exitcode == -signal.SIGKILL


def _sweep_until(place: Place, today: date, at_statement: int) -> None:
    statements = iter(range(1, at_statement))

    def count(*_details: object) -> None:
        if next(statements, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    def prepare(engine: Engine) -> None:
        event.listen(engine, "before_cursor_execute", count)
        event.listen(engine, "commit", count)

    place.sweep(today, prepare=prepare)


if __name__ == "__main__":
    act, url, folder, day, *figures = sys.argv[1:]
    there, on = Place(url, Path(folder)), date.fromisoformat(day)
    if act == "start":
        sys.exit(not start_at_once(there, on, processes=int(figures[0])))
    if act == "race":
        many, at_once = map(int, figures)
        sys.exit(not race(there, on, days=many, processes=at_once))
    print(sweep_through_kills(there, on))  # noqa: T201 - for the test that started it
