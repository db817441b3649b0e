"""Drafts put together as papers, and papers found by what a person calls them."""

from dataclasses import dataclass
from itertools import groupby

from sqlmodel import Session

from db import notice_sheets, notices
from db.notice_tables import NoticeSheet
from db.notices import Draft
from db.plan_tables import Plan
from supervision.errors import UsageError
from supervision.vocabulary import PaperKind, Rung, UnitKind

ONE_MATTER = frozenset({Rung.RED, Rung.INTERVIEW})  # 一事一单 (R17)
WRITTEN_TO = frozenset({UnitKind.BRANCH, UnitKind.COMPANY})  # the office is not over them: a 函


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftSheet:
    """The drafts that go on one paper: blue and yellow, one sheet per lead unit (R17)."""

    lead_unit: str
    rung: Rung
    form: PaperKind
    remark: str
    drafts: tuple[Draft, ...]

    @property
    def codes(self) -> list[str]:
        """The items it names, in their order."""
        return [draft.code for draft in self.drafts]


def drafted(session: Session, plan: Plan) -> list[DraftSheet]:
    """Return the drafts waiting to be signed, put together as papers, in the plan's order."""
    by_paper = groupby(notices.drafts(session, plan.id), key=_paper_of)
    return [_sheet(tuple(found)) for _, found in by_paper]


def _paper_of(draft: Draft) -> tuple[str, Rung, str]:
    return draft.lead_unit, draft.rung, draft.code if draft.rung in ONE_MATTER else ""


def _sheet(drafts: tuple[Draft, ...]) -> DraftSheet:
    first = drafts[0]
    return DraftSheet(
        lead_unit=first.lead_unit,
        rung=first.rung,
        form=form_of(first.lead_kind, first.rung),
        remark=remark_for(first.lead_kind, first.sponsor_unit),
        drafts=drafts,
    )


def form_of(kind: UnitKind, rung: Rung) -> PaperKind:
    """Return the form of a paper: 函 to whom the office is not over, 通知 to all others."""
    if rung is Rung.INTERVIEW:
        return PaperKind.INTERVIEW
    return PaperKind.LETTER if kind in WRITTEN_TO else PaperKind.SUPERVISION


def kind_name(rung: Rung, form: PaperKind) -> str:
    """Return what a paper is called: 蓝色督办通知, 红色督办函, 约谈建议."""
    if form is PaperKind.INTERVIEW:
        return form.label
    return f"{rung.label.removesuffix('督办')}{form.label}"


def remark_for(kind: UnitKind, sponsor: str | None) -> str:
    """Return what the signer has to know: a company is addressed through its sponsor unit."""
    if kind is not UnitKind.COMPANY:
        return ""
    return f"经{sponsor}转送。" if sponsor else NO_SPONSOR


NO_SPONSOR = "该企业尚无督导单位，印发前须指定。"


def draft_named(session: Session, plan: Plan, name: str) -> DraftSheet:
    """Return the draft that names an item of that code; UsageError when none does."""
    found = [sheet for sheet in drafted(session, plan) if name.upper() in sheet.codes]
    if not found:
        raise UsageError(
            f"没有待签发的通知涉及“{name}”", advice="用 duban notice list 查看草稿和已签发的通知。"
        )
    return found[0]


def sheet_named(session: Session, plan: Plan, name: str) -> NoticeSheet:
    """Return a signed sheet, locked: by its number, or by an item it names (the latest of them).

    UsageError when there is none. A number may be given whole or as 2025-3.
    """
    found = notice_sheets.by_number(session, plan.office_id, name) or notice_sheets.latest_of_item(
        session, plan.id, name.upper()
    )
    if found is None:
        raise UsageError(
            f"没有文号为“{name}”的通知，也没有涉及该编号事项的已签发通知",
            advice="用 duban notice list 查看文号和编号。",
        )
    return found
