"""Emptying the outbox: claim, send, then record; a killed sender loses nothing (V1, V3, V4)."""

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session

from db import acts, messages, papers
from db.messages import Lease, Result
from db.record_tables import Message
from notifications.message import Attachment, Channel, Outcome, OutgoingMessage, Verdict
from services.office import SHANGHAI, Office
from services.papers import content_of
from services.plans import the_office
from supervision.errors import NotConfiguredError, StorageError
from supervision.vocabulary import ChannelKind, MessageKind, MessageState

# Minutes before the next try of a message that was deferred, then hourly (reliability.md §2.5).
BACKOFF_MINUTES = (1, 5, 15, 30, 60)

PLAIN_BYTES = "application/octet-stream"
CONTENT_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
}

OpenChannel = Callable[[ChannelKind], Channel]


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivered:
    """What one run came to: what it sent or could not, and what still waits in the outbox."""

    sent: int
    refused: int
    parked: int
    pending: int
    in_doubt: int

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left that a recipient has not accepted."""
        return not (self.refused or self.parked or self.pending or self.in_doubt)


def deliver(office: Office, open_channel: OpenChannel) -> Delivered:
    """Try every message that is due, one after the other, and return what came of it.

    Each is claimed in one transaction, sent outside of any, and recorded in another: a sender that
    is killed leaves a claim behind, which the next run takes over and flags as in doubt. A channel
    that is down is left alone for the rest of the run, and nothing of it is lost.
    """
    _take_over(office)
    with office.reading() as session:
        post = _Post(office, the_office(session).name, open_channel)
    down: set[ChannelKind] = set()
    tally = dict.fromkeys(MessageState, 0)
    try:
        while (message := _claim(office, down)) is not None:
            result = _try(post, message)
            if result.outcome == Verdict.UNAVAILABLE:
                down.add(message.channel)
            with office.transaction() as session:
                if messages.record(session, message, result):
                    tally[result.state] += 1
    finally:
        for channel in post.channels.values():
            channel.close()
    return _summed(office, tally)


@dataclass(frozen=True, slots=True)
class _Post:
    """What one run sends with: under whose name, and the channels it has opened so far."""

    office: Office
    sender: str
    open_channel: OpenChannel
    channels: dict[ChannelKind, Channel] = field(default_factory=dict)

    def channel(self, kind: ChannelKind) -> Channel:
        """Return the one channel of a kind, opened when it is first needed."""
        if kind not in self.channels:
            self.channels[kind] = self.open_channel(kind)
        return self.channels[kind]


def owner() -> str:
    """Return who this process is: host, process id, and when the process began."""
    return f"{socket.gethostname()}/{os.getpid()}/{_began(os.getpid())}"


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


def _take_over(office: Office) -> None:
    with office.transaction() as session:
        dead = [claimed_by for claimed_by in messages.owners(session) if _is_dead(claimed_by)]
        messages.free_abandoned(session, now=office.now(), dead_owners=dead)


def _claim(office: Office, down: set[ChannelKind]) -> Message | None:
    """Claim the next message that still has something to say; withdraw those that have not."""
    while True:
        now = office.now()
        lease = Lease(
            owner=owner(),
            now=now,
            until=now + timedelta(seconds=office.settings.lease_seconds),
        )
        with office.transaction() as session:
            message = messages.claim_next(session, lease, without=down)
            if message is None or _has_something_to_say(session, message):
                return message
            withdrawn = Result(
                state=MessageState.WITHDRAWN,
                outcome=MessageState.WITHDRAWN,
                reason="所涉事项均已办结，不再提醒",
                ended_at=now,
            )
            messages.record(session, message, withdrawn)


def _has_something_to_say(session: Session, message: Message) -> bool:
    """Return whether a message is still to go out; asked in the transaction that claims it."""
    if message.kind is MessageKind.DIGEST:
        return acts.is_still_due(session, message.id)
    return True


def _try(post: _Post, message: Message) -> Result:
    """Send one message and return what is to be recorded of it."""
    try:
        outcome = post.channel(message.channel).deliver(_outgoing(post, message))
    except StorageError as error:  # a paper that is gone or was changed must not go out
        outcome = Outcome(verdict=Verdict.REFUSED, reason=f"{error}。{error.advice}")
    except NotConfiguredError as error:
        outcome = Outcome(verdict=Verdict.UNAVAILABLE, reason=f"{error}。{error.advice}")
    return _result(post.office, message, outcome)


STATES: Mapping[Verdict, MessageState] = {
    Verdict.ACCEPTED: MessageState.SENT,
    Verdict.REFUSED: MessageState.REFUSED,
    Verdict.DEFERRED: MessageState.PENDING,
    Verdict.UNAVAILABLE: MessageState.PENDING,
    Verdict.IN_DOUBT: MessageState.IN_DOUBT,
}


def _outgoing(post: _Post, message: Message) -> OutgoingMessage:
    return OutgoingMessage(
        message_id=message.message_id,
        dated_at=message.dated_at.astimezone(SHANGHAI),
        recipient_name=message.recipient_name,
        subject=message.subject,
        text=message.body,
        sender_name=post.sender,
        address=message.address,
        attachments=_attachments(post.office, message),
    )


def _attachments(office: Office, message: Message) -> tuple[Attachment, ...]:
    """Return the papers that go with a message, as they were kept."""
    if message.kind is MessageKind.DIGEST:
        return ()
    with office.reading() as session:
        attached = papers.of_message(session, message.id)
    return tuple(
        Attachment(
            name=paper.file_name,
            content=content_of(office, paper),
            content_type=CONTENT_TYPES.get(Path(paper.file_name).suffix, PLAIN_BYTES),
        )
        for paper in attached
    )


def _result(office: Office, message: Message, outcome: Outcome) -> Result:
    now = office.now()
    wait = None
    if outcome.verdict in (Verdict.DEFERRED, Verdict.IN_DOUBT):
        tries = min(message.fence, len(BACKOFF_MINUTES))
        wait = now + timedelta(minutes=BACKOFF_MINUTES[tries - 1])
    return Result(
        state=STATES[outcome.verdict],
        outcome=outcome.verdict,
        reason=outcome.reason,
        ended_at=now,
        not_before=wait,
    )


def waiting(office: Office) -> Delivered:
    """Return what a run would find, without trying anything."""
    return _summed(office, dict.fromkeys(MessageState, 0))


def _summed(office: Office, tally: Mapping[MessageState, int]) -> Delivered:
    with office.reading() as session:
        left = messages.counts(session, the_office(session).id)
    return Delivered(
        sent=tally[MessageState.SENT],
        refused=tally[MessageState.REFUSED],
        parked=tally[MessageState.PARKED],
        pending=left.get(MessageState.PENDING, 0) + left.get(MessageState.SENDING, 0),
        in_doubt=left.get(MessageState.IN_DOUBT, 0),
    )
