"""The office, its units, its plans and what they list."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, Index, Numeric, UniqueConstraint, text
from sqlmodel import Field

from db.base import Row, UtcTime, word
from supervision.vocabulary import (
    ChannelKind,
    ContactPost,
    DeadlineKind,
    Direction,
    Grade,
    ItemKind,
    ItemState,
    Mark,
    Relation,
    UnitKind,
)


class Office(Row, table=True):
    """The leading group's office (领导小组办公室) that runs its plans here."""

    code: str = Field(unique=True)
    name: str
    # Until then only files are written: importing an old plan must never start a storm.
    baseline_confirmed_on: date | None = None


class Plan(Row, table=True):
    """A published plan that was adopted; `baseline_on` is the first day duban answers for."""

    __table_args__ = (UniqueConstraint("office_id", "code"),)

    office_id: UUID = Field(foreign_key="office.id")
    code: str
    title: str
    document_number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    period_from: int | None = None
    period_to: int | None = None
    baseline_on: date
    adopted_at: datetime = Field(sa_type=UtcTime)


class PlanEdition(Row, table=True):
    """One document the plan was read from, with what was doubtful in it; never edited."""

    __table_args__ = (UniqueConstraint("plan_id", "file_hash"),)

    plan_id: UUID = Field(foreign_key="plan.id")
    file_name: str
    file_hash: str  # SHA-256 of the file as read
    adopted_on: date
    remarks: list[str] = Field(sa_column=Column(JSON, nullable=False))
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # as adopted
    settled: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))  # finding -> how
    findings: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
    unread: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))


class Unit(Row, table=True):
    """A body that answers for items; companies are addressed through their sponsor (督导单位)."""

    __table_args__ = (UniqueConstraint("office_id", "name"),)

    office_id: UUID = Field(foreign_key="office.id")
    name: str
    kind: UnitKind = word(UnitKind)
    position: int  # the order of first mention in the plan
    sponsor_unit_id: UUID | None = Field(default=None, foreign_key="unit.id")


