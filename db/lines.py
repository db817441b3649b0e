"""Queries about lines: which relay, gateway or robot is down or has to rest, and until when."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import exists, or_, update
from sqlmodel import Session, col, select

from db.bulk import insert_new
from db.post_tables import ChannelLine
from db.record_tables import Message
from supervision.vocabulary import ChannelKind

REST = timedelta(minutes=1)  # after a burst; no minute then holds messages of two bursts


def is_closed(now: Any) -> Any:  # noqa: ANN401 - a moment or a parameter; a condition
    """Return whether a message's line may not be used yet."""
    return exists().where(
        col(ChannelLine.kind) == col(Message.channel),
        or_(col(ChannelLine.label) == "", col(ChannelLine.label) == col(Message.address)),
        col(ChannelLine.next_try_at) > now,
    )


def close(
    session: Session,
    line: tuple[UUID, ChannelKind, str],
    *,
    until: datetime,
    reason: str,
    down_since: datetime | None = None,
) -> None:
    """Leave a line alone until then; `down_since` also says that it does not answer."""
    row = _line(session, line)
    row.next_try_at, row.reason = until, reason
    if down_since is not None:
        row.down_since = row.down_since or down_since
    session.add(row)
    session.flush()


def reopen(session: Session, line: tuple[UUID, ChannelKind, str]) -> datetime | None:
    """Note that a line answers; return since when it had been down, None when it had not."""
    row = _found(session, line)
    if row is None or row.down_since is None:
        return None
    since, row.down_since, row.next_try_at, row.reason = row.down_since, None, None, ""
    session.add(row)
    session.flush()
    return since


def let_try(session: Session, *, now: datetime) -> None:
    """Let lines that are down be tried at once; one that has to rest still rests."""
    down = update(ChannelLine).where(col(ChannelLine.down_since).is_not(None))
    session.connection().execute(down.values(next_try_at=now))


def take(
    session: Session,
    line: tuple[UUID, ChannelKind, str],
    *,
    pieces: int,
    most: int,
    now: datetime,
) -> bool:
    """Count messages against a line's pace; False when it has to rest first, and then it does.

    A burst ends when the line was left alone for a minute, so no minute holds more than `most`.
    """
    row = _line(session, line)
    if row.last_used_at is None or row.last_used_at + REST <= now:
        row.burst = 0
    fits = row.burst == 0 or row.burst + pieces <= most
    if fits:
        row.burst, row.last_used_at = row.burst + pieces, now
    elif row.last_used_at is not None:
        row.next_try_at, row.reason = row.last_used_at + REST, "已达每分钟条数上限，稍候再发"
    session.add(row)
    session.flush()
    return fits


def down(session: Session, office_id: UUID) -> list[ChannelLine]:
    """Return the lines that do not answer, longest first."""
    query = select(ChannelLine).where(
        ChannelLine.office_id == office_id, col(ChannelLine.down_since).is_not(None)
    )
    return list(session.exec(query.order_by(col(ChannelLine.down_since))))


def release(session: Session, kind: ChannelKind, states: Iterable[Any], *, now: datetime) -> None:
    """Make everything that waits for a line due at once."""
    waiting = update(Message).where(
        col(Message.channel) == kind,
        col(Message.state).in_(list(states)),
        col(Message.not_before) > now,
    )
    session.connection().execute(waiting.values(not_before=now))


def _line(session: Session, line: tuple[UUID, ChannelKind, str]) -> ChannelLine:
    """Return a line's row, locked; it is made when it is first needed."""
    office_id, kind, label = line
    blank = ChannelLine(office_id=office_id, kind=kind, label=label)
    found = _found(session, line)
    if found is None:
        insert_new(session, ChannelLine, [blank.model_dump() | {"id": uuid4()}])
        found = _found(session, line)
    assert found is not None
    return found


def _found(session: Session, line: tuple[UUID, ChannelKind, str]) -> ChannelLine | None:
    office_id, kind, label = line
    query = select(ChannelLine).where(
        ChannelLine.office_id == office_id,
        col(ChannelLine.kind) == kind,
        ChannelLine.label == label,
    )
    return session.exec(query.with_for_update()).one_or_none()
