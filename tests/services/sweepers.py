"""Processes that start or sweep at once from a barrier, or one that is killed at any statement.

A program of its own (`python -m tests.services.sweepers`): only processes race and die as
`duban tick` from cron and a Prefect flow do, and one without threads may fork as it likes.
"""

import os
import signal
import sys
from collections.abc import Iterable
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
AT_HOME: set[int] = set()  # processes whose engine holds connections of their own
TOO_LONG = 60  # seconds at a barrier: one that died must not hang the others


class Sabotage(Exception):  # noqa: N818 - a fault brought in on purpose is no refusal
    """The transaction is made to fail when all its work is done."""


@dataclass(frozen=True, slots=True)
class Place:
    """The database that is worked on, and the folder of its office.

    Its engine is made before any fork, so that processes find the statements compiled that a trial
    has warmed it with; connections each makes for itself.
    """

    engine: Engine
    folder: Path

    def office(self, today: date) -> Office:
        """Return the office as it stands on a day, with no connection of another process's."""
        if os.getpid() not in AT_HOME:  # each time would leave one connection behind
            AT_HOME.add(os.getpid())
            self.engine.dispose(close=False)
        url = self.engine.url.render_as_string(hide_password=False)
        settings = read_settings(data_dir=self.folder, database_url=url)
        return Office(settings, self.engine, Clock(today))

    def sweep(self, today: date) -> None:
        """Sweep a day, as a `duban tick` of its own would."""
        tick(self.office(today), today=today)

    def warm(self, today: date) -> None:
        """Go through a sweep of the day once and keep nothing of it."""
        tick(self.office(today), today=today, is_trial=True)
        self.engine.dispose()


def start_at_once(place: Place, today: date, *, processes: int) -> bool:
    """Let so many processes run `duban init` at the same moment; return whether all went well."""
    barrier = FORK.Barrier(processes, timeout=TOO_LONG)
    return _all_end_well(
        FORK.Process(target=_start, args=(place, today, barrier)) for _ in range(processes)
    )


def _start(place: Place, today: date, barrier: Barrier) -> None:
    barrier.wait()
    start(place.office(today))


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

    event.listen(place.engine, "commit", fail)
    try:
        place.sweep(today)
    except Sabotage:
        event.remove(place.engine, "commit", fail)


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

    event.listen(place.engine, "before_cursor_execute", count)
    event.listen(place.engine, "commit", count)
    place.sweep(today)


def main(act: str, url: str, folder: str, day: str, *figures: str) -> None:
    """Do what the test that started this program asks for."""
    place, on = Place(open_engine(url), Path(folder)), date.fromisoformat(day)
    if act == "start":
        sys.exit(not start_at_once(place, on, processes=int(figures[0])))
    place.warm(on)
    if act == "kills":
        print(sweep_through_kills(place, on))  # noqa: T201 - for that test
        return
    days = int(figures[0])
    for processes in map(int, figures[1:]):
        if not race(place, on, days=days, processes=processes):
            sys.exit(1)
        on += timedelta(days=days)


if __name__ == "__main__":
    main(*sys.argv[1:])
