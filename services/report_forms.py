"""The form of one report: what it says so far or said last time, and what others added to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session

from db import reports
from db.plan_tables import Plan
from db.record_tables import Obligation
from services.moves import item_named
from services.obligations import obligation_of
from services.report_content import ReportContent
from services.reports import prefilled
from services.round_status import round_of
from supervision.vocabulary import ObligationState

LABELS = {
    "progress": "本季进展",
    "percent": "累计进度%",
    "stage": "形象进度",
    "problems": "存在问题",
    "help_wanted": "需协调事项",
    "next_step": "下步计划",
    "evidence_note": "佐证说明",
    "invested_wan": "累计完成投资（万元）",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportForm:
    """A report's form as its unit finds it; `version` is None while nothing was handed in."""

    code: str
    title: str
    period: str
    state: ObligationState
    version: int | None
    review_reason: str | None
    content: ReportContent
    inputs: dict[str, str]  # by supporting unit

    def labelled(self) -> Iterator[tuple[str, str | int | Decimal | None]]:
        """Give each part of the report with the name people know it by."""
        return ((label, getattr(self.content, name)) for name, label in LABELS.items())


def form_of(session: Session, plan: Plan, code: str, period: str | None) -> ReportForm:
    """Return the form of an item in a round, the latest opened one when none is named."""
    item = item_named(session, plan, code)
    found = round_of(session, plan, period)
    owed = obligation_of(session, item, found.period, to_act=False)
    last = reports.latest(session, owed.id)
    return ReportForm(
        code=item.code,
        title=item.title,
        period=found.period,
        state=owed.state,
        version=None if last is None else last.version,
        review_reason=None if last is None else last.review_reason,
        content=prefilled(session, owed),
        inputs=reports.inputs_of_round(session, found.id).get(item.id, {}),
    )


def review_reason(session: Session, owed: Obligation) -> str:
    """Return why the latest version of a report was sent back, empty when it was not."""
    last = reports.latest(session, owed.id)
    if owed.state is not ObligationState.SENT_BACK or last is None:
        return ""
    return last.review_reason or ""
