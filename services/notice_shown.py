"""What is shown of a notice wherever one is shown: the paper, its matters, their answers."""

from dataclasses import dataclass
from datetime import date

from supervision.notice_life import OUT_OF_FORCE
from supervision.vocabulary import (
    Decision,
    ItemState,
    Light,
    NoticeState,
    PaperKind,
    Rung,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerShown:
    """The last answer to a matter, and what was made of it."""

    answered_on: date
    answered_by: str
    is_late: bool
    text: str
    reasons: str
    promised_on: date | None
    decision: Decision
    opinion: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MatterShown:
    """One matter of a notice as it stands today."""

    code: str
    title: str
    state: NoticeState
    item_state: ItemState
    light: Light
    rule: str
    due_on: date | None
    days_overdue: int
    working_group: str | None
    why: str | None
    answer: AnswerShown | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedNotice:
    """One paper; `reference` is what commands call it by: its number, else its first item."""

    reference: str
    rung: Rung
    form: PaperKind
    state: NoticeState
    unit: str
    receiving_unit: str | None = None
    number: str | None = None
    drafted_on: date
    age_days: int  # since it was drafted
    signed_by: str | None = None
    signed_on: date | None = None
    issued_on: date | None = None
    delivered_on: date | None = None
    delivered_how: str | None = None
    acknowledged_by: str | None = None
    acknowledged_on: date | None = None
    reply_days: int | None = None
    reply_due_on: date | None = None
    end_reason: str | None = None
    remark: str
    items: list[MatterShown]

    @property
    def codes(self) -> list[str]:
        """The items it names."""
        return [matter.code for matter in self.items]

    @property
    def is_out_of_force(self) -> bool:
        """Whether it was withdrawn or voided."""
        return self.state in OUT_OF_FORCE
