"""Drafting a notice by hand: an urgent matter, a promise that was not kept, one voided before."""

from uuid import uuid4

from sqlmodel import Session

from db import events, lives, notice_history
from db.bulk import insert_new
from db.plan_tables import Plan, WorkItem
from db.record_tables import Notice
from services import policy_editions
from services.close_outs import Hand
from services.notice_guards import held_until, require_published
from supervision.errors import UsageError
from supervision.keys import notice_key
from supervision.ladder import ABOVE, FORMAL
from supervision.lifecycle import ForbiddenMoveError
from supervision.lights import OPEN_STATES
from supervision.policy import Policy
from supervision.rights import require
from supervision.vocabulary import NoticeState, Permission, Rung

LADDER = "、".join(f"{rung.value} {rung.label}" for rung in FORMAL)
# After one of these a person may ask again; while any other stands, it is still being answered.
DONE_WITH = frozenset({NoticeState.LAPSED, NoticeState.SUPERSEDED, NoticeState.ACCEPTED})


def draft_by_hand(
    session: Session,
    plan: Plan,
    item: WorkItem,
    hand: Hand,
    policy: Policy,
    *,
    reason: str,
    rung: Rung | None = None,
) -> Notice:
    """Draft a notice that no sweep would draft, with the reason that its paper states.

    An urgent matter may start on a higher rung (R17). Without a rung it is the next one. Signing it
    and issuing it is held to the same conditions as any other.
    """
    require(Permission.DRAFT_NOTICE, hand.actor, lives.concerned(session, item.id))
    _require_draftable(session, item, hand, policy, reason)
    in_force = notice_history.of_cycle(session, item)
    wanted = _rung(item, in_force, policy, rung)
    version = notice_history.version_of(session, item) or policy.version
    is_overdue = item.due_on is not None and item.due_on < hand.as_of
    row = Notice(
        id=uuid4(),
        key=notice_key(item.id.hex, wanted, item.cycle),
        plan_id=plan.id,
        work_item_id=item.id,
        rung=wanted,
        cycle=item.cycle,
        state=NoticeState.DRAFT,
        drafted_on=hand.as_of,
        overdue_since=item.due_on if is_overdue else None,
        policy_version=version,
        why=reason.strip(),
        drafted_by=hand.actor.name,
    )
    if not insert_new(session, Notice, [row.model_dump()]):
        raise ForbiddenMoveError(f"{item.code}已有{wanted.label}通知", advice="请勿重复起草。")
    policy_editions.keep(session, policy, today=hand.as_of)
    _record(session, plan, item, row, hand)
    return row


def _require_draftable(
    session: Session, item: WorkItem, hand: Hand, policy: Policy, reason: str
) -> None:
    if not reason.strip():
        raise UsageError("手工起草通知须写明理由", advice="请用 --reason 写明，理由写入正文。")
    require_published(session, hand.as_of, act="起草督办通知")
    if item.state not in OPEN_STATES or item.historic:
        stands = "基线待核" if item.historic else item.state.label
        raise ForbiddenMoveError(
            f"{item.code}现为“{stands}”，不能起草督办通知", advice="办理中的事项才能督办。"
        )
    held = held_until(session, item, policy, today=hand.as_of)
    if held is not None:
        raise ForbiddenMoveError(
            f"{item.code}的延期申请待批，暂停督办至{held}（R21）", advice="请先批复延期申请。"
        )


def _rung(item: WorkItem, in_force: list[Notice], policy: Policy, wanted: Rung | None) -> Rung:
    """Return the rung to draft: the one wanted, if it lies above what was asked for already."""
    last = in_force[-1] if in_force else None
    if last is not None and last.state not in DONE_WITH:
        raise ForbiddenMoveError(
            f"{item.code}已有{last.rung.label}通知，现为“{last.state.label}”",
            advice="请先办完这一份，再起草下一份。",
        )
    following = policy.first_rung.value if last is None else ABOVE.get(last.rung)
    rung = wanted or following
    if rung is None or rung not in FORMAL:
        raise UsageError(
            "没有可起草的梯级",
            advice=f"可选：{'、'.join(f'{r.value} {r.label}' for r in FORMAL)}。",
        )
    if following is None or (last and FORMAL.index(rung) < FORMAL.index(following)):
        raise ForbiddenMoveError(
            f"{item.code}已有{last.rung.label if last else ''}通知，不能再起草{rung.label}",
            advice="只能起草更高的梯级。",
        )
    return rung


def _record(session: Session, plan: Plan, item: WorkItem, row: Notice, hand: Hand) -> None:
    entry = events.Entry(
        actor=hand.actor.name,
        act=Permission.DRAFT_NOTICE,
        about_kind="work_item",
        about_id=item.id,
        after=NoticeState.DRAFT,
        as_of=hand.as_of,
        why=row.why,
        facts={"code": item.code, "rung": row.rung},
    )
    events.append(session, plan.office_id, [entry], at=hand.now)
