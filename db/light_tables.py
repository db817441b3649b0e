"""What people say of an item's light: one they set themselves, and that a date cannot be kept."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from db.base import Row, word
from supervision.vocabulary import Light


class LightOverride(Row, table=True):
    """A light that a person set (人工定灯, R32); it holds until it ends or expires, and is kept."""

    __table_args__ = (UniqueConstraint("work_item_id", "ordinal"),)

    work_item_id: UUID = Field(foreign_key="workitem.id")
    ordinal: int  # 1, 2 … of the item
    light: Light = word(Light)
    reason: str
    set_by: str
    set_on: date
    expires_on: date  # the day the next round opens: it holds no more
    ended_by: str | None = None
    ended_on: date | None = None  # from this day on it holds no more
    end_reason: str | None = None


class UnableJudgement(Row, table=True):
    """A person's judgement that an item cannot be finished in time (难以按期, R14).

    It is of one due date in one cycle: a later date, or another start, leaves it behind.
    """

    __table_args__ = (
        Index(
            "uq_unablejudgement_one_standing",
            "work_item_id",
            "cycle",
            "due_on",
            unique=True,
            sqlite_where=text("revoked_on IS NULL"),
            postgresql_where=text("revoked_on IS NULL"),
        ),
    )

    work_item_id: UUID = Field(foreign_key="workitem.id", index=True)
    cycle: int
    due_on: date | None = None
    reason: str
    judged_by: str
    judged_on: date
    revoked_by: str | None = None
    revoked_on: date | None = None
    revoke_reason: str | None = None
