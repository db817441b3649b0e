"""What happened: rounds, obligations, notices, acts, messages, sweeps and the event chain."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from db import notice_tables, paper_tables  # noqa: F401 - rows here refer to theirs
from db.base import Row, UtcTime, word
from supervision.vocabulary import (
    ChannelKind,
    DayKind,
    MessageKind,
    MessageState,
    NoticeState,
    ObligationState,
    RoundState,
    Rung,
    SweepPart,
)


class Round(Row, table=True):
    """A quarterly dispatch round (季度调度); one that was never opened is kept as missed."""

    __table_args__ = (UniqueConstraint("plan_id", "period"),)

    plan_id: UUID = Field(foreign_key="plan.id")
    period: str  # 2024Q1
    state: RoundState = word(RoundState)
    opens_on: date
    support_due_on: date
    due_on: date
    closes_on: date
    opened_on: date | None = None  # later than opens_on after an outage
    closed_on: date | None = None


class Obligation(Row, table=True):
    """One report that is owed (应报) on one item in one round."""

    __table_args__ = (
        UniqueConstraint("round_id", "work_item_id"),
        Index("ix_obligation_round_state", "round_id", "state"),
    )

    round_id: UUID = Field(foreign_key="round.id")
    work_item_id: UUID = Field(foreign_key="workitem.id")
    state: ObligationState = word(ObligationState)


class Notice(Row, table=True):
    """A supervision notice (督办通知) on one matter; a signed sheet may carry several."""

    __table_args__ = (CheckConstraint("cycle >= 1", name="cycle_is_positive"),)

    key: str = Field(unique=True)  # supervision.keys.notice_key: the database refuses a double
    plan_id: UUID = Field(foreign_key="plan.id")
    work_item_id: UUID = Field(foreign_key="workitem.id", index=True)
    rung: Rung = word(Rung)
    cycle: int  # 1, and one more each time the item is reopened
    state: NoticeState = word(NoticeState)
    drafted_on: date
    overdue_since: date | None = None  # the due date that was missed; none where progress was
    policy_version: str  # of the ladder it climbs by (R30)
    sheet_id: UUID | None = Field(default=None, foreign_key="noticesheet.id", index=True)
    why: str | None = None  # where a date alone does not say it
    drafted_by: str | None = None  # who drafted it by hand; none for the sweep


class Act(SQLModel, table=True):
    """One thing that is to be told to one unit (the ledger); untold while `message_id` is empty."""

    __table_args__ = (
        Index(
            "ix_act_untold",  # a unit's digest reads its first lines and its counts here
            "unit_id",
            "round_id",
            "due_on",
            "rule",
            "work_item_id",
            sqlite_where=text("message_id IS NULL AND withdrawn_on IS NULL"),
            postgresql_where=text("message_id IS NULL AND withdrawn_on IS NULL"),
        ),
        Index(
            "ix_act_message_id",
            "message_id",
            sqlite_where=text("message_id IS NOT NULL"),
            postgresql_where=text("message_id IS NOT NULL"),
        ),
    )

    key: str = Field(primary_key=True)  # supervision.keys.act_key
    office_id: UUID = Field(foreign_key="office.id")
    work_item_id: UUID = Field(foreign_key="workitem.id")
    round_id: UUID | None = Field(default=None, foreign_key="round.id")  # when it is about a report
    unit_id: UUID = Field(foreign_key="unit.id")  # whom it is told to
    rule: str
    step: str
    due_on: date | None = None  # the item's, as it stood when this was recorded
    planned_on: date
    recorded_on: date
    message_id: UUID | None = Field(default=None, foreign_key="message.id")
    withdrawn_on: date | None = None  # the item was closed before anybody was told


class Message(Row, table=True):
    """One message to one recipient; `sent` only after the recipient's side accepted it."""

    __table_args__ = (
        Index("ix_message_due", "state", "not_before"),
        Index("uq_message_replaces_id", "replaces_id", unique=True),  # one successor, never two
    )

    key: str = Field(unique=True)  # supervision.keys.digest_key
    office_id: UUID = Field(foreign_key="office.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    kind: MessageKind = word(MessageKind)
    about_id: UUID | None = Field(default=None, index=True)  # the sheet or circular it carries
    day: date
    channel: ChannelKind = word(ChannelKind)
    recipient_name: str
    address: str  # of a robot: which one it is, never its key
    way_id: UUID | None = None  # the ChannelAddress it goes by
    replaces_id: UUID | None = None  # the message that was not delivered (R27)
    subject: str
    body: str
    message_id: str  # RFC 5322 Message-ID, made with the row and never anew
    dated_at: datetime = Field(sa_type=UtcTime)  # its Date header, the same in every try
    state: MessageState = word(MessageState)
    not_before: datetime = Field(sa_type=UtcTime)
    claimed_by: str | None = None  # host and process
    lease_until: datetime | None = Field(default=None, sa_type=UtcTime)
    fence: int = 0  # the claim that may write the outcome; a late writer's is refused
    was_in_doubt: bool = False  # a second copy may be on its way
    # How often the recipient's side asked to come again.
    deferrals: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    deferred_since: datetime | None = Field(default=None, sa_type=UtcTime)
    reason: str | None = None
    sent_at: datetime | None = Field(default=None, sa_type=UtcTime)


class DeliveryAttempt(Row, table=True):
    """One try to deliver a message; written before the try, completed after it."""

    __table_args__ = (UniqueConstraint("message_id", "fence"),)

    message_id: UUID = Field(foreign_key="message.id")
    fence: int
    started_at: datetime = Field(sa_type=UtcTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)
    outcome: str | None = None
    reason: str | None = None


class Sweep(Row, table=True):
    """One part of the daily sweep, done for one day; written with the work, or not at all."""

    __table_args__ = (UniqueConstraint("part", "scope", "day"),)

    part: SweepPart = word(SweepPart)
    scope: UUID  # the plan, or the office for digests
    day: date
    covered_from: date
    swept_at: datetime = Field(sa_type=UtcTime)


class CalendarDay(SQLModel, table=True):
    """A day as the State Council's notice has it; a day that is not here is not published."""

    day: date = Field(primary_key=True)
    kind: DayKind = word(DayKind)
    source: str


class Event(Row, table=True):
    """One entry of the append-only, hash-chained record of moves and acts."""

    __table_args__ = (
        UniqueConstraint("office_id", "sequence"),
        Index("ix_event_about", "about_id", "sequence"),
    )

    office_id: UUID = Field(foreign_key="office.id")
    sequence: int
    actor: str
    act: str
    about_kind: str
    about_id: UUID
    before: str | None = None
    after: str | None = None
    at: datetime = Field(sa_type=UtcTime)
    as_of: date
    why: str | None = None
    document: str | None = None
    facts: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    previous_hash: str
    hash: str


class EventHead(SQLModel, table=True):
    """The last link of an office's chain; locked while a link is added."""

    office_id: UUID = Field(foreign_key="office.id", primary_key=True)
    sequence: int
    hash: str


class EventArchive(Row, table=True):
    """A stretch of the chain that was moved into a file; the links go on across it."""

    __table_args__ = (UniqueConstraint("office_id", "first_sequence"),)

    office_id: UUID = Field(foreign_key="office.id")
    first_sequence: int
    last_sequence: int
    last_hash: str
    file_name: str
    file_hash: str  # SHA-256 of the file
