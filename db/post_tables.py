"""The post's own books: the office's channels, lines that are down or busy, telephone calls."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from db.base import Row, UtcTime, word
from supervision.vocabulary import ChannelKind


class OfficeChannel(Row, table=True):
    """A way out that the whole office shares (a relay, a gateway); its URL is sealed."""

    __table_args__ = (UniqueConstraint("office_id", "kind"),)

    office_id: UUID = Field(foreign_key="office.id")
    kind: ChannelKind = word(ChannelKind)
    sealed: str  # services/sealing.py; the key lies outside the database
    shown: str  # the URL without its secrets
    set_by: str
    set_at: datetime = Field(sa_type=UtcTime)


class ChannelLine(Row, table=True):
    """How one relay, gateway or robot does: whether it answers, and how fast it was used lately."""

    __table_args__ = (UniqueConstraint("office_id", "kind", "label"),)

    office_id: UUID = Field(foreign_key="office.id")
    kind: ChannelKind = word(ChannelKind)
    label: str = ""  # which robot; empty where all messages of a kind take the same line
    down_since: datetime | None = Field(default=None, sa_type=UtcTime)
    next_try_at: datetime | None = Field(default=None, sa_type=UtcTime)  # nothing goes out before
    reason: str = ""
    burst: int = 0  # messages since the line last rested for a minute
    last_used_at: datetime | None = Field(default=None, sa_type=UtcTime)


class TelephoneCall(Row, table=True):
    """A call that told a unit what a message could not (电话督办): by whom, to whom, the answer."""

    message_id: UUID = Field(foreign_key="message.id", index=True)
    called_at: datetime = Field(sa_type=UtcTime)
    called_by: str  # the account
    spoke_to: str
    answer: str
