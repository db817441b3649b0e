"""Emptying the outbox: claim, send, then record; a killed sender loses nothing (V1, V3, V4)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from db import acts, lines, message_claims, messages
from db.record_tables import Message
from notifications.message import Outcome, Verdict
from services import claims, notice_outcomes, outcomes, pace, sending, sign_in_links
from services.office import Office
from services.plans import the_office
from services.sending import OpenChannel, Post
from services.sound_clock import require_sound
from supervision.vocabulary import ChannelKind, MessageKind, MessageState

# A line that does not answer is tried again by the next run of the ten-minute schedule, which would
# come too early by the time-out that was waited for if this were ten minutes as well.
PROBE_EVERY = timedelta(minutes=9)
# What makes a line count as down: so many deferrals, or half as many doubts, with no success.
TROUBLE = {Verdict.UNAVAILABLE: 10, Verdict.IN_DOUBT: 5, Verdict.DEFERRED: 1}
TOO_MUCH = 10
# Mail last: a relay that hangs then holds up no other channel.
ORDER = (*(kind for kind in ChannelKind if kind is not ChannelKind.MAIL), ChannelKind.MAIL)
NOTHING_LEFT = "所提之事都已办理或已过时，不再提醒"
NO_LONGER_STANDS = "文书已撤销，或所涉事项均已办结，不再发送"


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


def deliver(office: Office, open_channel: OpenChannel, *, insists: bool = False) -> Delivered:
    """Try every message that is due, channel by channel, and return what came of it.

    Each is claimed in one transaction, sent outside of any, and recorded in another: a sender that
    is killed leaves a claim behind, which the next run takes over and flags as in doubt. A line
    that does not answer is left alone for ten minutes, unless a person `insists` on trying now.
    """
    run = _begun(office, open_channel, insists=insists)
    run.tally[MessageState.PARKED] += claims.take_over(office)
    try:
        with claims.kept(office):
            while _empty_all(run):
                pass
    finally:
        run.post.close()
    return _summed(office, run.tally)


@dataclass(slots=True)
class _Run:
    """One run: what it sends with, what it has counted, and the lines it knows to be down."""

    office: Office
    post: Post
    office_id: object
    down: set[pace.Line]
    tally: Counter[MessageState] = field(default_factory=Counter)
    trouble: Counter[pace.Line] = field(default_factory=Counter)


def _begun(office: Office, open_channel: OpenChannel, *, insists: bool) -> _Run:
    with office.transaction() as session:
        require_sound(session, office.now())
        row = the_office(session)
        if insists:
            lines.let_try(session, now=office.now())
        down = {(line.office_id, line.kind, line.label) for line in lines.down(session, row.id)}
        return _Run(office, Post(office, row.name, open_channel), row.id, down)


def _empty_all(run: _Run) -> bool:
    """Empty every channel that has anything due; return whether anything was tried."""
    now = run.office.now()
    with run.office.reading() as session:
        due = messages.kinds_due(session, now) - pace.silent(run.office.settings, now)
    tried = [_empty(run, kind) for kind in ORDER if kind in due]
    return any(tried)


def _empty(run: _Run, kind: ChannelKind) -> bool:
    """Send what is due by one channel; each result is on record before the next message goes."""
    tried: tuple[Message, Outcome] | None = None
    while True:
        with run.office.transaction() as session:
            if tried is not None:
                _settle(session, run, *tried)
            message = _claim(session, run.office, kind)
        if message is None:
            return tried is not None
        tried = message, sending.attempt(run.post, message)


def _settle(session: Session, run: _Run, message: Message, outcome: Outcome) -> None:
    state = outcomes.settle(session, run.office, message, outcome)
    if state is not None:
        run.tally[state] += 1
    _note_line(session, run, message, outcome)


def _claim(session: Session, office: Office, kind: ChannelKind) -> Message | None:
    """Claim the next message that still has something to say; withdraw those that have not."""
    lease = claims.lease(office)
    while (message := message_claims.next_due(session, lease.now, by=kind)) is not None:
        reason = _reason_to_withdraw(session, message, now=lease.now)
        if reason is not None:
            messages.withdraw(session, message, reason)
        elif pace.allows(session, message, now=lease.now):
            return message_claims.claim(session, message, lease)
    return None


def _reason_to_withdraw(session: Session, message: Message, *, now: datetime) -> str | None:
    """Return why a message is not to go out; asked in the transaction that claims it."""
    if message.kind is MessageKind.DIGEST:
        return None if acts.is_still_due(session, message.id) else NOTHING_LEFT
    if message.kind is MessageKind.NOTICE and message.about_id is not None:
        stands = notice_outcomes.still_stands(session, message.about_id)
        return None if stands else NO_LONGER_STANDS
    if message.kind is MessageKind.SIGN_IN:
        return sign_in_links.reason_to_withdraw(session, message, now=now)
    return None


def _note_line(session: Session, run: _Run, message: Message, outcome: Outcome) -> None:
    """Learn from an outcome how its line does: down, to be rested, or answering again."""
    line, now = pace.line_of(message), run.office.now()
    if outcome.verdict is Verdict.LIMITED:
        until = now + timedelta(seconds=outcome.wait_seconds)
        lines.close(session, line, until=until, reason=outcome.reason)
    elif outcome.verdict in TROUBLE:
        run.trouble[line] += TROUBLE[outcome.verdict]
        if run.trouble[line] >= TOO_MUCH:
            _leave_alone(session, run, line, outcome.reason, now)
    elif outcome.verdict is not Verdict.FAILED:
        run.trouble[line] = 0
        if line in run.down:
            run.down.discard(line)
            if lines.reopen(session, line) is not None:
                lines.release(session, message.channel, messages.WAITING, now=now)


def _leave_alone(session: Session, run: _Run, line: pace.Line, reason: str, now: datetime) -> None:
    lines.close(session, line, until=now + PROBE_EVERY, reason=reason, down_since=now)
    run.down.add(line)
    run.trouble[line] = 0


def waiting(office: Office) -> Delivered:
    """Return what a run would find, without trying anything."""
    return _summed(office, Counter())


def _summed(office: Office, tally: Mapping[MessageState, int]) -> Delivered:
    with office.reading() as session:
        left = messages.counts(session, the_office(session).id)
    return Delivered(
        sent=tally.get(MessageState.SENT, 0) + tally.get(MessageState.HANDED_OVER, 0),
        refused=tally.get(MessageState.REFUSED, 0),
        parked=tally.get(MessageState.PARKED, 0),
        pending=left.get(MessageState.PENDING, 0) + left.get(MessageState.SENDING, 0),
        in_doubt=left.get(MessageState.IN_DOUBT, 0),
    )
