"""Schedulers that all want the same days swept: cron, Prefect's flows, both, late, or killed.

A program of its own (`python -m tests.proofs.schedulers ACT URL FOLDER FIRST DAYS`): it imports
Prefect, unless it is to be absent, and its processes race and die as those of an office do.
"""

import os
import random
import signal
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import time_machine

from db import sweeps
from db.engine import open_engine
from services.tick import ALL_PARTS, FLOW_PARTS, tick
from supervision.vocabulary import SweepPart
from tests.clock import NINE
from tests.services.sweepers import FORK, TOO_LONG, Place

LATE_RUNS = 3  # Prefect keeps so many runs of a flow ahead, and starts them all when it is back


def by_tick(place: Place, day: date) -> None:
    """Sweep as `duban tick` from cron does."""
    place.sweep(day)


def by_flows(_place: Place, day: date) -> None:
    """Run the flows as Prefect does, in any order; they find office and day by themselves."""
    from flows.deployments import flow_named  # noqa: PLC0415 - Prefect, which may be absent

    names = list(FLOW_PARTS)
    random.Random(f"{day}/{os.getpid()}").shuffle(names)
    with time_machine.travel(datetime.combine(day, NINE), tick=False):
        for name in names:
            flow_named(name).fn()


def at_once(place: Place, day: date, acts: Iterable[Callable[[Place, date], None]]) -> None:
    """Let each act have a process, all starting at the same moment; SystemExit if one fails."""
    wanted = list(acts)
    barrier = FORK.Barrier(len(wanted), timeout=TOO_LONG)
    place.engine.dispose()
    begun = [FORK.Process(target=_after, args=(barrier, act, place, day)) for act in wanted]
    for process in begun:
        process.start()
    for process in begun:
        process.join()
    if any(process.exitcode != 0 for process in begun):
        sys.exit(1)


def _after(barrier: Barrier, act: Callable[[Place, date], None], place: Place, day: date) -> None:
    barrier.wait()
    act(place, day)


def by_both(place: Place, day: date) -> None:
    """Sweep by cron and by Prefect at the same moment."""
    at_once(place, day, (by_tick, by_flows))


def late(place: Place, day: date) -> None:
    """Run what Prefect starts when it comes back: every flow several times over, in parallel."""
    at_once(place, day, [by_flows] * LATE_RUNS)


def late_and_by_tick(place: Place, day: date) -> None:
    """Run what Prefect starts when it comes back, and cron with it."""
    at_once(place, day, [by_tick, *[by_flows] * LATE_RUNS])


def without_prefect(_place: Place, day: date) -> None:
    """Sweep by the command where Prefect is not installed; this one's clock is the real one."""
    sys.modules["prefect"] = None  # type: ignore[assignment]
    from cli.main import main as command  # noqa: PLC0415 - after Prefect is gone

    sys.argv = ["duban", "tick", "--as-of", day.isoformat(), "--json"]
    try:
        command()
    except SystemExit as end:
        if end.code not in (0, None):
            raise


def killed_between(place: Place, day: date) -> None:
    """Kill a sweep of each part after it took the day and before its work; then sweep the day."""
    for part in ALL_PARTS:
        place.engine.dispose()
        process = FORK.Process(target=_claim_and_die, args=(place, day, part))
        process.start()
        process.join()
        if process.exitcode != -signal.SIGKILL:
            sys.exit("the sweep was to die")
    place.sweep(day)


def _claim_and_die(place: Place, day: date, part: SweepPart) -> None:
    whole = sweeps.claim

    def claim(*arguments: Any, **named: Any) -> bool:  # noqa: ANN401 - whatever it takes
        whole(*arguments, **named)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    sweeps.claim = claim
    tick(place.office(day), today=day, parts=[part])


ACTS = {
    act.__name__: act
    for act in (by_tick, by_flows, by_both, late, late_and_by_tick, without_prefect, killed_between)
}


def main(act: str, url: str, folder: str, first: str, *days: str) -> None:
    """Do what the test that started this program asks for, day after day."""
    os.environ |= {"DUBAN_DATA_DIR": folder, "DUBAN_DATABASE_URL": url, "DO_NOT_TRACK": "1"}
    if act not in {"by_tick", "without_prefect", "killed_between"}:
        import flows.deployments  # noqa: F401, PLC0415 - once, before any process is forked
    place, begin = Place(open_engine(url), Path(folder)), date.fromisoformat(first)
    for number in days:
        ACTS[act](place, begin + timedelta(days=int(number)))


if __name__ == "__main__":
    main(*sys.argv[1:])
