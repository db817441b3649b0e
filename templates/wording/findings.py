"""The words of a 清单核对报告."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from supervision.vocabulary import PaperKind
from templates.wording.base import PaperWords


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
class FindingsWords(PaperWords):
    """Everything templates/notices/findings/ may mention."""

    paper: ClassVar[PaperKind] = PaperKind.FINDINGS
    required: ClassVar[frozenset[str]] = frozenset({"parts"})
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
