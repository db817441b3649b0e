"""Other systems that are let in: their tokens, and what was answered to what they sent."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from db.base import Row, UtcTime


class IntegrationToken(Row, table=True):
    """A token of one integration; it ends or is revoked, and is never deleted."""

    __table_args__ = (UniqueConstraint("office_id", "name"),)

    office_id: UUID = Field(foreign_key="office.id")
    name: str
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id")  # None: it is the office's
    scopes: list[str] = Field(sa_column=Column(JSON, nullable=False))  # Scope
    token_hash: str = Field(unique=True)  # SHA-256; the token itself is only with its system
    made_by: str
    made_at: datetime = Field(sa_type=UtcTime)
    expires_on: date  # the first day it does not hold any more
    revoked_by: str | None = None
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)


class IntegrationAnswer(Row, table=True):
    """What was answered under an idempotency key: the same request again gets the same answer."""

    __table_args__ = (UniqueConstraint("token_id", "key"),)

    token_id: UUID = Field(foreign_key="integrationtoken.id")
    key: str
    request_hash: str  # SHA-256 of method, address and content
    answered_at: datetime = Field(sa_type=UtcTime, index=True)
    status: int
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
