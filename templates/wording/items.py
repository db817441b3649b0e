"""The words of papers about one unit's items or one item: duties, extension, close-out."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from supervision.vocabulary import Decision, PaperKind
from templates.wording.base import FRAME, OfficialWords, PaperWords


@dataclass(frozen=True, kw_only=True, slots=True)
class ProofLine:
    """One piece of evidence on a close-out sheet; `vouched_by` for an offline statement."""

    kind: str
    name: str
    vouched_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseOutWords(PaperWords):
    """Everything templates/notices/close_out/ may mention; people by their full names."""

    paper: ClassVar[PaperKind] = PaperKind.CLOSE_OUT
    required: ClassVar[frozenset[str]] = frozenset({"code", "title", "grade", "evidence"})
    plan_title: str
    code: str
    kind: str
    title: str
    content: str
    lead_units: str
    supporting_units: str
    deadline_text: str
    due_on: str  # with the original date beside it when it was moved
    asked_by: str
    asked_on: date
    closed_on: date
    lateness: str
    grade: str
    summary: str
    invested: str  # of a project; a stroke for a task
    evidence: tuple[ProofLine, ...]
    reviewed_by: str
    reviewed_on: date
    review_opinion: str
    decided_by: str
    decision_opinion: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtensionWords(OfficialWords):
    """Everything templates/notices/extension/ may mention: the answer to a 延期申请 (R22)."""

    paper: ClassVar[PaperKind] = PaperKind.EXTENSION
    required: ClassVar[frozenset[str]] = FRAME | frozenset({"decision", "due_on"})
    plan_title: str
    plan_number: str
    code: str
    item_title: str
    decision: Decision  # APPROVED or REFUSED
    asked_on: date
    reason: str  # as the unit gave it
    due_on_before: date
    due_on: date  # the new date; the old one when it was refused
    opinion: str  # why, or on what condition; empty when nothing was added


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyItem:
    """One task or project of a unit."""

    code: str
    title: str
    content: str
    deadline_text: str
    others: str  # the units it is done with; empty when alone


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyIndicator:
    """One indicator of a unit."""

    code: str
    name: str
    baseline: str
    target: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyMeasure:
    """One measure of the plan's body that names a unit."""

    code: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DutiesWords(PaperWords):
    """Everything templates/notices/duties/ may mention: what the plan asks of a unit (S03)."""

    paper: ClassVar[PaperKind] = PaperKind.DUTIES
    required: ClassVar[frozenset[str]] = frozenset({"unit", "leads"})
    office: str
    unit: str
    plan_title: str
    plan_number: str
    as_of: date
    leads: tuple[DutyItem, ...]
    supports: tuple[DutyItem, ...]
    indicators: tuple[DutyIndicator, ...]
    measures: tuple[DutyMeasure, ...]
