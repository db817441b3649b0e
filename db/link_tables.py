"""What is opened without signing in: one-time links in messages, and people's own feeds."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from db.base import Row, UtcTime, word
from supervision.vocabulary import FeedKind, LinkPurpose


class OneTimeLink(Row, table=True):
    """One link in one message: what it does, for whom, until when; it ends, it is never deleted.

    Its token is derived from its id with the office's secret (services/link_tokens.py), so that
    neither this table nor the outbox holds anything that opens a page.
    """

    __table_args__ = (UniqueConstraint("message_id", "purpose", "about_id"),)

    office_id: UUID = Field(foreign_key="office.id")
    message_id: UUID = Field(foreign_key="message.id")
    purpose: LinkPurpose = word(LinkPurpose)
    about_id: UUID = Field(index=True)  # the item, obligation, sheet or account
    unit_id: UUID = Field(foreign_key="unit.id")
    contact_id: UUID | None = Field(default=None, foreign_key="contact.id")  # None: the unit's
    bound_to: str  # the person's name, else the unit's
    token_hash: str = Field(unique=True)  # SHA-256
    made_at: datetime = Field(sa_type=UtcTime)
    ends_at: datetime = Field(sa_type=UtcTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    revoked_by: str | None = None


class FeedToken(Row, table=True):
    """What a person's calendar or feed reader shows; a new one takes the place of the last."""

    account_id: UUID = Field(foreign_key="account.id", index=True)
    kind: FeedKind = word(FeedKind)
    token_hash: str = Field(unique=True)  # SHA-256; the token itself is only with its program
    made_at: datetime = Field(sa_type=UtcTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)
