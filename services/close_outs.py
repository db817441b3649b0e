"""Closing items out (销号): asked for by the lead, reviewed, decided by an independent second."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from db import close_outs, lives
from db.life_tables import CloseOut
from db.plan_tables import WorkItem
from services.days import require_not_before
from services.item_record import entry_about, put_on_record
from services.moves import Wanted, move_item
from supervision.closing import require_proof, require_second_person
from supervision.errors import UsageError
from supervision.lifecycle import ForbiddenMoveError
from supervision.rights import Actor, require
from supervision.vocabulary import Decision, Grade, Move, Permission


@dataclass(frozen=True, kw_only=True, slots=True)
class Hand:
    """Who acts on a close-out, for which day, and at which moment."""

    actor: Actor
    as_of: date
    now: datetime


def ask(session: Session, item: WorkItem, hand: Hand, *, summary: str) -> CloseOut:
    """Ask for an item to be closed out; asked twice with the same words, it is the same request.

    Raises NotReadyToCloseError when something of R25 is missing.
    """
    require(Permission.ASK_CLOSE_OUT, hand.actor, lives.concerned(session, item.id))
    there = close_outs.open_one(session, item.id)
    if there is not None and (there.asked_by, there.summary) == (hand.actor.name, summary.strip()):
        return there
    if not summary.strip():
        raise UsageError("申请销号须写明完成情况", advice="请用 --summary 写明。")
    if there is None:
        require_proof(close_outs.proof_of(session, item))
    _move(session, item, hand, Move.SUBMIT, reason=summary)
    asked = CloseOut(
        work_item_id=item.id,
        ordinal=close_outs.next_ordinal(session, item.id),
        asked_by=hand.actor.name,
        asked_on=hand.as_of,
        summary=summary.strip(),
        decision=Decision.OPEN,
    )
    session.add(asked)
    session.flush()
    return asked


def review(session: Session, item: WorkItem, hand: Hand, *, opinion: str) -> CloseOut:
    """Put the first review (初审) on record; the item stays submitted until the decision."""
    require(Permission.REVIEW_CLOSE_OUT, hand.actor, lives.concerned(session, item.id))
    asked = _open_one(session, item)
    if not opinion.strip():
        raise UsageError("初审须写明意见", advice="请用 --opinion 写明。")
    said = (hand.actor.name, opinion.strip())
    if (asked.reviewed_by, asked.review_opinion) == said:
        return asked
    if asked.reviewed_by is not None:
        raise ForbiddenMoveError(
            f"{item.code}的销号申请已由“{asked.reviewed_by}”初审", advice="请办理复核。"
        )
    require_not_before(hand.as_of, asked.asked_on, "申请")
    asked.reviewed_by, asked.review_opinion = said
    asked.reviewed_on = hand.as_of
    session.add(asked)
    session.flush()
    entry = entry_about(
        item,
        actor=hand.actor.name,
        act=Permission.REVIEW_CLOSE_OUT,
        as_of=hand.as_of,
        why=asked.review_opinion,
        facts={"ordinal": asked.ordinal},
    )
    put_on_record(session, item, entry, at=hand.now)
    return asked


def decide(
    session: Session, item: WorkItem, hand: Hand, *, grade: Grade, opinion: str = ""
) -> CloseOut:
    """Close the item out with a grade: by a second person, of no responsible unit (R26)."""
    require(Permission.DECIDE_CLOSE_OUT, hand.actor, lives.concerned(session, item.id))
    asked = _open_one(session, item)
    if asked.reviewed_by is None:
        raise ForbiddenMoveError(f"{item.code}的销号申请还没有初审", advice="请先办理初审。")
    require_not_before(hand.as_of, asked.reviewed_on, "初审")
    require_second_person(hand.actor.name, asked_by=asked.asked_by, reviewed_by=asked.reviewed_by)
    require_proof(close_outs.proof_of(session, item))
    _move(session, item, hand, Move.CLOSE_OUT, reason=opinion, grade=grade)
    asked.grade = grade
    return _settled(session, asked, hand, Decision.APPROVED, opinion)


def send_back(session: Session, item: WorkItem, hand: Hand, *, reason: str) -> CloseOut:
    """Send the item back to be carried on (退回重办): from now on it can be overdue again."""
    require(Permission.RETURN_CLOSE_OUT, hand.actor, lives.concerned(session, item.id))
    asked = _open_one(session, item)
    require_not_before(hand.as_of, asked.reviewed_on or asked.asked_on, "上一步")
    _move(session, item, hand, Move.SEND_BACK, reason=reason)
    return _settled(session, asked, hand, Decision.REFUSED, reason)


def _open_one(session: Session, item: WorkItem) -> CloseOut:
    found = close_outs.open_one(session, item.id)
    if found is None:
        raise ForbiddenMoveError(
            f"{item.code}没有待办的销号申请（现为“{item.state.label}”）",
            advice="用 duban close-out list 查看待办的申请。",
        )
    return found


def _settled(
    session: Session, asked: CloseOut, hand: Hand, decision: Decision, reason: str
) -> CloseOut:
    asked.decision, asked.reason = decision, reason.strip() or None
    asked.decided_by, asked.decided_on = hand.actor.name, hand.as_of
    session.add(asked)
    session.flush()
    return asked


def _move(
    session: Session,
    item: WorkItem,
    hand: Hand,
    move: Move,
    *,
    reason: str = "",
    grade: Grade | None = None,
) -> None:
    wanted = Wanted(move=move, actor=hand.actor, as_of=hand.as_of, reason=reason, grade=grade)
    move_item(session, item, wanted, now=hand.now)
