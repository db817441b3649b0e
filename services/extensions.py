"""Extensions (延期): asked for by the lead, reviewed by the office, decided by an approver."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from db import calendar_days, dossiers, extensions, lives
from db.life_tables import Extension
from db.plan_tables import Plan, WorkItem
from services.days import require_not_before
from services.item_record import entry_about, put_on_record
from supervision.errors import UsageError
from supervision.extensions import REFUSED, Asked, Shortcoming, shortcomings
from supervision.lifecycle import ForbiddenMoveError
from supervision.lights import OPEN_STATES
from supervision.periods import year_end
from supervision.policy import Policy
from supervision.rights import Actor, NotAllowedError, require
from supervision.vocabulary import Decision, Permission


class InadmissibleExtensionError(UsageError):
    """The extension cannot be asked for as it is (R22); the message gives every reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hand:
    """Who acts on an extension, for which day, at which moment, by which rules."""

    actor: Actor
    as_of: date
    now: datetime
    policy: Policy


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """The later date that is wished for, why, and how far the item is."""

    new_due_on: date
    reason: str
    progress: str


def ask(session: Session, plan: Plan, item: WorkItem, hand: Hand, wish: Wish) -> Extension:
    """Put the request on record with what it lacks; the same request again is the same row.

    Raises InadmissibleExtensionError for one that can never be granted. One that is only late, or
    goes past the plan's end, is recorded for the approver, but does not freeze the ladder.
    """
    require(Permission.ASK_EXTENSION, hand.actor, lives.concerned(session, item.id))
    there = extensions.open_one(session, item.id)
    if there is not None:
        return _same(item, there, hand, wish)
    if item.state not in OPEN_STATES:
        raise ForbiddenMoveError(
            f"{item.code}现为“{item.state.label}”，不能申请延期",
            advice="办理中的事项才能申请延期。",
        )
    if not (wish.reason.strip() and wish.progress.strip()):
        raise UsageError(
            "申请延期须写明理由和目前进展", advice="请用 --reason 和 --progress 写明。"
        )
    lacks = _shortcomings(session, plan, item, hand, wish)
    if any(found.lack in REFUSED for found in lacks):
        reasons = "；".join(found.reason for found in lacks)
        raise InadmissibleExtensionError(f"不能申请延期：{reasons}", advice="请调整后重新申请。")
    return _asked(session, item, hand, wish, lacks)


def _shortcomings(
    session: Session, plan: Plan, item: WorkItem, hand: Hand, wish: Wish
) -> list[Shortcoming]:
    asked = Asked(
        due_on=item.due_on,
        new_due_on=wish.new_due_on,
        granted_before=extensions.granted(session, item.id),
        plan_ends_on=None if plan.period_to is None else year_end(plan.period_to),
    )
    calendar = calendar_days.working_days(session)
    return shortcomings(asked, hand.policy, calendar, today=hand.as_of)


def _same(item: WorkItem, there: Extension, hand: Hand, wish: Wish) -> Extension:
    said = (hand.actor.name, wish.new_due_on, wish.reason.strip())
    if (there.asked_by, there.new_due_on, there.reason) != said:
        raise ForbiddenMoveError(
            f"{item.code}已有一件延期申请待定（延至{there.new_due_on}）", advice="请待其批复。"
        )
    return there


def _asked(
    session: Session, item: WorkItem, hand: Hand, wish: Wish, lacks: list[Shortcoming]
) -> Extension:
    assert item.due_on is not None  # without one it would have been refused
    row = Extension(
        work_item_id=item.id,
        asked_by=hand.actor.name,
        asked_on=hand.as_of,
        due_on_before=item.due_on,
        new_due_on=wish.new_due_on,
        reason=wish.reason.strip(),
        progress=wish.progress.strip(),
        lacks=[found.lack for found in lacks],
        decision=Decision.OPEN,
    )
    session.add(row)
    _record(session, item, row, hand, Permission.ASK_EXTENSION, why=row.reason)
    return row


