"""Supervision notices (督办通知): drafting what a day calls for; a person signs, never a flow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from sqlmodel import Session

from db import extensions, notices, work_items
from db.notices import Draft, Missed
from db.plan_tables import Plan
from services.office import Office
from services.plans import the_office
from services.rounds import Day
from supervision.extensions import frozen_until
from supervision.ladder import Climb, next_rung
from supervision.vocabulary import Rung, UnitKind
from templates import render
from templates.words import NoticeLine, NoticeWords

UNNUMBERED = "（草稿，签发后编号）"


def draft_due_notices(session: Session, day: Day) -> int:
    """Draft every notice today calls for and return how many are new; a second run drafts none.

    Each group of items with the same date is judged once, however many items share it.
    """
    frozen = list(_frozen(session, day))
    return sum(
        notices.draft(
            session,
            day.plan.id,
            missed,
            frozen=frozen,
            today=day.today,
            policy=day.policy.version,
        )
        for missed in _missed(session, day)
    )


def _missed(session: Session, day: Day) -> Iterator[Missed]:
    """Give the dates on which a rung opens today, put together by what the items share."""
    dates: dict[tuple[Rung, date | None, int], set[date]] = {}
    yesterday = day.today - timedelta(days=1)
    for group in work_items.due_groups(session, day.plan.id, due_by=yesterday):
        climb = Climb(due_on=group.due_on, settled_on=group.settled_on)
        rung = next_rung(climb, day.policy, day.calendar, today=day.today)
        if rung is not Rung.NONE:
            dates.setdefault((rung, group.settled_on, group.cycle), set()).add(group.due_on)
    for (rung, settled_on, cycle), found in dates.items():
        yield Missed(rung=rung, settled_on=settled_on, cycle=cycle, due_on=tuple(sorted(found)))


def _frozen(session: Session, day: Day) -> Iterator[UUID]:
    """Give the items whose ladder an admissible, undecided extension holds today (R21)."""
    for asked in extensions.undecided(session, day.plan.id):
        until = frozen_until(asked.due_on_before, asked.asked_on, day.policy, day.calendar)
        climb = Climb(due_on=asked.due_on_before, frozen_until=until)
        if next_rung(climb, day.policy, day.calendar, today=day.today) is Rung.NONE:
            yield asked.work_item_id


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
