"""The words of a digest: the one message a unit gets on a working day."""

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
