"""What the office does in a replay: settle, review, decide, sign and issue, close rounds."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlmodel import Session

from db import rounds
from services import (
    close_outs,
    extensions,
    notice_answers,
    notice_issuing,
    notice_signing,
    report_reviews,
)
from services.moves import Wanted, move_item
from services.notice_sheets import draft_named, sheet_named
from services.obligations import obligation_of
from services.report_reviews import Review
from services.round_by_hand import Desk, close_round
from services.simulating.hands import APPROVER, AT_THE_DESK, REVIEWER, Turn
from supervision.errors import UsageError
from supervision.vocabulary import Deed, Move


def settle(turn: Turn) -> None:
    """Start a historic item afresh: it was not finished before the plan was adopted (R24)."""
    wanted = Wanted(
        move=Move.RESTART,
        actor=AT_THE_DESK,
        as_of=turn.day,
        reason=turn.words("经核尚未完成，重新起算"),
    )
    move_item(turn.session, turn.item, wanted, now=turn.office.now())


def accept_report(turn: Turn) -> None:
    """Accept the report (审定)."""
    owed = obligation_of(turn.session, turn.item, turn.waiting.name)
    report_reviews.accept(turn.session, owed, _review(turn, ""))


def send_report_back(turn: Turn) -> None:
    """Send the report back with a reason."""
    owed = obligation_of(turn.session, turn.item, turn.waiting.name)
    report_reviews.send_back(turn.session, owed, _review(turn, turn.words("没有写明完成了什么")))


def _review(turn: Turn, reason: str) -> Review:
    return Review(actor=AT_THE_DESK, as_of=turn.day, now=turn.office.now(), reason=reason)


def grant_extension(turn: Turn) -> None:
    """Review the extension and grant it, under a number made up for the replay."""
    _decide_extension(turn, approves=True)


def refuse_extension(turn: Turn) -> None:
    """Review the extension and refuse it."""
    _decide_extension(turn, approves=False)


def _decide_extension(turn: Turn, *, approves: bool) -> None:
    session, item = turn.session, turn.item
    extensions.review(session, item, turn.hand_on_extension(AT_THE_DESK), opinion="情况属实")
    extensions.decide(
        session,
        item,
        turn.hand_on_extension(APPROVER),
        approves=approves,
        reason=turn.words("同意" if approves else "理由不充分"),
        document="（推演）" if approves else "",
    )


def close_out(turn: Turn) -> None:
    """Review the close-out and decide it, by two people."""
    session, item = turn.session, turn.item
    close_outs.review(session, item, turn.hand(AT_THE_DESK), opinion="材料齐全")
    close_outs.decide(session, item, turn.hand(REVIEWER), grade=turn.rule.grade)


def return_close_out(turn: Turn) -> None:
    """Send the item back to be carried on (退回重办)."""
    hand = turn.hand(REVIEWER)
    close_outs.send_back(turn.session, turn.item, hand, reason=turn.words("佐证不全"))


def issue_notice(turn: Turn) -> None:
    """Sign the draft that names the item and issue it; a paper of several matters goes at once."""
    session, plan = turn.session, turn.plan
    code = turn.waiting.code
    if not _is_drafted(session, turn):
        return  # it went with another matter of the same paper, earlier this day
    hand = turn.hand(APPROVER)
    draft = draft_named(session, plan, code)
    sheet = notice_signing.sign(session, plan, draft, hand, turn.office.policy)
    notice_issuing.issue(session, turn.office, plan, sheet, turn.hand(AT_THE_DESK))


def _is_drafted(session: Session, turn: Turn) -> bool:
    try:
        draft_named(session, turn.plan, turn.waiting.code)
    except UsageError:
        return False
    return True


def accept_answer(turn: Turn) -> None:
    """Accept the answer (采纳): the ladder ends here."""
    _review_answer(turn, accepts=True)


def return_answer(turn: Turn) -> None:
    """Send the answer back: its notice goes on as unanswered."""
    _review_answer(turn, accepts=False)


def _review_answer(turn: Turn, *, accepts: bool) -> None:
    sheet = sheet_named(turn.session, turn.plan, turn.waiting.name)
    notice_answers.review(
        turn.session,
        turn.plan,
        sheet,
        turn.hand(REVIEWER),  # the office may not judge an answer of its own
        accepts=accepts,
        opinion=turn.words("属实" if accepts else "没有写明完成日期"),
        codes=[turn.waiting.code],
    )


def close_the_round(turn: Turn) -> None:
    """Close the round by hand, before the sweep would."""
    desk = Desk(
        plan=turn.plan,
        actor=AT_THE_DESK,
        policy=turn.office.policy,
        as_of=turn.day,
        now=turn.office.now(),
    )
    there = rounds.of_plan(turn.session, turn.plan.id)
    found = next(one for one in there if one.period == turn.waiting.name)
    close_round(turn.session, desk, found)


OF_THE_OFFICE: Mapping[Deed, Callable[[Turn], None]] = MappingProxyType(
    {
        Deed.SETTLE: settle,
        Deed.ACCEPT_REPORT: accept_report,
        Deed.SEND_REPORT_BACK: send_report_back,
        Deed.GRANT_EXTENSION: grant_extension,
        Deed.REFUSE_EXTENSION: refuse_extension,
        Deed.CLOSE_OUT: close_out,
        Deed.RETURN_CLOSE_OUT: return_close_out,
        Deed.ISSUE_NOTICE: issue_notice,
        Deed.ACCEPT_ANSWER: accept_answer,
        Deed.RETURN_ANSWER: return_answer,
        Deed.CLOSE_ROUND: close_the_round,
    }
)
