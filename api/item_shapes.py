"""Items as they are answered: a line of a list, and everything there is of one."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from api.shapes import Listed, Shape
from supervision.vocabulary import (
    DeadlineKind,
    Decision,
    EvidenceKind,
    ExtensionLack,
    Grade,
    ItemKind,
    ItemState,
    Light,
    Move,
    Relation,
    Rung,
)

Facts = dict[str, str | int]


class ItemLine(Shape):
    """One line of a list, as in `duban items --json`, with its id."""

    id: UUID
    code: str
    kind: ItemKind
    title: str
    state: ItemState
    light: Light
    rule: str
    reason: str
    due_on: date | None
    deadline_text: str | None
    days_overdue: int
    lead_unit: str | None
    responsible_units: list[str]
    supporting_units: list[str]
    sponsor_unit: str | None
    historic: bool
    progress_percent: int | None
    expected_percent: int | None
    working_group: str | None
    rung: Rung
    facts: Facts


class ItemList(Listed):
    """Items as they stand on a day."""

    schema_name: Literal["duban.items/1"] = Field("duban.items/1", alias="schema")
    as_of: date
    items: list[ItemLine]


class OverdueList(Listed):
    """Overdue items of a day, longest overdue first."""

    schema_name: Literal["duban.overdue/1"] = Field("duban.overdue/1", alias="schema")
    as_of: date
    items: list[ItemLine]


class ItemFacts(Shape):
    """What an item is."""

    id: UUID
    code: str
    kind: ItemKind
    number: int
    system: str | None
    title: str
    content: str
    deadline_text: str | None
    deadline_kind: DeadlineKind
    original_due_on: date | None
    due_on: date | None
    investment_wan: float | None
    state: ItemState
    historic: bool
    adopted_on: date
    assigned_on: date | None
    acknowledged_on: date | None
    submitted_on: date | None
    closed_on: date | None
    grade: Grade | None


class LightShown(Shape):
    """A light, the rule that gave it, and why."""

    light: Light
    rule: str
    reason: str
    facts: Facts


class UnitOfItem(Shape):
    """A unit of an item; `answers` marks whoever reports on it."""

    name: str
    relation: Relation
    answers: bool
    is_inferred: bool


class MeasureOfItem(Shape):
    """A measure of the plan's body that speaks of the item."""

    path: str
    title: str
    reason: str
    clause: str
    responsible_units: list[str]


class Moment(Shape):
    """One thing that happened to the item."""

    at: datetime
    as_of: date
    act: str
    label: str
    actor: str
    before: str | None
    after: str | None
    why: str | None
    document: str | None


class ReportShown(Shape):
    """One version of a report."""

    id: UUID
    period: str
    version: int
    reported_by: str
    reported_at: datetime
    as_of: date
    progress: str
    percent: int | None
    stage: str | None
    problems: str | None
    help_wanted: str | None
    next_step: str | None
    evidence_note: str | None
    invested_wan: float | None
    verdict: Decision
    reviewed_on: date | None
    review_reason: str | None


class EvidenceShown(Shape):
    """A piece of evidence; its content is not served here."""

    id: UUID
    kind: EvidenceKind
    name: str
    hash: str
    size: int
    media_type: str
    brought_by: str
    as_of: date


class CloseOutShown(Shape):
    """A request to close the item out, and what became of it."""

    ordinal: int
    asked_by: str
    asked_on: date
    summary: str
    decision: Decision
    decided_on: date | None
    reason: str | None
    grade: Grade | None


class ExtensionShown(Shape):
    """A later date that was asked for, and what became of it."""

    id: UUID
    asked_by: str
    asked_on: date
    due_on_before: date
    new_due_on: date
    reason: str
    progress: str
    lacks: list[ExtensionLack]
    decision: Decision
    decided_on: date | None
    decision_reason: str | None
    document: str | None


class ItemDossier(Shape):
    """One item (卷宗): what its page shows, under the names of `duban item show --json`."""

    schema_name: Literal["duban.item/1"] = Field("duban.item/1", alias="schema")
    as_of: date
    item: ItemFacts
    light: LightShown
    days_overdue: int
    units: list[UnitOfItem]
    measures: list[MeasureOfItem]
    timeline: list[Moment]
    reports: list[ReportShown]
    evidence: list[EvidenceShown]
    close_outs: list[CloseOutShown]
    extensions: list[ExtensionShown]


class ReportList(Shape):
    """The reports on one item, the first round first."""

    schema_name: Literal["duban.reports/1"] = Field("duban.reports/1", alias="schema")
    total: int
    reports: list[ReportShown]


class Moved(Shape):
    """What a move made of an item."""

    schema_name: Literal["duban.item-move/1"] = Field("duban.item-move/1", alias="schema")
    code: str
    move: Move
    state: ItemState


class HandedIn(Shape):
    """What became of a report: handed in, or waiting for the head of the unit to approve it."""

    schema_name: Literal["duban.report/1"] = Field("duban.report/1", alias="schema")
    code: str
    period: str
    handed_in: bool
    version: int | None


class ExtensionAsked(Shape):
    """The extension as it was asked for."""

    schema_name: Literal["duban.extension/1"] = Field("duban.extension/1", alias="schema")
    code: str
    extension: ExtensionShown
