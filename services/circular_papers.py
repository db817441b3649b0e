"""The Word file of a circular: a draft is made when it is looked at, a published one is kept."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db import circulars, dispatch, plans
from db.life_tables import RoundSnapshot
from db.notice_tables import Circular
from db.paper_tables import Paper
from db.plan_tables import Plan
from db.record_tables import Round
from services import papers
from services.circular_words import copied_to, words_of
from services.office import Office
from services.papers import Made
from services.plans import the_office
from services.round_closing import snapshot_of
from supervision.lifecycle import ForbiddenMoveError
from supervision.periods import quarter_named
from supervision.vocabulary import PaperKind
from templates import render

TO_ALL = "各责任单位"


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundCircular:
    """The circular on a round of a plan."""

    plan: Plan
    round: Round
    circular: Circular

    @property
    def quarter(self) -> str:
        """The quarter it is on, as offices write it."""
        return quarter_named(self.round.period).label

    @property
    def title(self) -> str:
        """The title its paper bears."""
        return f"关于《{self.plan.title}》{self.quarter}落实情况的通报"


def frozen(session: Session, one: RoundCircular) -> RoundSnapshot:
    """Return the snapshot a circular was drafted from; it is never drawn from anything else."""
    snapshot = snapshot_of(session, one.round)
    if snapshot.hash != one.circular.snapshot_hash:
        raise ForbiddenMoveError(
            f"{one.round.period}的定格数据与起草通报时不同",
            advice="数据可能被改动，请从备份恢复。",
        )
    return snapshot


def preview(session: Session, office: Office, one: RoundCircular) -> bytes:
    """Return a circular as a Word file from its snapshot: marked 草稿 until it has a number."""
    words = words_of(frozen(session, one).content, _official(session, one))
    return render.paper(words, folder=office.settings.templates)


def _official(session: Session, one: RoundCircular) -> dict[str, Any]:
    office, circular = the_office(session), one.circular
    desk = dispatch.people_of(session, plans.office_unit(session, office.id).id)
    return {
        "mark": office.name,
        "number": circular.number_text or "",
        "is_draft": circular.number_text is None,
        "title": one.title,
        "addressee": TO_ALL,
        "issued_on": circular.published_on,
        "printed_on": circular.published_on,
        "contact_name": desk[0].name if desk else "",
        "contact_phone": (desk[0].phone or "") if desk else "",
        "copied_to": copied_to(circulars.remarks_of(session, one.plan.id)),
        "plan_title": one.plan.title,
        "plan_number": one.plan.document_number or "",
    }


def kept(session: Session, office: Office, one: RoundCircular) -> Paper:
    """Make the paper of a numbered circular and keep it: this very file leaves the house."""
    made = Made(
        office_id=one.plan.office_id,
        kind=PaperKind.CIRCULAR,
        about_id=one.circular.id,
        file_name=file_name(one),
        content=preview(session, office, one),
    )
    return papers.keep(session, office, made)


def file_name(one: RoundCircular) -> str:
    """Return the name of a circular's file as a recipient sees it."""
    return f"{one.circular.number_text or '草稿'} {one.quarter}督查通报.docx"


def content(session: Session, office: Office, one: RoundCircular) -> bytes:
    """Return a circular's file: as it was kept, or as a draft while it has no number."""
    if one.circular.paper_id is None:
        return preview(session, office, one)
    return papers.content_of(office, session.get_one(Paper, one.circular.paper_id))
