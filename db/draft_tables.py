"""What units are still writing: reports not handed in yet, kept so that nothing is typed twice."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from db.base import Row, UtcTime


class ReportDraft(Row, table=True):
    """A unit's report on one obligation while it is written, or waits for the head of the unit."""

    __table_args__ = (UniqueConstraint("obligation_id", "unit_id"),)

    obligation_id: UUID = Field(foreign_key="obligation.id")
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # as typed
    saved_by: str  # account name
    saved_at: datetime = Field(sa_type=UtcTime)
    asked_by: str | None = None  # who asked the head to approve it (送审)
    asked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    returned_by: str | None = None  # the head who sent it back to be written again
    returned_reason: str | None = None
