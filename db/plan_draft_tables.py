"""Documents that were taken in to be settled and are no plan yet."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from db.base import Row, UtcTime, word
from supervision.vocabulary import PlanDraftState


class PlanDraft(Row, table=True):
    """A plan document as read, with what the office has decided about it so far.

    What was read never changes; `rulings` are by finding, `settlement` holds what is corrected.
    Nothing of it is supervised before it is adopted.
    """

    __table_args__ = (Index("ix_plandraft_office_state", "office_id", "state"),)

    office_id: UUID = Field(foreign_key="office.id")
    state: PlanDraftState = word(PlanDraftState)
    code: str  # of the plan it is to become, or whose new edition it is
    file_name: str
    file_hash: str  # SHA-256 of the file as it came
    stored_as: str
    baseline_on: date
    started_by: str  # account name
    started_at: datetime = Field(sa_type=UtcTime)
    document: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # blocks, as printed
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # as read
    rulings: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # by finding's id
    settlement: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    ended_by: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)
