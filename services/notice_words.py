"""What the papers of the ladder say: 督办通知, 督办函 and 约谈建议, draft or numbered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from db import dispatch, notice_history, plans
from db.notice_tables import NoticeSheet
from db.plan_tables import Office, Plan, Unit, WorkItem
from db.record_tables import Notice
from services.notice_guards import Matters
from services.notice_sheets import kind_name
from supervision.ladder import FORMAL
from supervision.vocabulary import PaperKind, Rung, UnitKind
from templates.words import (
    InterviewMatter,
    InterviewWords,
    LetterWords,
    NoticeStep,
    PaperWords,
    SupervisionLine,
    SupervisionWords,
)

LAPSED_RED = "红色督办通知逾期未答复"
INTERVIEW_DEMANDS = (
    "说明事项未按期完成的原因，以及历次督办通知未按要求办理的原因；",
    "明确整改措施、完成时限和责任人，由主要负责人签字；",
    "约谈后书面报送整改情况，直至事项办结销号。",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperFacts:
    """What a paper is made of: a draft has no number, and is as of the day it is looked at."""

    office: Office
    plan: Plan
    rung: Rung
    form: PaperKind
    unit: Unit
    matters: Matters
    reply_days: int | None
    as_of: date
    number: str = ""  # empty for a draft

    @property
    def is_draft(self) -> bool:
        """Whether the paper is still to be signed and numbered."""
        return not self.number


def words_of(session: Session, facts: PaperFacts) -> PaperWords:
    """Return the words of a paper; which class of words is its form."""
    if facts.form is PaperKind.INTERVIEW:
        return _interview(session, facts)
    kind = LetterWords if facts.form is PaperKind.LETTER else SupervisionWords
    return kind(
        **_official(session, facts),
        rung=facts.rung,
        lines=tuple(_line(notice, item, facts.as_of) for notice, item in facts.matters),
        reply_days=facts.reply_days or 0,
        previous_number=_previous(session, facts),
        via=_via(session, facts.unit),
    )


def _official(session: Session, facts: PaperFacts) -> dict[str, Any]:
    """Return what every paper says of itself: number, title, addressee, contact, dates."""
    is_proposal = facts.form is PaperKind.INTERVIEW
    desk = dispatch.people_of(session, plans.office_unit(session, facts.office.id).id)
    return {
        "mark": facts.office.name,
        "number": facts.number,
        "is_draft": facts.is_draft,
        "title": title_of(facts),
        "addressee": leading_group(facts.office) if is_proposal else facts.unit.name,
        "issued_on": None if facts.is_draft else facts.as_of,
        "printed_on": None if facts.is_draft else facts.as_of,
        "contact_name": desk[0].name if desk else "",
        "contact_phone": (desk[0].phone or "") if desk else "",
        "copied_to": () if is_proposal else tuple(others(session, facts)),
        "plan_title": facts.plan.title,
        "plan_number": facts.plan.document_number or "",
        "as_of": facts.as_of,
    }


def title_of(facts: PaperFacts) -> str:
    """Return the title of a paper: 关于……的蓝色督办通知."""
    if facts.form is PaperKind.INTERVIEW:
        return f"关于约谈{facts.unit.name}主要负责人的建议"
    what = "逾期事项" if all(notice.overdue_since for notice, _ in facts.matters) else "滞后事项"
    return f"关于抓紧办理{what}的{kind_name(facts.rung, facts.form)}"


def leading_group(office: Office) -> str:
    """Return the name of the leading group whose office this is: proposals go to it."""
    return office.name.removesuffix("办公室") or office.name


def others(session: Session, facts: PaperFacts) -> Iterator[str]:
    """Give the units that share a matter by function and are not the one addressed: 抄送."""
    seen = {facts.unit.name}
    for _, item in facts.matters:
        for name in notice_history.answering(session, item.id):
            if name not in seen:
                seen.add(name)
                yield name


def _line(notice: Notice, item: WorkItem, as_of: date) -> SupervisionLine:
    return SupervisionLine(
        code=item.code,
        title=item.title,
        deadline_text=item.deadline_text or "",
        due_on=item.due_on,
        days_overdue=_days_overdue(item, as_of),
        demand=notice.why or "",
    )


def _days_overdue(item: WorkItem, as_of: date) -> int:
    return 0 if item.due_on is None else max((as_of - item.due_on).days, 0)


def _previous(session: Session, facts: PaperFacts) -> str:
    """Return the numbers of the papers below this one that were not answered."""
    lower = FORMAL[: FORMAL.index(facts.rung)]
    found: dict[str, None] = {}
    for notice, item in facts.matters:
        for earlier, sheet in notice_history.papers_of(session, item.id, until=facts.as_of):
            if earlier.cycle == notice.cycle and earlier.rung in lower:
                found[sheet.number_text or ""] = None
    return "、".join(found)


def _via(session: Session, unit: Unit) -> str:
    if unit.kind is not UnitKind.COMPANY or unit.sponsor_unit_id is None:
        return ""
    return session.get_one(Unit, unit.sponsor_unit_id).name


def _interview(session: Session, facts: PaperFacts) -> InterviewWords:
    grounds = [notice.why or LAPSED_RED for notice, _ in facts.matters]
    return InterviewWords(
        **_official(session, facts),
        unit=facts.unit.name,
        person="主要负责人",
        interviewer=f"{leading_group(facts.office)}组长",
        grounds="；".join(dict.fromkeys(grounds)),
        matters=tuple(_matter(session, item, facts.as_of) for _, item in facts.matters),
        demands=INTERVIEW_DEMANDS,
    )


def _matter(session: Session, item: WorkItem, as_of: date) -> InterviewMatter:
    said = notice_history.latest_report(session, item.id, as_of=as_of)
    papers = notice_history.papers_of(session, item.id, until=as_of)
    return InterviewMatter(
        code=item.code,
        title=item.title,
        content=item.content,
        deadline_text=item.deadline_text or "",
        due_on=item.due_on,
        days_overdue=_days_overdue(item, as_of),
        progress="" if said is None else said.progress,
        problem="" if said is None else said.problems or "",
        steps=tuple(_step(notice, sheet) for notice, sheet in papers),
    )


def _step(notice: Notice, sheet: NoticeSheet) -> NoticeStep:
    assert sheet.issued_on is not None  # it has a number
    return NoticeStep(
        number=sheet.number_text or "",
        rung=notice.rung.label,
        issued_on=sheet.issued_on,
        reply_due_on=sheet.reply_due_on,
        outcome=notice.state.label,
    )
