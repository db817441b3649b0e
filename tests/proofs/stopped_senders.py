"""Senders stopped in the middle of a message for longer than their claim lasts, which then go on.

A program of its own (`python -m tests.proofs.stopped_senders URL FOLDER SMTP_URL KIND STOPS SIZE`):
each sender is stopped by SIGSTOP at a named moment. While it stands still the clock goes on by
twice the lease and a second sender empties the outbox; then the first goes on by SIGCONT.
"""

import os
import random
import signal
import sys
from datetime import datetime, timedelta
from multiprocessing.context import ForkProcess
from pathlib import Path

from db.engine import open_engine
from services import delivery
from services.channels import open_channel
from services.office import Office
from services.settings import read_settings
from supervision.vocabulary import MessageKind
from tests.clock import NINE
from tests.outboxes import DAY, queue_many
from tests.services.senders import FORK, sender, set_failpoint

MOMENTS = ("claimed", "before DATA", "after the dot", "answered")
SEED = 13


class SharedClock:
    """A clock that all processes forked from this one read, and any may move."""

    def __init__(self) -> None:
        self._seconds = FORK.Value("d", 0.0)

    def __call__(self) -> datetime:
        return datetime.combine(DAY, NINE) + timedelta(seconds=self._seconds.value)

    def go_forward(self, seconds: float) -> None:
        self._seconds.value += seconds


def stopped_at(office: Office, moment: str, at: int) -> ForkProcess:
    """Start a sender and return it once it stands still at the moment's n-th time."""

    def work() -> None:
        set_failpoint(office, moment, at, by=signal.SIGSTOP)
        delivery.deliver(office, lambda kind: open_channel(office, kind))

    office.engine.dispose(close=False)
    process = FORK.Process(target=work)
    process.start()
    assert process.pid is not None
    _, status = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status), f"ended instead of stopping: {status}"
    return process


def stop_often(office: Office, clock: SharedClock, kind: MessageKind, stops: int, size: int) -> int:
    """Stop so many senders in the middle of fresh messages; return how many were taken over."""
    chance = random.Random(SEED)
    for number in range(stops):
        queue_many(office, size, kind, first=number * size)
        moment = MOMENTS[number % len(MOMENTS)]
        stopped = stopped_at(office, moment, chance.randint(1, size))
        clock.go_forward(2 * office.settings.lease_seconds)
        with sender(office, lambda: None) as code:
            assert code == 0
        assert stopped.pid is not None
        os.kill(stopped.pid, signal.SIGCONT)
        stopped.join()
        assert stopped.exitcode == 0
    return stops


def main(url: str, folder: str, smtp_url: str, kind: str, *figures: str) -> None:
    """Do what the test that started this program asks for, and print the number of stops."""
    clock = SharedClock()
    settings = read_settings(data_dir=Path(folder), database_url=url, smtp_url=smtp_url)
    office = Office(settings, open_engine(url), clock)
    found = MessageKind(kind)  # type: ignore[call-arg]
    stops, size = map(int, figures)
    print(stop_often(office, clock, found, stops, size))  # noqa: T201 - for that test


if __name__ == "__main__":
    main(*sys.argv[1:])
