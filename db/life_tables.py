"""People and what they do: accounts, reports, evidence, close-outs, extensions, meetings."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, Index, Numeric, UniqueConstraint, text
from sqlmodel import Field

from db.base import Row, UtcTime, word
from supervision.vocabulary import (
    Decision,
    EvidenceKind,
    Grade,
    MeetingKind,
    Presence,
    Role,
)


class Account(Row, table=True):
    """A person who may act; one who leaves is disabled, never deleted."""

    __table_args__ = (UniqueConstraint("office_id", "name"),)

    office_id: UUID = Field(foreign_key="office.id")
    name: str
    full_name: str
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id")
    password_hash: str  # argon2id
    password_set_at: datetime = Field(sa_type=UtcTime)
    created_at: datetime = Field(sa_type=UtcTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UtcTime)
    disabled_at: datetime | None = Field(default=None, sa_type=UtcTime)


class RoleGrant(Row, table=True):
    """A role given to an account; one taken away is dated."""

    __table_args__ = (UniqueConstraint("account_id", "role", "granted_at"),)

    account_id: UUID = Field(foreign_key="account.id", index=True)
    role: Role = word(Role)
    granted_at: datetime = Field(sa_type=UtcTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)


class ProgressReport(Row, table=True):
    """What a unit reports on one obligation (进展报送); a correction is a new version."""

    __table_args__ = (
        UniqueConstraint("obligation_id", "version"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_is_a_share"),
    )

    obligation_id: UUID = Field(foreign_key="obligation.id")
    version: int  # 1, 2 …
    unit_id: UUID = Field(foreign_key="unit.id")
    reported_by: str  # account name
    reported_at: datetime = Field(sa_type=UtcTime)
    as_of: date
    progress: str  # 本季进展
    percent: int | None = None  # 累计进度
    stage: str | None = None  # 形象进度
    problems: str | None = None  # 存在问题
    help_wanted: str | None = None  # 需协调事项
    next_step: str | None = None  # 下步计划
    evidence_note: str | None = None  # 佐证说明: which papers, by what number
    invested_wan: Decimal | None = Field(default=None, sa_column=Column(Numeric(14, 2)))
    verdict: Decision = word(Decision)  # of the office's review
    reviewed_by: str | None = None
    reviewed_on: date | None = None
    review_reason: str | None = None


class Contribution(Row, table=True):
    """What a supporting unit adds to an obligation (会同情况); the latest version counts."""

    __table_args__ = (UniqueConstraint("obligation_id", "unit_id", "version"),)

    obligation_id: UUID = Field(foreign_key="obligation.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    version: int
    contributed_by: str
    contributed_at: datetime = Field(sa_type=UtcTime)
    as_of: date
    body: str


class Milestone(Row, table=True):
    """What an item is to have reached at a quarter's end (年度工作任务分解计划)."""

    __table_args__ = (
        UniqueConstraint("work_item_id", "period"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_is_a_share"),
    )

    work_item_id: UUID = Field(foreign_key="workitem.id")
    period: str  # 2024Q1
    percent: int
    stage: str


class RoundSnapshot(Row, table=True):
    """What a closed round looked like: never changed, whatever happens to its items later."""

    round_id: UUID = Field(foreign_key="round.id", unique=True)
    frozen_at: datetime = Field(sa_type=UtcTime)
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    hash: str  # SHA-256 of the content as canonical JSON


class EvidenceFile(Row, table=True):
    """A piece of evidence: where its content is kept, what it really is, who brought it."""

    __table_args__ = (UniqueConstraint("work_item_id", "kind", "hash"),)

    work_item_id: UUID = Field(foreign_key="workitem.id")
    report_id: UUID | None = Field(default=None, foreign_key="progressreport.id")
    kind: EvidenceKind = word(EvidenceKind)
    name: str  # as the person called it
    hash: str  # SHA-256 of the content
    size: int  # bytes
    media_type: str  # by its content, not its name
    stored_as: str  # path in the store
    vouched_by: str | None = None  # whose name stands under an offline statement (R25)
    brought_by: str
    brought_at: datetime = Field(sa_type=UtcTime)
    as_of: date


class CloseOut(Row, table=True):
    """One request to close an item out (申请销号) and its two reviews."""

    __table_args__ = (
        UniqueConstraint("work_item_id", "ordinal"),
        Index(
            "uq_closeout_one_open",
            "work_item_id",
            unique=True,
            sqlite_where=text("decision = 'open'"),
            postgresql_where=text("decision = 'open'"),
        ),
    )

    work_item_id: UUID = Field(foreign_key="workitem.id")
    ordinal: int
    asked_by: str
    asked_on: date
    summary: str
    reviewed_by: str | None = None  # 初审
    reviewed_on: date | None = None
    review_opinion: str | None = None
    decided_by: str | None = None  # 复核: another person, of no responsible unit (R26)
    decided_on: date | None = None
    decision: Decision = word(Decision)
    reason: str | None = None
    grade: Grade | None = word(Grade, nullable=True)


class Extension(Row, table=True):
    """A later date that was asked for (延期) and what was decided; the original date stays."""

    __table_args__ = (
        Index(
            "uq_extension_one_open",
            "work_item_id",
            unique=True,
            sqlite_where=text("decision = 'open'"),
            postgresql_where=text("decision = 'open'"),
        ),
    )

    work_item_id: UUID = Field(foreign_key="workitem.id", index=True)
    asked_by: str
    asked_on: date
    due_on_before: date
    new_due_on: date
    reason: str
    progress: str
    lacks: list[str] = Field(
        sa_column=Column(JSON, nullable=False)
    )  # ExtensionLack, as asked (R22)
    reviewed_by: str | None = None
    reviewed_on: date | None = None
    review_opinion: str | None = None
    decided_by: str | None = None
    decided_on: date | None = None
    decision: Decision = word(Decision)
    decision_reason: str | None = None
    document: str | None = None


class Meeting(Row, table=True):
    """A meeting the plan calls for (推进会议、联席会议)."""

    __table_args__ = (UniqueConstraint("plan_id", "kind", "held_on", "subject"),)

    plan_id: UUID = Field(foreign_key="plan.id")
    kind: MeetingKind = word(MeetingKind)
    held_on: date
    subject: str
    minutes: str | None = None
    recorded_by: str


class Attendance(Row, table=True):
    """Whether a unit came to a meeting."""

    __table_args__ = (UniqueConstraint("meeting_id", "unit_id"),)

    meeting_id: UUID = Field(foreign_key="meeting.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    presence: Presence = word(Presence)
    attended_by: str | None = None


class MeetingItem(Row, table=True):
    """An item that was on a meeting's agenda."""

    __table_args__ = (UniqueConstraint("meeting_id", "work_item_id"),)

    meeting_id: UUID = Field(foreign_key="meeting.id")
    work_item_id: UUID = Field(foreign_key="workitem.id", index=True)


class Inspection(Row, table=True):
    """A site check (督导检查) of one item: what was found, what is to be put right by when."""

    work_item_id: UUID = Field(foreign_key="workitem.id", index=True)
    inspected_on: date
    inspected_by: str
    recorded_by: str
    findings: str
    put_right_by: date | None = None
    put_right_on: date | None = None


class EventAnchor(Row, table=True):
    """The head of the event chain at the end of a day, as it was told to somebody outside."""

    __table_args__ = (UniqueConstraint("office_id", "day"),)

    office_id: UUID = Field(foreign_key="office.id")
    day: date
    sequence: int
    hash: str
    anchored_at: datetime = Field(sa_type=UtcTime)
