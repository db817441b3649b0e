"""What an attempt's verdict does to its message, to its line, and to what it carried."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from db import message_claims, messages
from db.message_claims import Result
from db.record_tables import Message
from notifications.message import Outcome, Verdict
from services import claims, notice_outcomes, replacing
from services.claims import FORMAL
from services.days import uses_real_channels
from services.office import SHANGHAI, Office
from supervision.vocabulary import ChannelKind, MessageKind, MessageState

# Minutes before the next try of a message that was deferred, then hourly (reliability.md §2.5).
BACKOFF_MINUTES = (1, 5, 15, 30, 60)
LONGEST_WAIT = timedelta(hours=48)
GAVE_UP = "对方暂不接收已满48小时，不再自动发送"

STATES: Mapping[Verdict, MessageState] = {
    Verdict.ACCEPTED: MessageState.SENT,
    Verdict.HANDED_OVER: MessageState.HANDED_OVER,
    Verdict.REFUSED: MessageState.REFUSED,
    Verdict.DEFERRED: MessageState.PENDING,
    Verdict.UNAVAILABLE: MessageState.PENDING,
    Verdict.LIMITED: MessageState.PENDING,
    Verdict.IN_DOUBT: MessageState.IN_DOUBT,
    Verdict.FAILED: MessageState.PENDING,
}


def settle(
    session: Session, office: Office, message: Message, outcome: Outcome
) -> MessageState | None:
    """Write down what one attempt came to and all that follows from it; return the new state.

    None when somebody else took the message over meanwhile: then nothing follows.
    """
    now = office.now()
    result = _result(session, message, outcome, now)
    if not message_claims.record(session, message, result):
        return None
    if result.state is MessageState.SENT and message.kind is MessageKind.NOTICE:
        _tell_delivered(session, message, now)
    if result.state is MessageState.REFUSED:
        replacing.fall_back(session, office, message)
    return result.state


def _tell_delivered(session: Session, message: Message, now: datetime) -> None:
    """Count a notice as delivered; one that was only filed counts in a trial alone.

    Once real channels are in use, a file on our own disk has reached nobody: the sheet stays on the
    office's list until somebody hands it over (R20).
    """
    is_file = message.channel is ChannelKind.FILE
    if message.about_id is None or (is_file and uses_real_channels(session)):
        return
    today = now.astimezone(SHANGHAI).date()
    notice_outcomes.delivered(
        session,
        sheet_id=message.about_id,
        on=today,
        at=now,
        how=message.channel.label,
        filed_after=today - message.dated_at.astimezone(SHANGHAI).date() if is_file else None,
    )


def _result(session: Session, message: Message, outcome: Outcome, now: datetime) -> Result:
    match outcome.verdict:
        case Verdict.DEFERRED:
            return _deferred(message, outcome, now)
        case Verdict.IN_DOUBT | Verdict.FAILED:
            return _without_result(session, message, outcome, now)
        case Verdict.UNAVAILABLE:  # behind the others, so that the next probe takes another
            return _plain(message, outcome, now, not_before=now)
        case _:
            return _plain(message, outcome, now)


def _plain(
    message: Message, outcome: Outcome, now: datetime, *, not_before: datetime | None = None
) -> Result:
    return Result(
        state=STATES[outcome.verdict],
        outcome=outcome.verdict,
        reason=outcome.reason,
        ended_at=now,
        not_before=not_before,
        deferrals=message.deferrals,
        deferred_since=message.deferred_since,
    )


def _deferred(message: Message, outcome: Outcome, now: datetime) -> Result:
    """Wait longer each time; after two days a person decides."""
    deferrals, since = message.deferrals + 1, message.deferred_since or now
    is_over = now - since >= LONGEST_WAIT
    return Result(
        state=MessageState.PARKED if is_over else MessageState.PENDING,
        outcome=outcome.verdict,
        reason=f"{GAVE_UP}：{outcome.reason}" if is_over else outcome.reason,
        ended_at=now,
        not_before=now + _wait(deferrals),
        deferrals=deferrals,
        deferred_since=since,
    )


def _without_result(session: Session, message: Message, outcome: Outcome, now: datetime) -> Result:
    """Try again a few times; a signed paper that may have gone out waits for a person at once."""
    is_doubtful = outcome.verdict is Verdict.IN_DOUBT
    # This attempt is on record as begun, and counts.
    failures = messages.failures(session, message.id, claims.NO_RESULT)
    state, reason = STATES[outcome.verdict], outcome.reason
    if is_doubtful and message.kind in FORMAL:
        state, reason = MessageState.PARKED, f"{claims.PARKED_IN_DOUBT}：{reason}"
    elif failures >= claims.MOST_FAILURES:
        state, reason = MessageState.PARKED, f"{claims.POISON}：{reason}"
    return Result(
        state=state,
        outcome=outcome.verdict,
        reason=reason,
        ended_at=now,
        not_before=now + _wait(failures),
        is_in_doubt=is_doubtful,
        deferrals=message.deferrals,
        deferred_since=message.deferred_since,
    )


def _wait(times: int) -> timedelta:
    return timedelta(minutes=BACKOFF_MINUTES[min(times, len(BACKOFF_MINUTES)) - 1])
