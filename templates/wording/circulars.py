"""The words of papers that tell all units how the plan stands: 督查通报 and 总结."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from supervision.vocabulary import PaperKind
from templates.wording.base import FRAME, OfficialWords


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How the items of a unit or of a working group stand; the lights add up to `items`."""

    name: str
    items: int
    closed: int
    green: int
    blue: int
    yellow: int
    red: int
    grey: int  # no basis for a judgement, closed ones not counted

    @property
    def closed_percent(self) -> int:
        """Closed items in a hundred, rounded down: nothing reads 100 before all is done."""
        return 100 * self.closed // self.items if self.items else 0


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedItem:
    """One item named in a circular, and why."""

    code: str
    title: str
    lead_unit: str
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedReports:
    """The late or missing reports of one unit."""

    unit: str
    codes: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many reports are named."""
        return len(self.codes)


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemStanding:
    """One row of the annex: how an item stands."""

    code: str
    title: str
    lead_unit: str
    deadline_text: str
    progress: str  # 60%, or what stands for it
    light: str  # 红, 黄, 蓝, 绿, 灰
    state: str  # 办理中, 已销号


@dataclass(frozen=True, kw_only=True, slots=True)
class CircularWords(OfficialWords):
    """Everything templates/notices/circular/ may mention, all of it from the frozen round (R31)."""

    paper: ClassVar[PaperKind] = PaperKind.CIRCULAR
    required: ClassVar[frozenset[str]] = FRAME | {"total", "late", "missing", "behind", "items"}
    attachments: tuple[str, ...] = ("事项办理情况表",)
    plan_title: str
    plan_number: str
    period: str  # 2024年第一季度
    as_of: date  # the day the round was frozen
    total: Standing
    due_this_year: int  # items due by the end of the year, and how many of them are closed
    closed_this_year: int
    owed: int  # reports
    reported: int
    late: tuple[NamedReports, ...]
    missing: tuple[NamedReports, ...]
    groups: tuple[Standing, ...]  # by working group, in the plan's order
    units: tuple[Standing, ...]  # by lead unit, in the plan's order
    ahead: tuple[NamedItem, ...]  # closed early or ahead of plan
    behind: tuple[NamedItem, ...]
    demands: tuple[str, ...]
    items: tuple[ItemStanding, ...]  # the annex


@dataclass(frozen=True, kw_only=True, slots=True)
class SummaryWords(OfficialWords):
    """Everything templates/notices/summary/ may mention: the half-year or annual summary (S09)."""

    paper: ClassVar[PaperKind] = PaperKind.SUMMARY
    required: ClassVar[frozenset[str]] = FRAME | frozenset({"total", "groups"})
    plan_title: str
    plan_number: str
    period: str  # 2024年上半年, 2024年度
    as_of: date
    total: Standing
    rounds: int  # quarterly dispatches held
    owed: int
    reported: int
    meetings: int
    inspections: int
    notices: int  # supervision notices issued
    groups: tuple[Standing, ...]
    done: tuple[NamedItem, ...]  # closed in the period
    behind: tuple[NamedItem, ...]
    next_steps: tuple[str, ...]
