"""The outbox's inner loop: which message is next, claiming it, recording what became of it.

Each statement is built once, when this is imported: building them anew for every message took as
long as sending it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session, col

from db.lines import is_closed
from db.record_tables import DeliveryAttempt, Message
from supervision.vocabulary import ChannelKind, MessageState


@dataclass(frozen=True, kw_only=True, slots=True)
class Lease:
    """Whose claim it is, from when, and until when nobody else may take the message."""

    owner: str
    now: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What one attempt came to, as it is written to the message and to the attempt."""

    state: MessageState
    outcome: str
    reason: str
    ended_at: datetime
    not_before: datetime | None = None
    is_in_doubt: bool = False  # a copy may be on its way
    deferrals: int = 0
    deferred_since: datetime | None = None


_NOW = bindparam("now", type_=Message.__table__.c.not_before.type)  # type: ignore[attr-defined]
_NEXT = (
    select(Message.__table__)  # type: ignore[attr-defined]
    .where(
        col(Message.state) == bindparam("state"),
        col(Message.not_before) <= _NOW,
        col(Message.channel) == bindparam("channel"),
        ~is_closed(_NOW),
    )
    .order_by(col(Message.not_before))
    .limit(1)
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(Message)
    .where(col(Message.id) == bindparam("this"))
    .values(
        state=MessageState.SENDING,
        fence=bindparam("new_fence"),
        claimed_by=bindparam("owner"),
        lease_until=bindparam("until"),
    )
)
_BEGIN = insert(DeliveryAttempt)
_RECORD = (
    update(Message)
    .where(
        col(Message.id) == bindparam("this"),
        col(Message.fence) == bindparam("our_fence"),
        col(Message.state) == MessageState.SENDING,
    )
    .values(
        state=bindparam("new_state"),
        reason=bindparam("new_reason"),
        claimed_by=None,
        lease_until=None,
        deferrals=bindparam("new_deferrals"),
        deferred_since=bindparam("since"),
        sent_at=bindparam("new_sent_at"),
        was_in_doubt=bindparam("doubt"),
        not_before=bindparam("earliest"),
    )
)
_END = (
    update(DeliveryAttempt)
    .where(
        col(DeliveryAttempt.message_id) == bindparam("this"),
        col(DeliveryAttempt.fence) == bindparam("our_fence"),
    )
    .values(
        ended_at=bindparam("ended"),
        outcome=bindparam("new_outcome"),
        reason=bindparam("new_reason"),
    )
)


def next_due(session: Session, now: datetime, *, by: ChannelKind) -> Message | None:
    """Return the message of a channel that has waited longest, locked; those in doubt come last.

    Lines that are down or have to rest are left alone. None when nothing is due.
    """
    for state in (MessageState.PENDING, MessageState.IN_DOUBT):
        asked = {"state": state, "now": now, "channel": by}
        row = session.connection().execute(_NEXT, asked).mappings().first()
        if row is not None:
            return Message(**row)
    return None


def claim(session: Session, message: Message, lease: Lease) -> Message:
    """Claim a due message, with its attempt on record before it is made; return it as claimed."""
    fence = message.fence + 1
    claimed = {
        "this": message.id,
        "new_fence": fence,
        "owner": lease.owner,
        "until": lease.until,
    }
    begun = {"id": uuid4(), "message_id": message.id, "fence": fence, "started_at": lease.now}
    session.connection().execute(_CLAIM, claimed)
    session.connection().execute(_BEGIN, begun)
    message.state, message.fence = MessageState.SENDING, fence
    message.claimed_by, message.lease_until = lease.owner, lease.until
    return message


def record(session: Session, message: Message, result: Result) -> bool:
    """Write an attempt's result; False when the claim is no longer ours: the message stays."""
    ours = {"this": message.id, "our_fence": message.fence, "new_reason": result.reason}
    recorded = ours | {
        "new_state": result.state,
        "new_deferrals": result.deferrals,
        "since": result.deferred_since,
        "new_sent_at": result.ended_at if result.state is MessageState.SENT else None,
        "doubt": result.is_in_doubt or message.was_in_doubt,
        "earliest": result.not_before or message.not_before,
    }
    is_ours = session.connection().execute(_RECORD, recorded).rowcount == 1
    ended = ours | {"ended": result.ended_at, "new_outcome": result.outcome}
    session.connection().execute(_END, ended)
    return is_ours
