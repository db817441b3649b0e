"""Papers of supervision: sheets that were signed, their numbers, their answers, circulars."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from db.base import Row, UtcTime, word, word_type
from supervision.vocabulary import (
    CircularState,
    Decision,
    NoticeState,
    NumberSeries,
    PaperKind,
    Rung,
)


class NoticeSheet(Row, table=True):
    """One paper of supervision, from its signature on; the matters it names are its notices."""

    __table_args__ = (
        UniqueConstraint("office_id", "year", "number"),
        Index("ix_noticesheet_plan_state", "plan_id", "state"),
    )

    office_id: UUID = Field(foreign_key="office.id")
    plan_id: UUID = Field(foreign_key="plan.id")
    rung: Rung = word(Rung)
    form: PaperKind = word(PaperKind)  # 通知, 函 or 约谈建议
    unit_id: UUID = Field(foreign_key="unit.id", index=True)  # whose matters they are
    receiving_unit_id: UUID | None = Field(default=None, foreign_key="unit.id")  # since issuing
    state: NoticeState = word(NoticeState)
    reply_days: int | None = None  # working days to answer in (R18); an interview has none
    signed_by: str  # account
    signed_on: date
    signed_at: datetime = Field(sa_type=UtcTime)
    year: int | None = None
    number: int | None = None
    number_text: str | None = None  # 章无废办督〔2025〕3号
    issued_by: str | None = None
    issued_on: date | None = None
    paper_id: UUID | None = Field(default=None, foreign_key="paper.id")
    delivered_on: date | None = None
    delivered_how: str | None = None
    acknowledged_by: str | None = None
    acknowledged_on: date | None = None
    reply_due_on: date | None = None
    ended_by: str | None = None  # who voided it, or took the signature back
    ended_on: date | None = None
    end_reason: str | None = None


class NumberCounter(SQLModel, table=True):
    """The last number given in a series and year; its update is the lock that leaves no gap."""

    __table_args__ = (CheckConstraint("last >= 0", name="last_is_not_negative"),)

    office_id: UUID = Field(primary_key=True, foreign_key="office.id")
    series: NumberSeries = Field(sa_column=Column(word_type(NumberSeries), primary_key=True))
    year: int = Field(primary_key=True)
    last: int = 0


class PolicyEdition(SQLModel, table=True):
    """The rules as they stood under one version: a ladder that has begun goes on by them (R30)."""

    version: str = Field(primary_key=True)  # Policy.version
    rules: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    recorded_on: date


class NoticeAnswer(Row, table=True):
    """What a unit answers to one matter of a notice, and what the office made of it."""

    __table_args__ = (
        UniqueConstraint("notice_id", "version"),
        Index(
            "uq_noticeanswer_one_open",
            "notice_id",
            unique=True,
            sqlite_where=text("decision = 'open'"),
            postgresql_where=text("decision = 'open'"),
        ),
    )

    notice_id: UUID = Field(foreign_key="notice.id")
    version: int  # 1, 2 …
    unit_id: UUID = Field(foreign_key="unit.id")
    answered_by: str
    answered_on: date
    answered_at: datetime = Field(sa_type=UtcTime)
    is_late: bool = False
    body: str  # 落实情况
    reasons: str  # why it was not done in time
    promised_on: date | None = None
    evidence_ids: list[str] = Field(sa_column=Column(JSON, nullable=False))
    decision: Decision = word(Decision)
    reviewed_by: str | None = None
    reviewed_on: date | None = None
    review_opinion: str | None = None


class Circular(Row, table=True):
    """A circular (通报) on one closed round; what it says comes from the round's snapshot only."""

    __table_args__ = (UniqueConstraint("office_id", "year", "number"),)

    office_id: UUID = Field(foreign_key="office.id")
    plan_id: UUID = Field(foreign_key="plan.id")
    round_id: UUID = Field(foreign_key="round.id", unique=True)
    state: CircularState = word(CircularState)
    snapshot_hash: str
    drafted_on: date
    due_on: date | None = None  # R31; none where the calendar is not published
    signed_by: str | None = None
    signed_on: date | None = None
    signed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    year: int | None = None
    number: int | None = None
    number_text: str | None = None
    published_by: str | None = None
    published_on: date | None = None
    paper_id: UUID | None = Field(default=None, foreign_key="paper.id")
