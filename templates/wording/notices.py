"""The words of the ladder's papers: 提醒函, 督办通知, 督办函, 约谈建议."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from supervision.vocabulary import PaperKind, Rung
from templates.wording.base import FRAME, OfficialWords


@dataclass(frozen=True, kw_only=True, slots=True)
class ReminderLine:
    """One matter that comes near its date; no blame is laid."""

    code: str
    title: str
    deadline_text: str  # as the plan prints it
    due_on: date
    days_left: int  # 0 on the due day itself
    state: str  # how it stands, in a few words; empty when nothing is known


@dataclass(frozen=True, kw_only=True, slots=True)
class ReminderWords(OfficialWords):
    """Everything templates/notices/reminder/ may mention."""

    paper: ClassVar[PaperKind] = PaperKind.REMINDER
    required: ClassVar[frozenset[str]] = FRAME | frozenset({"lines"})
    plan_title: str
    plan_number: str
    as_of: date
    lines: tuple[ReminderLine, ...]
    reply_due_on: date | None = None  # by when the unit says how it stands; none is asked for


@dataclass(frozen=True, kw_only=True, slots=True)
class SupervisionLine:
    """One matter a sheet demands."""

    code: str
    title: str
    deadline_text: str  # as the plan prints it
    due_on: date | None  # none where the plan gives no date
    days_overdue: int  # 0 for one that is behind before its date
    demand: str  # what is asked for this matter; empty when the general demand is all


@dataclass(frozen=True, kw_only=True, slots=True)
class DemandWords(OfficialWords):
    """What 督办通知 and 督办函 have in common: matters, and by when they are answered."""

    rung: Rung  # BLUE, YELLOW or RED; red is one matter on one sheet
    plan_title: str
    plan_number: str
    as_of: date
    lines: tuple[SupervisionLine, ...]
    reply_days: int  # working days after receipt (R18)
    reply_due_on: date | None = None  # the last of them, when the day of receipt is settled
    previous_number: str = ""  # the notice that was not answered; empty on the first rung
    via: str = ""  # the 督导单位 that hands the paper on to a company

    @property
    def colour(self) -> str:
        """The rung's colour as the title names it: 蓝色, 黄色, 红色."""
        return self.rung.label.removesuffix("督办")

    @property
    def count(self) -> int:
        """How many matters the sheet names."""
        return len(self.lines)

    @property
    def all_overdue(self) -> bool:
        """Whether every matter is past its date; others are behind before it."""
        return all(line.days_overdue for line in self.lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class SupervisionWords(DemandWords):
    """Everything templates/notices/supervision/ may mention."""

    paper: ClassVar[PaperKind] = PaperKind.SUPERVISION
    required: ClassVar[frozenset[str]] = FRAME | frozenset({"lines", "reply_days"})


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterWords(DemandWords):
    """Everything templates/notices/letter/ may mention: the 函 to units the office is not over."""

    paper: ClassVar[PaperKind] = PaperKind.LETTER
    required: ClassVar[frozenset[str]] = FRAME | frozenset({"lines", "reply_days"})


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeStep:
    """One notice that came before, and what came of it."""

    number: str
    rung: str  # 蓝色督办
    issued_on: date
    reply_due_on: date | None
    outcome: str  # 逾期未复, 已答复未采纳 ...


@dataclass(frozen=True, kw_only=True, slots=True)
class InterviewMatter:
    """One matter of a 约谈建议, told at length in its 专报."""

    code: str
    title: str
    content: str  # 工作内容及目标
    deadline_text: str
    due_on: date | None
    days_overdue: int
    progress: str  # what the unit last reported; empty when it never did
    problem: str
    steps: tuple[NoticeStep, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class InterviewWords(OfficialWords):
    """Everything templates/notices/interview/ may mention: put before those who decide."""

    paper: ClassVar[PaperKind] = PaperKind.INTERVIEW
    required: ClassVar[frozenset[str]] = FRAME | frozenset({"unit", "grounds", "matters"})
    attachments: tuple[str, ...] = ("督办事项办理情况专报",)
    plan_title: str
    plan_number: str
    as_of: date
    unit: str  # whose head is to be talked to
    person: str  # 主要负责人, 分管负责人
    interviewer: str  # who is proposed to talk: 领导小组组长
    grounds: str  # which condition of R19 is met, in words
    matters: tuple[InterviewMatter, ...]
    demands: tuple[str, ...]
