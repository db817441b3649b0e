"""Senders that are killed in the middle of their work, at moments with a name.

A program of its own (`python -m tests.services.senders ACT URL FOLDER SMTP_URL FIGURES`): each
sender is forked from a process that has everything loaded, as `duban deliver` from cron would be
started, and dies by SIGKILL at the n-th time it comes to its failpoint.
"""

import os
import random
import signal
import smtplib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import event
from sqlmodel import Session

from db.engine import open_engine
from db.record_tables import Message
from notifications.message import Outcome
from services import delivery, sending
from services.channels import open_channel
from services.office import Office
from services.settings import read_settings
from supervision.vocabulary import MessageKind
from tests.clock import Clock
from tests.outboxes import DAY, queue_many

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

FORK = get_context("fork")
FAILPOINTS = ("claimed", "before DATA", "after the dot", "answered", "committed", "statement")
FURTHEST = 25  # messages a sender gets through before it dies
POISON = "u3@x.test"  # in `poisoned`, whoever takes it up dies

Die = Callable[[], None]


def killer(at: int, by: signal.Signals) -> Die:
    """Return what counts how often it is called and has the signal sent to us at the n-th time."""
    times = count(1)

    def die() -> None:
        if next(times) == at:
            os.kill(os.getpid(), by)

    return die


def set_failpoint(
    office: Office, name: str, at: int, *, by: signal.Signals = signal.SIGKILL
) -> None:
    """Let this process die there, or stop; it is a copy that nobody else uses."""
    die = killer(at, by)
    if name in {"claimed", "answered"}:
        _around_attempts(die, is_before=name == "claimed")
    elif name == "committed":
        event.listen(Session, "after_commit", lambda _session: die())
    elif name == "statement":
        event.listen(office.engine, "before_cursor_execute", lambda *_: die())
        event.listen(office.engine, "commit", lambda *_: die())
    else:
        _around_smtp(die, is_before_data=name == "before DATA")


def _around_attempts(die: Die, *, is_before: bool) -> None:
    whole = sending.attempt

    def attempt(post: sending.Post, message: Message) -> Outcome:
        if is_before:
            die()
        outcome = whole(post, message)
        if not is_before:
            die()
        return outcome

    sending.attempt = attempt


def _around_smtp(die: Die, *, is_before_data: bool) -> None:
    docmd, send = smtplib.SMTP.docmd, smtplib.SMTP.send

    def dying_docmd(self: smtplib.SMTP, cmd: str, args: str = "") -> tuple[int, bytes]:
        if cmd == "DATA":
            die()
        return docmd(self, cmd, args)

    def dying_send(self: smtplib.SMTP, s: "Buffer | str") -> None:
        send(self, s)
        if isinstance(s, bytes) and s.endswith(b"\r\n.\r\n"):
            die()

    if is_before_data:
        smtplib.SMTP.docmd = dying_docmd  # type: ignore[method-assign]
    else:
        smtplib.SMTP.send = dying_send  # type: ignore[method-assign]


def set_poison() -> None:
    """Let this process die whenever it takes up the poisonous message."""
    whole = sending.attempt

    def attempt(post: sending.Post, message: Message) -> Outcome:
        if message.address == POISON:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(post, message)

    sending.attempt = attempt


def an_office(url: str, folder: Path, smtp_url: str) -> Office:
    """Return the office as every sender finds it; its clock stands still."""
    settings = read_settings(data_dir=folder, database_url=url, smtp_url=smtp_url)
    return Office(settings, open_engine(url), Clock(DAY))


@contextmanager
def sender(office: Office, prepare: Callable[[], None]) -> Iterator[int]:
    """Run a sender to its end or its death, and give how it ended."""

    def work() -> None:
        prepare()
        delivery.deliver(office, lambda kind: open_channel(office, kind))

    office.engine.dispose(close=False)
    process = FORK.Process(target=work)
    process.start()
    process.join()
    yield process.exitcode or 0


def killed_often(office: Office, *, kills: int, seed: int) -> int:
    """Let so many senders die, each failpoint in its turn, then one finish; return the deaths."""
    chance = random.Random(seed)
    deaths = 0
    for number in range(kills):
        name = FAILPOINTS[number % len(FAILPOINTS)]
        at = chance.randint(1, FURTHEST * (6 if name == "statement" else 1))

        def prepare(name: str = name, at: int = at) -> None:
            set_failpoint(office, name, at)

        with sender(office, prepare) as code:
            deaths += code == -signal.SIGKILL
    with sender(office, lambda: None) as code:
        assert code == 0
    return deaths


def poisoned(office: Office) -> int:
    """Let senders die at the poisonous message until one gets through; return the deaths."""
    for deaths in count():
        with sender(office, set_poison) as code:
            if code == 0:
                return deaths
    raise AssertionError


def killed_at_each(office: Office, *, kind: MessageKind, messages: int) -> int:
    """Kill a sender of fresh messages at its first statement, then at its second, and so on.

    After each death another sender empties the outbox. Ends with the first sender that has sent
    all its messages before its turn to be killed came; return the deaths.
    """
    for deaths in count():
        queue_many(office, messages, kind, first=deaths * messages)

        def prepare(at: int = deaths + 1) -> None:
            set_failpoint(office, "statement", at)

        with sender(office, prepare) as code:
            if code == 0:
                return deaths
        with sender(office, lambda: None) as code:
            assert code == 0
    raise AssertionError


def main(act: str, url: str, folder: str, smtp_url: str, *figures: str) -> None:
    """Do what the test that started this program asks for, and print the number of deaths."""
    office = an_office(url, Path(folder), smtp_url)
    if act == "poison":
        print(poisoned(office))  # noqa: T201 - for that test
        return
    if act == "each":
        kind, messages = figures
        found = MessageKind(kind)  # type: ignore[call-arg]
        print(killed_at_each(office, kind=found, messages=int(messages)))  # noqa: T201
        return
    kills, seed = map(int, figures)
    print(killed_often(office, kills=kills, seed=seed))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
