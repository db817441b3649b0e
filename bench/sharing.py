"""Work shared by processes as the portal's workers would share it, begun at the same moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from time import perf_counter, process_time, sleep

from db.engine import open_engine
from services.office import Office
from services.settings import Settings
from tests.bureaus import ROUND_DAY, Bureau
from tests.clock import Clock

Act = Callable[[Office, Bureau, str], object]
HEAD_START = 1  # seconds in which every thread gets ready


@dataclass(frozen=True, slots=True)
class Share:
    """What one process has to do: its bureaus, and when each of their codes is due, in seconds."""

    settings: Settings
    due: Sequence[tuple[Bureau, Sequence[float]]]


@dataclass(frozen=True, slots=True)
class Done:
    """What one process did: seconds from due to done for each act, its own time and CPU."""

    took: list[float]
    wall: float
    cpu: float


def in_processes(shares: Sequence[Share], act: Act) -> list[Done]:
    """Have each share done by a process of its own, a thread for every bureau."""
    spawn = get_context("spawn")
    with spawn.Pool(len(shares), _stand_at, [spawn.Barrier(len(shares))]) as pool:
        return pool.map(partial(_do, act=act), shares, chunksize=1)


class _Gate:
    """Where a process waits for the others; it can only be handed over while one is started."""

    barrier: Barrier


def _stand_at(barrier: Barrier) -> None:
    _Gate.barrier = barrier


def _do(share: Share, *, act: Act) -> Done:
    engine = open_engine(share.settings.database_address)
    office = Office(share.settings, engine, Clock(ROUND_DAY))
    _Gate.barrier.wait()
    beginning, spent = perf_counter() + HEAD_START, process_time()

    def report_all(theirs: tuple[Bureau, Sequence[float]]) -> list[float]:
        bureau, due = theirs
        coming = zip(sorted(due), bureau.codes, strict=True)
        return [_timed(partial(act, office, bureau, code), beginning + at) for at, code in coming]

    with ThreadPoolExecutor(len(share.due)) as together:
        took = list(chain.from_iterable(together.map(report_all, share.due)))
    done = Done(took, perf_counter() - beginning, process_time() - spent)
    engine.dispose()
    return done


def _timed(act: Callable[[], object], at: float) -> float:
    """Do something at its moment; return the seconds from that moment to its end."""
    sleep(max(0, at - perf_counter()))
    act()
    return perf_counter() - at
