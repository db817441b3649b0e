"""The Word file of a notice: a draft is made when it is looked at, an issued one is kept."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from db import notice_sheets
from db.notice_tables import NoticeSheet
from db.paper_tables import Paper
from db.plan_tables import Plan, Unit
from services import papers
from services.notice_sheets import DraftSheet, kind_name
from services.notice_signing import reply_days
from services.notice_words import PaperFacts, words_of
from services.office import Office
from services.papers import Made
from services.plans import the_office
from templates import render


def preview(
    session: Session, office: Office, plan: Plan, draft: DraftSheet, *, today: date
) -> bytes:
    """Return a draft as a Word file: marked 草稿, without number or date, and kept nowhere."""
    matters = notice_sheets.named(session, [line.notice_id for line in draft.drafts])
    facts = PaperFacts(
        office=the_office(session),
        plan=plan,
        rung=draft.rung,
        form=draft.form,
        unit=session.get_one(Unit, draft.drafts[0].unit_id),
        matters=matters,
        reply_days=reply_days(session, matters, office.policy),
        as_of=today,
    )
    return render.paper(words_of(session, facts), folder=office.settings.templates)


def facts_of(session: Session, plan: Plan, sheet: NoticeSheet, *, as_of: date) -> PaperFacts:
    """Return what the paper of a sheet is made of; without a number it is still a draft."""
    return PaperFacts(
        office=the_office(session),
        plan=plan,
        rung=sheet.rung,
        form=sheet.form,
        unit=session.get_one(Unit, sheet.unit_id),
        matters=notice_sheets.matters(session, sheet.id),
        reply_days=sheet.reply_days,
        as_of=as_of,
        number=sheet.number_text or "",
    )


def kept(session: Session, office: Office, facts: PaperFacts, sheet: NoticeSheet) -> Paper:
    """Make the paper of a numbered sheet and keep it: this very file is what leaves the house."""
    codes = [item.code for _, item in facts.matters]
    made = Made(
        office_id=sheet.office_id,
        kind=sheet.form,
        about_id=sheet.id,
        file_name=f"{file_stem(sheet.number_text, facts.unit.name, codes, sheet)}.docx",
        content=render.paper(words_of(session, facts), folder=office.settings.templates),
    )
    return papers.keep(session, office, made)


def file_stem(
    number: str | None, unit: str, codes: Sequence[str], what: NoticeSheet | DraftSheet
) -> str:
    """Return the name of a paper's file as a recipient sees it, without its ending."""
    one = codes[0] if len(codes) == 1 else ""
    parts = (number or "草稿", unit, one, kind_name(what.rung, what.form))
    return " ".join(part for part in parts if part).replace("/", "／")


def content(session: Session, office: Office, plan: Plan, sheet: NoticeSheet) -> bytes:
    """Return a sheet's file: as it was kept, or as a draft while it has no number."""
    if sheet.paper_id is None:
        facts = facts_of(session, plan, sheet, as_of=sheet.signed_on)
        return render.paper(words_of(session, facts), folder=office.settings.templates)
    return papers.content_of(office, session.get_one(Paper, sheet.paper_id))
