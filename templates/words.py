"""The words each template may use, in one place to ask for; they stand by subject in `wording/`."""

from templates.wording.base import OfficialWords, PaperWords
from templates.wording.circulars import (
    CircularWords,
    ItemStanding,
    NamedItem,
    NamedReports,
    Standing,
    SummaryWords,
)
from templates.wording.digests import DigestLine, DigestReport, DigestWords
from templates.wording.findings import FindingLine, FindingPart, FindingsWords
from templates.wording.items import (
    CloseOutWords,
    DutiesWords,
    DutyIndicator,
    DutyItem,
    DutyMeasure,
    ExtensionWords,
    ProofLine,
)
from templates.wording.notices import (
    DemandWords,
    InterviewMatter,
    InterviewWords,
    LetterWords,
    NoticeStep,
    ReminderLine,
    ReminderWords,
    SupervisionLine,
    SupervisionWords,
)
from templates.wording.rounds import DispatchWords, ReceiptLine, ReceiptWords, UnitOwes

__all__ = [
    "CircularWords",
    "CloseOutWords",
    "DemandWords",
    "DigestLine",
    "DigestReport",
    "DigestWords",
    "DispatchWords",
    "DutiesWords",
    "DutyIndicator",
    "DutyItem",
    "DutyMeasure",
    "ExtensionWords",
    "FindingLine",
    "FindingPart",
    "FindingsWords",
    "InterviewMatter",
    "InterviewWords",
    "ItemStanding",
    "LetterWords",
    "NamedItem",
    "NamedReports",
    "NoticeStep",
    "OfficialWords",
    "PaperWords",
    "ProofLine",
    "ReceiptLine",
    "ReceiptWords",
    "ReminderLine",
    "ReminderWords",
    "Standing",
    "SummaryWords",
    "SupervisionLine",
    "SupervisionWords",
    "UnitOwes",
]