class UnitAlias(Row, table=True):
    """Another name of a unit, as some document prints it."""

    __table_args__ = (UniqueConstraint("office_id", "alias"),)

    office_id: UUID = Field(foreign_key="office.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    alias: str


class CollectiveMember(Row, table=True):
    """One unit that a collective name (各成员单位) stands for."""

    __table_args__ = (UniqueConstraint("collective_id", "member_id"),)

    collective_id: UUID = Field(foreign_key="unit.id")
    member_id: UUID = Field(foreign_key="unit.id")


class Contact(Row, table=True):
    """A person a unit has named; one who leaves is dated, never deleted."""

    __table_args__ = (UniqueConstraint("unit_id", "post", "name"),)

    unit_id: UUID = Field(foreign_key="unit.id")
    post: ContactPost = word(ContactPost)
    name: str
    phone: str | None = None
    left_on: date | None = None


class ChannelAddress(Row, table=True):
    """One way to reach a unit; the first in `position` that works is used (R27)."""

    __table_args__ = (UniqueConstraint("unit_id", "kind", "address"),)

    unit_id: UUID = Field(foreign_key="unit.id")
    contact_id: UUID | None = Field(default=None, foreign_key="contact.id")
    kind: ChannelKind = word(ChannelKind)
    address: str  # empty for files; of a robot: which one it is, never its key
    sealed: str | None = None  # the URL where it is a secret (services/sealing.py)
    position: int
    removed_on: date | None = None


class WorkingGroup(Row, table=True):
    """A working group (专班) or field of the plan, as its lists print it."""

    __table_args__ = (UniqueConstraint("plan_id", "name"),)

    plan_id: UUID = Field(foreign_key="plan.id")
    name: str


class WorkItem(Row, table=True):
    """A task or project under supervision; `original_due_on` is never overwritten."""

    __table_args__ = (
        UniqueConstraint("plan_id", "code"),
        # Holds all that a sweep asks of an item, so that it never opens the row.
        Index(
            "ix_workitem_open_by_due",
            "plan_id",
            "state",
            "due_on",
            "deadline_kind",
            "historic",
            "submitted_on",
            "settled_on",
            "cycle",
            "id",
        ),
        CheckConstraint("investment_wan >= 0", name="investment_is_not_negative"),
    )

    plan_id: UUID = Field(foreign_key="plan.id")
    code: str  # T01, P19
    kind: ItemKind = word(ItemKind)
    number: int
    working_group_id: UUID | None = Field(default=None, foreign_key="workinggroup.id")
    system: str | None = None
    title: str
    content: str
    deadline_text: str | None = None
    deadline_kind: DeadlineKind = word(DeadlineKind)
    original_due_on: date | None = None
    due_on: date | None = None  # original and every decided change
    investment_wan: Decimal | None = Field(default=None, sa_column=Column(Numeric(14, 2)))  # 万元
    state: ItemState = word(ItemState)  # a cache of the fold of its events
    historic: bool = False
    adopted_on: date  # as-of day of its adoption
    assigned_on: date | None = None  # as-of day of 交办; signing for is urged from it (R09)
    acknowledged_on: date | None = None
    submitted_on: date | None = None
    closed_on: date | None = None
    grade: Grade | None = word(Grade, nullable=True)
    review_on: date | None = None  # when a suspended item is looked at again
    settled_on: date | None = None  # when a historic item was started afresh (R24)
    cycle: int = 1  # one more when reopened, or given a later date after a notice
    provenance: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class Assignment(Row, table=True):
    """How a unit stands to an item; `answers` marks whoever reports and is reminded."""

    __table_args__ = (
        UniqueConstraint("work_item_id", "unit_id", "relation"),
        Index(
            "uq_assignment_one_lead",
            "work_item_id",
            unique=True,
            sqlite_where=text("relation = 'lead'"),
            postgresql_where=text("relation = 'lead'"),
        ),
        Index("ix_assignment_unit_id", "unit_id"),
        Index(
            "ix_assignment_answering",
            "work_item_id",
            "unit_id",
            sqlite_where=text("answers IS 1"),
            postgresql_where=text("answers IS true"),
        ),
    )

    work_item_id: UUID = Field(foreign_key="workitem.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    relation: Relation = word(Relation)
    position: int  # the order printed
    is_inferred: bool = False  # the plan does not print 牵头
    answers: bool = False
    collective_id: UUID | None = Field(default=None, foreign_key="unit.id")  # there as its member


class Measure(Row, table=True):
    """A measure (举措) of the plan's body: context for items, not supervised itself."""

    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    plan_id: UUID = Field(foreign_key="plan.id")
    number: int
    path: str
    section: str | None = None
    subsection: str | None = None
    title: str
    body: str
    responsible_units: list[str] = Field(sa_column=Column(JSON, nullable=False))
    shared_by_function: bool = False
    provenance: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class Indicator(Row, table=True):
    """An indicator (指标) with its baseline and target as printed."""

    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    plan_id: UUID = Field(foreign_key="plan.id")
    number: int
    level1: str | None = None
    level2: str | None = None
    name: str
    mark: Mark | None = word(Mark, nullable=True)
    unit_of_measure: str | None = None
    baseline_text: str | None = None
    target_text: str | None = None
    direction: Direction = word(Direction)
    responsible_units: list[str] = Field(sa_column=Column(JSON, nullable=False))
    provenance: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class Adjustment(Row, table=True):
    """A date that a document moved: the original stays, and who moved it is on record."""

    __table_args__ = (UniqueConstraint("work_item_id", "edition_id"),)

    work_item_id: UUID = Field(foreign_key="workitem.id")
    edition_id: UUID = Field(foreign_key="planedition.id")
    due_on_before: date | None = None
    due_on_after: date | None = None
    document: str
    as_of: date
