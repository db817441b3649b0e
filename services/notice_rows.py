"""The rows of lists of notices: a draft, a sheet, its matters with their answers."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from db import notice_answers
from db.notice_tables import NoticeAnswer, NoticeSheet
from db.plan_tables import Unit, WorkItem
from db.record_tables import Notice
from services.items import ListedItem
from services.notice_guards import Matters
from services.notice_sheets import DraftSheet, remark_for
from services.notice_shown import AnswerShown, ListedNotice, MatterShown
from supervision.vocabulary import NoticeState


def draft_row(
    draft: DraftSheet, lines: list[MatterShown], matters: Matters, as_of: date
) -> ListedNotice:
    """Return a draft as it will be put before the approver."""
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


def sheet_row(
    session: Session,
    sheet: NoticeSheet,
    lines: list[MatterShown],
    matters: Matters,
    as_of: date,
) -> ListedNotice:
    """Return a signed sheet, wherever on its way it is."""
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


def matter_rows(
    session: Session, matters: Matters, items: Mapping[str, ListedItem]
) -> list[MatterShown]:
    """Return the matters of a paper, each with its item as it stands and what was answered."""
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
