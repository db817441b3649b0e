"""What becomes of an issued notice: delivered by hand, acknowledged by its unit, voided."""

from sqlmodel import Session

from db import notice_history, notice_sheets, notices
from db.notice_tables import NoticeSheet
from db.plan_tables import Plan, Unit
from services.close_outs import Hand
from services.notice_moves import Step, move_sheet
from services.notice_outcomes import deliver, let_time_run
from services.notice_rights import concerned, require_for, require_not_before
from services.notice_signing import step_of, take_back
from supervision.errors import UsageError
from supervision.lifecycle import ForbiddenMoveError
from supervision.vocabulary import NoticeMove, NoticeState, Permission

GONE_ON = frozenset({NoticeState.ACCEPTED, NoticeState.SUPERSEDED})


def deliver_by_hand(
    session: Session, plan: Plan, sheet: NoticeSheet, hand: Hand, *, how: str
) -> None:
    """Put on record that a paper was handed over: by whom, on which day, how and to whom."""
    _require(session, plan, sheet, hand, Permission.DELIVER_BY_HAND)
    require_not_before(hand.as_of, sheet.issued_on, "印发日期")
    if not how.strip():
        raise UsageError(
            "登记送达须写明方式和签收人", advice="请用 --how 写明，如“专人送达，李四收”。"
        )
    step = Step(actor=hand.actor.name, as_of=hand.as_of, now=hand.now, facts={"how": how.strip()})
    deliver(session, sheet, step, how=how.strip())


def acknowledge(session: Session, plan: Plan, sheet: NoticeSheet, hand: Hand) -> None:
    """Let the unit sign for a notice (签收); the same unit again changes nothing.

    Who signs for a paper has it, whatever the post knows of it: where no delivery is on record yet,
    its time to answer runs from this day.
    """
    _require(session, plan, sheet, hand, Permission.ACKNOWLEDGE_NOTICE)
    if sheet.acknowledged_by is not None and sheet.state is NoticeState.ACKNOWLEDGED:
        return
    require_not_before(hand.as_of, sheet.delivered_on or sheet.issued_on, "送达日期")
    if sheet.delivered_on is None:
        sheet.delivered_on, sheet.delivered_how = hand.as_of, NoticeMove.ACKNOWLEDGE.label
        let_time_run(session, sheet)
    sheet.acknowledged_by, sheet.acknowledged_on = hand.actor.name, hand.as_of
    move_sheet(session, sheet, NoticeMove.ACKNOWLEDGE, step_of(hand))


def void(session: Session, plan: Plan, sheet: NoticeSheet, hand: Hand, *, reason: str) -> None:
    """Void a paper: it keeps its number, and its rungs are free to be drafted again by hand.

    One that was signed and has no number yet is taken back instead, and its matters are drafts
    again. Drafts that were to follow the voided paper are withdrawn.
    """
    _require(session, plan, sheet, hand, Permission.VOID_NOTICE)
    if sheet.state is NoticeState.SIGNED:
        take_back(session, sheet, hand, reason=reason)
        return
    matters = notice_sheets.matters(session, sheet.id)
    if gone := [item.code for notice, item in matters if notice.state in GONE_ON]:
        raise ForbiddenMoveError(
            f"{'、'.join(gone)}的答复已采纳或已升级督办，{sheet.number_text}不能再作废",
            advice="如有错误，请另行发文更正。",
        )
    sheet.ended_by, sheet.ended_on, sheet.end_reason = hand.actor.name, hand.as_of, reason.strip()
    move_sheet(session, sheet, NoticeMove.VOID, step_of(hand, reason))
    for _, item in matters:
        notices.withdraw(session, [draft.id for draft in notice_history.unsigned(session, item)])


def _require(
    session: Session, plan: Plan, sheet: NoticeSheet, hand: Hand, permission: Permission
) -> None:
    items = [item for _, item in notice_sheets.matters(session, sheet.id)]
    unit = session.get_one(Unit, sheet.unit_id)
    require_for(session, plan, permission, hand.actor, concerned(session, unit, items))
