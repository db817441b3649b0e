"""Answers to notices (答复): given by the head of the unit, reviewed by somebody outside it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlmodel import Session

from db import events, notice_answers, notice_history, notice_sheets, notices
from db.notice_tables import NoticeAnswer, NoticeSheet
from db.plan_tables import Plan, Unit, WorkItem
from db.record_tables import Notice
from services.close_outs import Hand
from services.notice_moves import Step, move_matter
from services.notice_rights import chosen, concerned, require_for, require_not_before
from services.notice_signing import step_of
from supervision.errors import UsageError
from supervision.lifecycle import ForbiddenMoveError
from supervision.notice_life import NOTICE_MOVES
from supervision.vocabulary import Decision, NoticeMove, NoticeState, Permission


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What a unit answers: how it stands, why it was not done, by when it will be, with proof."""

    body: str
    reasons: str
    promised_on: date | None = None
    evidence_ids: tuple[UUID, ...] = field(default=())


def answer(
    session: Session,
    plan: Plan,
    sheet: NoticeSheet,
    hand: Hand,
    said: Said,
    *,
    codes: Collection[str] | None = None,
) -> list[NoticeAnswer]:
    """Put an answer on record for the matters named, or all that wait for one.

    In time it stops the ladder until it is reviewed; a late one is marked late and stops what is
    not signed yet. The same answer again is the same rows.
    """
    matters = _matters(session, plan, sheet, hand, Permission.ANSWER_NOTICE)
    named = chosen(sheet, [item.code for _, item in matters], codes)
    require_not_before(hand.as_of, sheet.delivered_on or sheet.issued_on, "送达日期")
    _require_complete(said, hand)
    meant = [(notice, item) for notice, item in matters if item.code in named]
    if codes is None:
        meant = [pair for pair in meant if _waits(pair[0])] or meant
    given = [_answered(session, sheet, pair, hand, said) for pair in meant]
    entries = [entry for _, entry in given if entry is not None]
    if entries:
        events.append(session, sheet.office_id, entries, at=hand.now)
    return [row for row, _ in given]


def _waits(notice: Notice) -> bool:
    return notice.state in NOTICE_MOVES[NoticeMove.ANSWER].from_states


def _require_complete(said: Said, hand: Hand) -> None:
    if not (said.body.strip() and said.reasons.strip()):
        raise UsageError(
            "答复须写明办理情况和未按期完成的原因", advice="请用 --text 和 --reason 写明。"
        )
    if said.promised_on is not None and said.promised_on < hand.as_of:
        raise UsageError(f"承诺完成日期 {said.promised_on} 已过", advice="请核对日期。")


def _answered(
    session: Session, sheet: NoticeSheet, pair: tuple[Notice, WorkItem], hand: Hand, said: Said
) -> tuple[NoticeAnswer, events.Entry | None]:
    notice, item = pair
    last = notice_answers.last(session, notice.id)
    if last is not None and last.decision is Decision.OPEN and _is_same(last, hand, said):
        return last, None
    proof = _proof(session, item, said)
    due_on = sheet.reply_due_on
    row = NoticeAnswer(
        notice_id=notice.id,
        version=1 if last is None else last.version + 1,
        unit_id=hand.actor.unit_id or sheet.unit_id,
        answered_by=hand.actor.name,
        answered_on=hand.as_of,
        answered_at=hand.now,
        is_late=due_on is not None and hand.as_of > due_on,
        body=said.body.strip(),
        reasons=said.reasons.strip(),
        promised_on=said.promised_on,
        evidence_ids=proof,
        decision=Decision.OPEN,
    )
    facts = {"version": row.version, "late": row.is_late, "promised_on": str(said.promised_on)}
    step = Step(actor=hand.actor.name, as_of=hand.as_of, now=hand.now, facts=facts)
    entry = move_matter(session, notice, item, NoticeMove.ANSWER, step)
    session.add(row)
    session.flush()
    return row, entry


def _is_same(last: NoticeAnswer, hand: Hand, said: Said) -> bool:
    stated = (last.answered_by, last.body, last.reasons, last.promised_on)
    return stated == (
        hand.actor.name,
        said.body.strip(),
        said.reasons.strip(),
        said.promised_on,
    )


def _proof(session: Session, item: WorkItem, said: Said) -> list[str]:
    """Return the ids of the evidence that is the item's; UsageError for one that is not."""
    theirs = notice_answers.evidence_of(session, item.id, said.evidence_ids)
    if len(said.evidence_ids) == 1 and not theirs:
        raise UsageError(f"{item.code}没有这件佐证", advice="用 duban evidence list 查看佐证编号。")
    return [found.hex for found in theirs]


def review(
    session: Session,
    plan: Plan,
    sheet: NoticeSheet,
    hand: Hand,
    *,
    accepts: bool,
    opinion: str = "",
    codes: Collection[str] | None = None,
) -> list[NoticeAnswer]:
    """Accept the answers on a sheet (采纳), which ends the ladder, or send them back with a reason.

    One that was sent back leaves its notice unanswered: it lapses once its time has run.
    """
    matters = _matters(session, plan, sheet, hand, Permission.REVIEW_ANSWER)
    named = chosen(sheet, [item.code for _, item in matters], codes)
    waiting = [
        (notice, item)
        for notice, item in matters
        if item.code in named and notice.state is NoticeState.ANSWERED
    ]
    if not waiting:
        raise ForbiddenMoveError(
            f"{sheet.number_text}没有待审核的答复", advice="用 duban notice show 查看。"
        )
    move = NoticeMove.ACCEPT if accepts else NoticeMove.RETURN_ANSWER
    step = step_of(hand, opinion.strip() or None)
    reviewed = [_reviewed(session, pair, hand, move, step) for pair in waiting]
    events.append(session, sheet.office_id, [entry for _, entry in reviewed], at=hand.now)
    return [row for row, _ in reviewed]


def _reviewed(
    session: Session, pair: tuple[Notice, WorkItem], hand: Hand, move: NoticeMove, step: Step
) -> tuple[NoticeAnswer, events.Entry]:
    notice, item = pair
    row = notice_answers.last(session, notice.id)
    assert row is not None  # without an answer the notice would not be answered
    require_not_before(hand.as_of, row.answered_on, "答复日期")
    entry = move_matter(session, notice, item, move, step)
    row.decision = Decision.APPROVED if move is NoticeMove.ACCEPT else Decision.REFUSED
    row.reviewed_by, row.reviewed_on, row.review_opinion = hand.actor.name, hand.as_of, step.why
    session.add(row)
    session.flush()
    if move is NoticeMove.ACCEPT:
        notices.withdraw(session, [draft.id for draft in notice_history.unsigned(session, item)])
    return row, entry


def _matters(
    session: Session, plan: Plan, sheet: NoticeSheet, hand: Hand, permission: Permission
) -> list[tuple[Notice, WorkItem]]:
    """Return a sheet's matters, locked, once the actor may do this to them."""
    found = notice_sheets.matters_locked(session, sheet.id)
    unit = session.get_one(Unit, sheet.unit_id)
    about = concerned(session, unit, [item for _, item in found])
    require_for(session, plan, permission, hand.actor, about)
    return found
