"""Whose a message is while it is being sent: claims, leases, and taking over from the dead."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import cache
from pathlib import Path
from threading import Event, Thread

from sqlmodel import Session

from db import messages
from db.message_claims import Lease
from db.record_tables import Message
from services.office import Office
from supervision.errors import DubanError
from supervision.vocabulary import MessageKind, MessageState

FORMAL = frozenset({MessageKind.NOTICE, MessageKind.CIRCULAR})
MOST_FAILURES = 5  # then a message waits for a person: it may be what kills its senders
DOUBT = "发送中断，不知对方是否收到"
PARKED_IN_DOUBT = f"{DOUBT}；正式文书不自动重发，请核实后处理"
POISON = f"已有{MOST_FAILURES}次发送未得结果，不再自动发送"
NO_RESULT = ("failed", "in_doubt")  # outcomes of attempts that came to nothing


def owner() -> str:
    """Return who this process is: host, process id, and when the process began."""
    return _owner(os.getpid())


@cache
def _owner(pid: int) -> str:
    return f"{socket.gethostname()}/{pid}/{_began(pid)}"


def _began(pid: int) -> str:
    """Return a process's start as the system counts it, so that a reused id is not mistaken."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return "?"


def _is_dead(claimed_by: str) -> bool:
    """Return whether a claim's owner is known to be gone; on another host nobody knows."""
    host, pid, began = claimed_by.split("/")
    if host != socket.gethostname() or not Path("/proc").is_dir():
        return False
    return _began(int(pid)) != began


def lease(office: Office) -> Lease:
    """Return a lease on whatever this process claims now."""
    now = office.now()
    until = now + timedelta(seconds=office.settings.lease_seconds)
    return Lease(owner=owner(), now=now, until=until)


def take_over(office: Office) -> int:
    """Take over what senders left behind; return how much of it waits for a person now.

    A signed paper in doubt is parked (V4), and so is what came to nothing five times.
    """
    parked = 0
    with office.transaction() as session:
        dead = [claimed_by for claimed_by in messages.owners(session) if _is_dead(claimed_by)]
        for message in messages.free_abandoned(session, now=office.now(), dead_owners=dead):
            message.reason = _parking_reason(session, message)
            if message.reason is not None:
                message.state = MessageState.PARKED
                parked += 1
            session.add(message)
    return parked


def _parking_reason(session: Session, message: Message) -> str | None:
    if message.kind in FORMAL:
        return PARKED_IN_DOUBT
    if messages.failures(session, message.id, NO_RESULT) >= MOST_FAILURES:
        return POISON
    return None


@contextmanager
def kept(office: Office) -> Iterator[None]:
    """Prolong this process's claims while the block runs, however slow the other side is.

    A process that is stopped or dead prolongs nothing, and its claims run out.
    """
    is_over = Event()
    pause = office.settings.lease_seconds / 3

    def prolong() -> None:
        while not is_over.wait(pause):
            with suppress(DubanError), office.transaction() as session:
                messages.keep_claims(session, lease(office))

    keeper = Thread(target=prolong, name="duban-lease", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        is_over.set()
        keeper.join()
