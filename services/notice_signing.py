"""Signing a notice (签发) and taking the signature back: by a person, never by a flow."""

from sqlmodel import Session

from db import notice_sheets
from db.notice_tables import NoticeSheet
from db.plan_tables import Plan, Unit
from services import policy_editions
from services.close_outs import Hand
from services.notice_guards import Matters, require_published, require_standing
from services.notice_moves import Step, move_sheet
from services.notice_rights import concerned, require_for, require_not_before
from services.notice_sheets import DraftSheet
from supervision.lifecycle import ForbiddenMoveError
from supervision.policy import Policy
from supervision.vocabulary import NoticeMove, NoticeState, Permission


def sign(
    session: Session, plan: Plan, draft: DraftSheet, hand: Hand, policy: Policy
) -> NoticeSheet:
    """Sign a draft: from now on it is a paper of its own, still without a number.

    Only an approver may, of no unit that is responsible for anything on it. Raises
    ForbiddenMoveError when a matter does not call for it any more.
    """
    matters = _locked(session, draft)
    unit = session.get_one(Unit, draft.drafts[0].unit_id)
    about = concerned(session, unit, [item for _, item in matters])
    require_for(session, plan, Permission.SIGN_NOTICE, hand.actor, about)
    require_not_before(hand.as_of, max(notice.drafted_on for notice, _ in matters), "起草日期")
    require_published(session, hand.as_of, act="签发")
    require_standing(session, matters, policy, today=hand.as_of, act="签发")
    sheet = NoticeSheet(
        office_id=plan.office_id,
        plan_id=plan.id,
        rung=draft.rung,
        form=draft.form,
        unit_id=unit.id,
        state=NoticeState.DRAFT,
        reply_days=reply_days(session, matters, policy),
        signed_by=hand.actor.name,
        signed_on=hand.as_of,
        signed_at=hand.now,
    )
    session.add(sheet)
    session.flush()
    for notice, _ in matters:
        notice.sheet_id = sheet.id
        session.add(notice)
    session.flush()
    move_sheet(session, sheet, NoticeMove.SIGN, step_of(hand))
    return sheet


def step_of(hand: Hand, why: str | None = None) -> Step:
    """Return a person's step, for whoever makes a move."""
    return Step(actor=hand.actor.name, as_of=hand.as_of, now=hand.now, why=why)


def _locked(session: Session, draft: DraftSheet) -> Matters:
    """Return the matters of a draft, locked; refuses what somebody signed at the same moment."""
    found = notice_sheets.drafts_locked(session, [line.notice_id for line in draft.drafts])
    if len(found) != len(draft.drafts):
        raise ForbiddenMoveError(
            "草稿刚刚有变动，未签发", advice="用 duban notice list 重新查看后再签发。"
        )
    return found


def reply_days(session: Session, matters: Matters, policy: Policy) -> int | None:
    """Return the days to answer in: of several editions on one sheet the most generous (R30)."""
    stated = [
        policy_editions.rules_of(session, notice.policy_version, policy).reply_days(notice.rung)
        for notice, _ in matters
    ]
    return max((days for days in stated if days is not None), default=None)


def take_back(session: Session, sheet: NoticeSheet, hand: Hand, *, reason: str) -> None:
    """Take the signature of a sheet back that has no number yet: its matters are drafts again."""
    matters = notice_sheets.matters(session, sheet.id)
    sheet.ended_by, sheet.ended_on, sheet.end_reason = hand.actor.name, hand.as_of, reason.strip()
    move_sheet(session, sheet, NoticeMove.TAKE_BACK, step_of(hand, reason))
    for notice, _ in matters:
        notice.sheet_id = None
        session.add(notice)
    session.flush()