def review(session: Session, item: WorkItem, hand: Hand, *, opinion: str) -> Extension:
    """Put the office's opinion on record; it passes the request on, it does not decide."""
    require(Permission.REVIEW_EXTENSION, hand.actor, lives.concerned(session, item.id))
    row = _open_one(session, item)
    if not opinion.strip():
        raise UsageError("初审延期须写明意见", advice="请用 --opinion 写明。")
    if row.reviewed_by is not None:
        if (row.reviewed_by, row.review_opinion) == (hand.actor.name, opinion.strip()):
            return row
        raise ForbiddenMoveError(f"{item.code}的延期申请已经初审", advice="请报签发人审批。")
    require_not_before(hand.as_of, row.asked_on, "申请")
    row.reviewed_by, row.reviewed_on = hand.actor.name, hand.as_of
    row.review_opinion = opinion.strip()
    _record(session, item, row, hand, Permission.REVIEW_EXTENSION, why=row.review_opinion)
    return row


def decide(
    session: Session,
    item: WorkItem,
    hand: Hand,
    *,
    approves: bool,
    reason: str = "",
    document: str = "",
) -> Extension:
    """Grant or refuse it; granting moves the item's due date and never its original one.

    Granting needs the number of the signed document, refusing a reason.
    """
    require(Permission.DECIDE_EXTENSION, hand.actor, lives.concerned(session, item.id))
    row = _open_one(session, item)
    _require_decidable(row, hand, approves=approves, reason=reason, document=document)
    if approves and item.state not in OPEN_STATES:
        raise ForbiddenMoveError(
            f"{item.code}{item.state.label}，不能再延期", advice="可不予同意。"
        )
    row.decision = Decision.APPROVED if approves else Decision.REFUSED
    row.decided_by, row.decided_on = hand.actor.name, hand.as_of
    row.decision_reason, row.document = reason.strip() or None, document.strip() or None
    if approves:
        if dossiers.has_notice(session, item):
            item.cycle += 1  # what was missed was the earlier date: the ladder begins anew
        item.due_on = row.new_due_on
        session.add(item)
    _record(session, item, row, hand, Permission.DECIDE_EXTENSION, why=row.decision_reason)
    return row


def _require_decidable(
    row: Extension, hand: Hand, *, approves: bool, reason: str, document: str
) -> None:
    if row.reviewed_by is None:
        raise ForbiddenMoveError("延期申请还没有初审", advice="请办公室先提出初审意见。")
    require_not_before(hand.as_of, row.reviewed_on, "初审")
    if hand.actor.name in (row.asked_by, row.reviewed_by):
        raise NotAllowedError(
            f"“{hand.actor.name}”已经手过本次申请，不能再审批", advice="请由另一名签发人审批。"
        )
    if approves and not document.strip():
        raise UsageError("同意延期须有批复文号", advice="请用 --document 写明。")
    if not approves and not reason.strip():
        raise UsageError("不同意延期须写明理由", advice="请用 --reason 写明。")


def _open_one(session: Session, item: WorkItem) -> Extension:
    found = extensions.open_one(session, item.id)
    if found is None:
        raise ForbiddenMoveError(
            f"{item.code}没有待定的延期申请", advice="用 duban extension list 查看。"
        )
    return found


def _record(
    session: Session,
    item: WorkItem,
    row: Extension,
    hand: Hand,
    act: Permission,
    *,
    why: str | None,
) -> None:
    session.add(row)
    session.flush()
    entry = entry_about(
        item,
        actor=hand.actor.name,
        act=act,
        as_of=hand.as_of,
        before=row.due_on_before.isoformat(),
        after=row.new_due_on.isoformat(),
        why=why,
        document=row.document,
        facts={"decision": row.decision, "lacks": list(row.lacks)},
    )
    put_on_record(session, item, entry, at=hand.now)
