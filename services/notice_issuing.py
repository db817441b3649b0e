"""Issuing a signed notice (编号印发): its number, its paper and its message, in one transaction."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from db import events, notice_history, notice_sheets
from db.notice_tables import NoticeSheet
from db.paper_tables import Paper
from db.plan_tables import Plan, Unit
from services import numbers
from services.close_outs import Hand
from services.notice_guards import (
    Matters,
    require_published,
    require_reminded,
    require_sponsor,
    require_standing,
)
from services.notice_moves import Step, move_matter, move_sheet
from services.notice_papers import facts_of, kept
from services.notice_rights import concerned, require_for, require_not_before
from services.notice_signing import step_of
from services.notice_words import PaperFacts, title_of
from services.office import Office
from services.outgoing import Formal, queue_formal
from supervision.notice_life import notice_state_after
from supervision.vocabulary import (
    MessageKind,
    NoticeMove,
    NoticeState,
    NumberSeries,
    PaperKind,
    Permission,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Issued:
    """A notice that was issued: its number and file, and the message that carries it, if any."""

    sheet: NoticeSheet
    paper: Paper
    message_id: UUID | None  # none for a proposal, which is handed over


def issue(session: Session, office: Office, plan: Plan, sheet: NoticeSheet, hand: Hand) -> Issued:
    """Issue a signed sheet: its number, its paper and its message, all of it or nothing.

    The first notice on an item needs a reminder on record as sent (R20); one to a company needs its
    sponsor. What the notices on the rung below asked for is superseded.
    """
    notice_state_after(NoticeMove.ISSUE, sheet.state)
    matters = notice_sheets.matters(session, sheet.id)
    unit = session.get_one(Unit, sheet.unit_id)
    about = concerned(session, unit, [item for _, item in matters])
    require_for(session, plan, Permission.ISSUE_NOTICE, hand.actor, about)
    require_not_before(hand.as_of, sheet.signed_on, "签发日期")
    require_published(session, hand.as_of, act="印发")
    require_standing(session, matters, office.policy, today=hand.as_of, act="印发")
    require_reminded(session, matters)
    require_sponsor(unit)
    _give_number(session, office, sheet, hand)
    _supersede(session, sheet, matters, step_of(hand))
    facts = facts_of(session, plan, sheet, as_of=hand.as_of)
    paper = kept(session, office, facts, sheet)
    sheet.paper_id = paper.id
    move_sheet(session, sheet, NoticeMove.ISSUE, step_of(hand))
    return Issued(sheet=sheet, paper=paper, message_id=_post(session, office, sheet, facts, paper))


def _give_number(session: Session, office: Office, sheet: NoticeSheet, hand: Hand) -> None:
    series = NumberSeries.NOTICE
    given = numbers.give(
        session,
        sheet.office_id,
        series,
        year=hand.as_of.year,
        word=numbers.word_for(office, series),
    )
    sheet.year, sheet.number, sheet.number_text = given.year, given.number, given.text
    sheet.issued_by, sheet.issued_on = hand.actor.name, hand.as_of


def _supersede(session: Session, sheet: NoticeSheet, matters: Matters, step: Step) -> None:
    """Put on record that this paper takes the place of those below it that lapsed."""
    entries: list[events.Entry] = []
    for notice, item in matters:
        before = notice_history.below(session, notice)
        if before is not None and before.state is NoticeState.LAPSED:
            entries.append(move_matter(session, before, item, NoticeMove.SUPERSEDE, step))
    if entries:
        events.append(session, sheet.office_id, entries, at=step.now)


def _post(
    session: Session, office: Office, sheet: NoticeSheet, facts: PaperFacts, paper: Paper
) -> UUID | None:
    """Queue the paper for its unit; a proposal goes by hand to those who decide."""
    if sheet.form is PaperKind.INTERVIEW:
        return None
    unit = facts.unit
    sheet.receiving_unit_id = unit.sponsor_unit_id or unit.id
    session.add(sheet)
    formal = Formal(
        unit_id=unit.id,
        about_id=sheet.id,
        kind=MessageKind.NOTICE,
        subject=f"{sheet.number_text} {title_of(facts)}",
        body="\n".join(_body(facts, sheet)) + "\n",
        papers=[paper],
        key=f"notice/{sheet.id.hex}",
    )
    return queue_formal(session, office, formal)


def _body(facts: PaperFacts, sheet: NoticeSheet) -> Iterator[str]:
    """Give the lines of the message that carries a paper: what it is, what to do, about what."""
    yield f"{facts.unit.name}："
    yield ""
    yield f"现将{sheet.number_text}《{title_of(facts)}》送达贵单位，正文见附件。"
    if sheet.reply_days is not None:
        yield f"请签收，并于送达之日起{sheet.reply_days}个工作日内书面答复。"
    yield ""
    yield from (f"- {item.code} {item.title}" for _, item in facts.matters)
    yield ""
    yield facts.office.name
