"""The words of a round's papers: 季度调度通知 and 报送回执."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from supervision.vocabulary import PaperKind
from templates.wording.base import FRAME, OfficialWords, PaperWords


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitOwes:
    """What one unit has to report in a round."""

    unit: str
    codes: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many reports the unit owes."""
        return len(self.codes)


@dataclass(frozen=True, kw_only=True, slots=True)
class DispatchWords(OfficialWords):
    """Everything templates/notices/dispatch/ may mention."""

    paper: ClassVar[PaperKind] = PaperKind.DISPATCH
    required: ClassVar[frozenset[str]] = FRAME | frozenset({"due_on", "units"})
    attachments: tuple[str, ...] = ("应报事项一览表",)
    plan_title: str
    plan_number: str
    period: str  # 2024年第一季度
    opens_on: date
    support_due_on: date  # supporting units hand their part to the lead
    due_on: date
    units: tuple[UnitOwes, ...]  # the annex, in the plan's order

    @property
    def owed(self) -> int:
        """How many reports the round asks for."""
        return sum(unit.count for unit in self.units)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptLine:
    """One report that came in."""

    code: str
    title: str
    percent: str  # 40%, or what stands for it when the item gives none
    state: str  # 已报送, 已采纳, 已退回


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptWords(PaperWords):
    """Everything templates/notices/receipt/ may mention: what a unit has in hand for its report."""

    paper: ClassVar[PaperKind] = PaperKind.RECEIPT
    required: ClassVar[frozenset[str]] = frozenset({"unit", "lines", "received_at"})
    office: str
    unit: str
    plan_title: str
    period: str
    due_on: date
    received_at: datetime  # in the office's own zone
    way: str  # 网页填报, 调度表上传
    reported_by: str
    signed_by: str  # the head who approved it; empty when nobody is on record
    lines: tuple[ReceiptLine, ...]
    missing: tuple[str, ...]  # codes still owed by the unit
    hash: str  # SHA-256 of the file that came in; empty for a form

    @property
    def clock(self) -> str:
        """The minute it came in, as 16:05."""
        return f"{self.received_at:%H:%M}"

    @property
    def count(self) -> int:
        """How many reports came in."""
        return len(self.lines)
