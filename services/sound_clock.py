"""Whether the system clock can be trusted: one that went back would do yesterday's work again."""

from datetime import datetime, timedelta

from sqlmodel import Session

from db import sweeps
from supervision.errors import StorageError

JITTER = timedelta(minutes=5)  # two hosts may differ by so much


class ClockWentBackError(StorageError):
    """The clock stands before the last sweep (exit code 1): correct it; nothing was done."""


def behind(session: Session, now: datetime) -> timedelta | None:
    """Return by how much the clock stands before the last sweep, None when it may be trusted."""
    last = sweeps.latest_moment(session)
    if last is None or last - now <= JITTER:
        return None
    return last - now


def require_sound(session: Session, now: datetime) -> None:
    """Raise ClockWentBackError when the clock went back by more than five minutes (REL6)."""
    back = behind(session, now)
    if back is not None:
        raise ClockWentBackError(
            f"系统时钟比上次处理早{int(back.total_seconds() // 60)}分钟，已停止处理和发送",
            advice="请校正系统时钟（NTP）后重试；如果是此前的时钟超前，请等到那一刻之后或从备份恢复。",
        )
