"""What keeps a notice from being signed or issued, each thing said in words for people."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlmodel import Session

from db import calendar_days, extensions, notice_history, notice_sheets
from db.plan_tables import Unit, WorkItem
from db.record_tables import Notice
from services import policy_editions
from services.standings import standing_of
from supervision.errors import NotConfiguredError
from supervision.extensions import frozen_until
from supervision.ladder import REACHED_ITS_UNIT
from supervision.lifecycle import ForbiddenMoveError
from supervision.lights import LISTED_STATES, is_red, judge
from supervision.policy import Policy
from supervision.vocabulary import NoticeState, Rung, UnitKind

Matters = Sequence[tuple[Notice, WorkItem]]
STOPS = {
    NoticeState.SIGNED: "上一份通知还未印发",
    NoticeState.ISSUED: "上一份通知还未送达（R20）",
    NoticeState.DELIVERED: "上一份通知尚在答复期内",
    NoticeState.ACKNOWLEDGED: "上一份通知尚在答复期内",
    NoticeState.ANSWERED: "上一份通知已有答复，待审核",
    NoticeState.ACCEPTED: "上一份通知的答复已采纳",
}


def require_standing(
    session: Session, matters: Matters, policy: Policy, *, today: date, act: str
) -> None:
    """Refuse to go on with matters that do not call for the notice any more, naming each."""
    faults = [
        f"{item.code}{fault}"
        for notice, item in matters
        for fault in _faults(session, notice, item, policy, today)
    ]
    if faults:
        raise ForbiddenMoveError(
            f"不能{act}：{'；'.join(faults)}",
            advice="已签发的可撤回签发（duban notice void），其余事项可重新签发。",
        )


def _faults(
    session: Session, notice: Notice, item: WorkItem, policy: Policy, today: date
) -> Iterator[str]:
    if not notice_sheets.still_calls(notice, item):
        yield f"{_why_not(notice, item)}，不再需要督办"
        return
    if _caught_up(session, notice, item, policy, today):
        yield "的进展已经赶上，不再需要督办"
    before = notice_history.below(session, notice)
    if before is not None and before.state in _stops(notice):
        yield STOPS[before.state]
    held = held_until(session, item, policy, today=today)
    if held is not None:
        yield f"的延期申请待批，暂停督办至{held}（R21）"


def _caught_up(
    session: Session, notice: Notice, item: WorkItem, policy: Policy, today: date
) -> bool:
    """Return whether an item the sweep drafted for its progress is not red any more."""
    if notice.overdue_since is not None or notice.drafted_by is not None:
        return False
    standing = standing_of(session, item, as_of=today)
    return not is_red(judge(standing, policy, today=today))


def _why_not(notice: Notice, item: WorkItem) -> str:
    if item.historic or item.state not in LISTED_STATES:
        return "为基线待核" if item.historic else f"现为“{item.state.label}”"
    return "已重新起算" if notice.cycle != item.cycle else "的期限已调整"


def _stops(notice: Notice) -> frozenset[NoticeState]:
    """Return the states of the notice below that stop one: fewer where R19 or a person calls it."""
    if notice.drafted_by is not None:
        return frozenset()
    if notice.rung is Rung.INTERVIEW:
        return frozenset(STOPS) - REACHED_ITS_UNIT
    return frozenset(STOPS)


def held_until(session: Session, item: WorkItem, policy: Policy, *, today: date) -> date | None:
    """Return the day to which an undecided extension holds an item's ladder, None when none does.

    The days are those of the edition the ladder began under (R30).
    """
    asked = extensions.open_one(session, item.id)
    if asked is None or asked.lacks:
        return None
    version = notice_history.version_of(session, item)
    rules = policy if version is None else policy_editions.rules_of(session, version, policy)
    calendar = calendar_days.working_days(session)
    until = frozen_until(asked.due_on_before, asked.asked_on, rules, calendar)
    return until if today <= until else None


def require_reminded(session: Session, matters: Matters) -> None:
    """Refuse the first notice on an item of which no reminder is on record as sent (R20)."""
    unasked = [
        item.code
        for notice, item in matters
        if notice_history.is_first(session, notice)
        and not notice_history.was_reminded(session, notice)
    ]
    if unasked:
        raise ForbiddenMoveError(
            f"{'、'.join(unasked)}还没有一次提醒确认送达，不能直接发出督办通知（R20）",
            advice="先运行 duban tick 和 duban deliver 发出提醒；拒收的，请更正联系方式后重发。",
        )


def require_published(session: Session, today: date, *, act: str) -> None:
    """Refuse a formal date in a year whose holidays are not on record (R04)."""
    if not calendar_days.working_days(session).is_published(today):
        raise NotConfiguredError(
            f"{today.year}年的放假安排尚未登记，不能{act}：答复期限无从计算（R04）",
            advice="请用 duban calendar add 登记放假通知。",
        )


def require_sponsor(unit: Unit) -> None:
    """Refuse a notice to a company through which nobody is reached (process.md, fact 5)."""
    if unit.kind is UnitKind.COMPANY and unit.sponsor_unit_id is None:
        raise NotConfiguredError(
            f"企业“{unit.name}”没有督导单位，通知不能印发",
            advice="请先在通讯录中为该企业指定督导单位（duban contact import）。",
        )
