"""Supervision notices (督办通知): drafting what a day calls for; a person signs, never a flow."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlmodel import Session

from db import notices, work_items
from db.notices import Draft
from db.plan_tables import Plan
from services.office import Office
from services.plans import the_office
from services.rounds import Day
from supervision.ladder import Climb, next_rung
from supervision.vocabulary import Rung, UnitKind
from templates import render
from templates.words import NoticeLine, NoticeWords

UNNUMBERED = "（草稿，签发后编号）"


def draft_due_notices(session: Session, day: Day) -> int:
    """Draft every notice today calls for and return how many are new; a second run drafts none.

    Each distinct date is judged once, however many items share it.
    """
    missed: dict[Rung, list[date]] = {}
    for due_on in work_items.dates_missed(session, day.plan.id, today=day.today):
        rung = next_rung(Climb(due_on=due_on), day.policy, day.calendar, today=day.today)
        missed.setdefault(rung, []).append(due_on)
    missed.pop(Rung.NONE, None)
    return sum(
        notices.draft(
            session, day.plan.id, rung, missed=dates, today=day.today, policy=day.policy.version
        )
        for rung, dates in missed.items()
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """The drafts that go on one paper: blue and yellow, one sheet per lead unit (R17)."""

    lead_unit: str
    rung: Rung
    remark: str
    drafts: tuple[Draft, ...]


def sheets(session: Session, plan: Plan) -> list[Sheet]:
    """Return the drafts waiting to be signed, put together as papers, in the plan's order."""
    waiting = notices.drafts(session, plan.id)
    by_paper = groupby(waiting, key=lambda draft: (draft.lead_unit, draft.lead_kind, draft.rung))
    return [
        Sheet(lead_unit=lead, rung=rung, remark=_remark(kind, theirs), drafts=theirs)
        for (lead, kind, rung), found in by_paper
        for theirs in [tuple(found)]
    ]


def _remark(kind: UnitKind, drafts: tuple[Draft, ...]) -> str:
    """Return what the signer has to know: a company is addressed through its sponsor unit."""
    if kind is not UnitKind.COMPANY:
        return ""
    sponsor = drafts[0].sponsor_unit
    return f"经{sponsor}转送。" if sponsor else "该企业尚无督导单位，签发前须指定。"


def paper(session: Session, office: Office, plan: Plan, sheet: Sheet, *, today: date) -> bytes:
    """Return the Word file of a sheet as a draft: no number, no signature, not to be sent."""
    windows = office.policy.reply_windows.value
    words = NoticeWords(
        number=UNNUMBERED,
        rung=sheet.rung.label,
        issuer=the_office(session).name,
        addressee=sheet.lead_unit,
        plan_title=plan.title,
        plan_number=plan.document_number or "",
        lines=tuple(
            NoticeLine(
                code=draft.code,
                title=draft.title,
                deadline_text=draft.deadline_text or "",
                due_on=draft.due_on,
                days_overdue=(today - draft.due_on).days,
            )
            for draft in sheet.drafts
        ),
        as_of=today,
        reply_days=int(getattr(windows, sheet.rung.value)),
        remark=sheet.remark,
    )
    return render.notice(words)
