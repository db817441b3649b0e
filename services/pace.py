"""How fast a line may be used, and when it is not used at all: robots' limits, quiet hours."""

from collections.abc import Mapping
from datetime import datetime, time
from types import MappingProxyType
from uuid import UUID

from sqlmodel import Session

from db import lines
from db.record_tables import Message
from notifications.pieces import count_pieces
from services.office import SHANGHAI
from services.sealing import SECRET_ADDRESSES
from services.settings import Settings
from supervision.vocabulary import ChannelKind

Line = tuple[UUID, ChannelKind, str]

# Messages a minute and robot: both vendors publish 20 and block what goes beyond.
MOST_A_MINUTE: Mapping[ChannelKind, int] = MappingProxyType(
    {ChannelKind.WECOM_ROBOT: 20, ChannelKind.DINGTALK_ROBOT: 20}
)
RINGING = frozenset(ChannelKind) - {ChannelKind.FILE, ChannelKind.MAIL}


def line_of(message: Message) -> Line:
    """Return the line a message takes: each robot is one, all mail takes one."""
    label = message.address if message.channel in SECRET_ADDRESSES else ""
    return message.office_id, message.channel, label


def allows(session: Session, message: Message, *, now: datetime) -> bool:
    """Count a message against its line's pace; False when the line has to rest first."""
    most = MOST_A_MINUTE.get(message.channel)
    if most is None:
        return True
    pieces = count_pieces(message.subject, message.body, message.channel)
    return lines.take(session, line_of(message), pieces=pieces, most=most, now=now)


def silent(settings: Settings, now: datetime) -> frozenset[ChannelKind]:
    """Return the channels that rest in the quiet hours: those that make a telephone ring."""
    if not settings.quiet_hours:
        return frozenset()
    begin, end = (time.fromisoformat(part) for part in settings.quiet_hours.split("-"))
    moment = now.astimezone(SHANGHAI).time()
    overnight = begin > end
    is_quiet = moment >= begin or moment < end if overnight else begin <= moment < end
    return RINGING if is_quiet else frozenset()
