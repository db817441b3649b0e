"""The words each template may use: one class per template, nothing else reaches it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class DigestLine:
    """One item in a digest; `days` counts days overdue, or days left when it is not."""

    code: str
    title: str
    due_on: date | None
    days: int
    historic: bool = False
    owner: str | None = None  # whose item it is, when it is told to another unit


@dataclass(frozen=True, kw_only=True, slots=True)
class DigestReport:
    """What one round asks for: reports, or input to them; `urge` says why it is mentioned today."""

    period: str
    due_on: date
    urge: str
    lines: tuple[DigestLine, ...]
    more: int

    @property
    def count(self) -> int:
        """How many reports are owed, named or not."""
        return len(self.lines) + self.more


@dataclass(frozen=True, kw_only=True, slots=True)
class DigestWords:
    """Everything templates/mail/digest/ may mention."""

    unit: str
    office: str
    day: date
    reports: tuple[DigestReport, ...]
    inputs: tuple[DigestReport, ...]  # asked of a supporting unit
    unsigned: tuple[DigestLine, ...]
    unsigned_more: int
    overdue: tuple[DigestLine, ...]
    overdue_more: int
    near: tuple[DigestLine, ...]
    near_more: int
    overdue_in_all: int  # what the unit's page of overdue items counts

    @property
    def contents(self) -> str:
        """What the digest holds, counted, in the order of urgency: 逾期1项，应报2项."""
        counts = {
            "逾期": self.overdue_count,
            "临期": self.near_count,
            "应报": sum(report.count for report in self.reports),
            "会同": sum(asked.count for asked in self.inputs),
            "待签收": self.unsigned_count,
        }
        return "，".join(f"{what}{count}项" for what, count in counts.items() if count)

    @property
    def unsigned_count(self) -> int:
        """How many items are still to be signed for, named or not."""
        return len(self.unsigned) + self.unsigned_more

    @property
    def overdue_count(self) -> int:
        """How many overdue items are urged today, named or not."""
        return len(self.overdue) + self.overdue_more

    @property
    def near_count(self) -> int:
        """How many items come near their date today, named or not."""
        return len(self.near) + self.near_more


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeLine:
    """One matter in the table of a notice sheet."""

    code: str
    title: str
    deadline_text: str
    due_on: date
    days_overdue: int


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeWords:
    """Everything templates/notices/supervision/ may mention."""

    number: str  # 发文字号, or what stands there before signing
    rung: str
    issuer: str
    addressee: str
    plan_title: str
    plan_number: str
    lines: tuple[NoticeLine, ...]
    as_of: date
    reply_days: int  # working days after receipt (R18)
    remark: str  # what the signer has to know; empty when there is nothing

    @property
    def count(self) -> int:
        """How many matters the sheet names."""
        return len(self.lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingLine:
    """One finding of a 清单核对报告, with both places quoted and how it was settled."""

    number: int
    text: str
    quotes: tuple[str, ...]
    settled: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingPart:
    """The findings of one severity under their heading."""

    heading: str
    label: str
    findings: tuple[FindingLine, ...]

    @property
    def count(self) -> int:
        """How many findings are of this severity."""
        return len(self.findings)


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingsWords:
    """Everything templates/notices/findings/ may mention."""

    plan_title: str
    plan_number: str
    items: int
    indicators: int
    measures: int
    unread: int
    parts: tuple[FindingPart, ...]
    as_of: date

    @property
    def count(self) -> int:
        """How many findings there are in all."""
        return sum(part.count for part in self.parts)


@dataclass(frozen=True, kw_only=True, slots=True)
class ProofLine:
    """One piece of evidence on a close-out sheet; `vouched_by` for an offline statement."""

    kind: str
    name: str
    vouched_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseOutWords:
    """Everything templates/notices/close_out/ may mention; people by their full names."""

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
