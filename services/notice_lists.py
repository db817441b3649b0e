"""Notices as lists show them: drafts put together as papers, and the sheets that were signed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db import notice_answers, notice_sheets
from db.notice_tables import NoticeAnswer, NoticeSheet
from db.plan_tables import Plan, Unit, WorkItem
from db.record_tables import Notice
from services.items import ListedItem
from services.notice_guards import Matters
from services.notice_sheets import DraftSheet, drafted, remark_for
from services.notice_shown import AnswerShown, ListedNotice, MatterShown
from services.office import Office
from services.pulling import Asked, pull
from supervision.errors import UsageError
from supervision.ladder import FORMAL
from supervision.vocabulary import Light, NoticeState, Rung


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowed:
    """Which notices a list is to hold; what is None does not narrow."""

    unit: str | None = None
    group: str | None = None
    light: Light | None = None
    rung: Rung | None = None
    min_days: int | None = None  # at least one of its items is so many days overdue
    state: NoticeState | None = None
    with_ended: bool = False  # superseded, withdrawn and voided ones as well


Source = DraftSheet | NoticeSheet
ENDED = frozenset({NoticeState.SUPERSEDED, NoticeState.WITHDRAWN, NoticeState.VOIDED})


def listed(
    session: Session, office: Office, plan: Plan, narrowed: Narrowed, *, as_of: date
) -> list[tuple[ListedNotice, Source]]:
    """Return the notices that fit with what each was made from: drafts first, then by number.

    UsageError for a unit or a working group that there is none of.
    """
    asked = Asked(
        as_of=as_of,
        plan=plan.code,
        unit=narrowed.unit,
        group=narrowed.group,
        light=narrowed.light,
        min_days=narrowed.min_days,
    )
    fitting = {item.code for item in pull(session, office, asked).items}
    every = pull(session, office, Asked(as_of=as_of, plan=plan.code)).items
    items = {item.code: item for item in every}
    found = _shown(session, plan, items, as_of)
    return [
        (shown, source)
        for shown, source in found
        if fitting.intersection(shown.codes) and _fits(shown, narrowed)
    ]


def one_of(
    session: Session, office: Office, plan: Plan, named: str, *, as_of: date
) -> tuple[ListedNotice, Source]:
    """Return the notice of a number (also as 2025-3), or the latest one on an item of that code."""
    every = listed(session, office, plan, Narrowed(with_ended=True), as_of=as_of)
    wanted = named.strip()
    fits = [
        (shown, source)
        for shown, source in every
        if wanted in _names(source) or (wanted.upper() in shown.codes and not shown.is_out_of_force)
    ]
    if not fits:
        raise UsageError(
            f"没有文号为“{named}”或涉及该编号事项的通知", advice="用 duban notice list --all 查看。"
        )
    return max(fits, key=lambda found: (found[0].drafted_on, FORMAL.index(found[0].rung)))


def _names(source: Source) -> tuple[str, ...]:
    if isinstance(source, DraftSheet) or source.number_text is None:
        return ()
    return source.number_text, f"{source.year}-{source.number}"


def of_sheet(
    session: Session, office: Office, plan: Plan, sheet: NoticeSheet, *, as_of: date
) -> ListedNotice:
    """Return one signed sheet as lists show it."""
    every = pull(session, office, Asked(as_of=as_of, plan=plan.code)).items
    matters = notice_sheets.matters(session, sheet.id)
    lines = _lines(session, matters, {item.code: item for item in every})
    return _sheet(session, sheet, lines, matters, as_of)


def _fits(shown: ListedNotice, narrowed: Narrowed) -> bool:
    if narrowed.state is not None:
        states = {shown.state, *(matter.state for matter in shown.items)}
        return narrowed.state in states and narrowed.rung in (None, shown.rung)
    over = all(matter.state in ENDED for matter in shown.items)
    return narrowed.rung in (None, shown.rung) and (narrowed.with_ended or not over)


def _shown(
    session: Session, plan: Plan, items: Mapping[str, ListedItem], as_of: date
) -> Iterator[tuple[ListedNotice, Source]]:
    for draft in drafted(session, plan):
        matters = notice_sheets.named(session, [line.notice_id for line in draft.drafts])
        if any(notice.drafted_on <= as_of for notice, _ in matters):
            yield _draft(draft, _lines(session, matters, items), matters, as_of), draft
    for sheet in notice_sheets.of_plan(session, plan.id):
        matters = notice_sheets.matters(session, sheet.id)
        if matters and sheet.signed_on <= as_of:
            yield _sheet(session, sheet, _lines(session, matters, items), matters, as_of), sheet


def _draft(
    draft: DraftSheet, lines: list[MatterShown], matters: Matters, as_of: date
) -> ListedNotice:
    drafted_on = min(notice.drafted_on for notice, _ in matters)
    return ListedNotice(
        reference=lines[0].code,
        rung=draft.rung,
        form=draft.form,
        state=NoticeState.DRAFT,
        unit=draft.lead_unit,
        drafted_on=drafted_on,
        age_days=(as_of - drafted_on).days,
        remark=draft.remark,
        items=lines,
    )


def _sheet(
    session: Session,
    sheet: NoticeSheet,
    lines: list[MatterShown],
    matters: Matters,
    as_of: date,
) -> ListedNotice:
    unit = session.get_one(Unit, sheet.unit_id)
    receiving = sheet.receiving_unit_id
    drafted_on = min(notice.drafted_on for notice, _ in matters)
    return ListedNotice(
        reference=sheet.number_text or lines[0].code,
        rung=sheet.rung,
        form=sheet.form,
        state=sheet.state,
        unit=unit.name,
        receiving_unit=None if receiving is None else session.get_one(Unit, receiving).name,
        number=sheet.number_text,
        drafted_on=drafted_on,
        age_days=(as_of - drafted_on).days,
        signed_by=sheet.signed_by,
        signed_on=sheet.signed_on,
        issued_on=sheet.issued_on,
        delivered_on=sheet.delivered_on,
        delivered_how=sheet.delivered_how,
        acknowledged_by=sheet.acknowledged_by,
        acknowledged_on=sheet.acknowledged_on,
        reply_days=sheet.reply_days,
        reply_due_on=sheet.reply_due_on,
        end_reason=sheet.end_reason,
        remark=_remark(session, unit),
        items=lines,
    )


def _remark(session: Session, unit: Unit) -> str:
    sponsor = unit.sponsor_unit_id
    return remark_for(unit.kind, None if sponsor is None else session.get_one(Unit, sponsor).name)


def _lines(
    session: Session, matters: Matters, items: Mapping[str, ListedItem]
) -> list[MatterShown]:
    answers = {
        row.notice_id: row  # the last version stands
        for row in notice_answers.of_notices(session, [notice.id for notice, _ in matters])
    }
    return [
        _line(notice, item, items[item.code], answers.get(notice.id)) for notice, item in matters
    ]


def _line(
    notice: Notice, item: WorkItem, stands: ListedItem, answer: NoticeAnswer | None
) -> MatterShown:
    return MatterShown(
        code=item.code,
        title=item.title,
        state=notice.state,
        item_state=stands.state,
        light=stands.light,
        rule=stands.rule,
        due_on=stands.due_on,
        days_overdue=stands.days_overdue,
        working_group=stands.working_group,
        why=notice.why,
        answer=None if answer is None else _answer(answer),
    )


def _answer(row: NoticeAnswer) -> AnswerShown:
    return AnswerShown(
        answered_on=row.answered_on,
        answered_by=row.answered_by,
        is_late=row.is_late,
        text=row.body,
        reasons=row.reasons,
        promised_on=row.promised_on,
        decision=row.decision,
        opinion=row.review_opinion,
    )
