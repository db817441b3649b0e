"""Rounds by the office's hand: opening, reminding and closing inside the days the rules give."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from db import calendar_days, events, plans, rounds
from db.life_tables import RoundSnapshot
from db.plan_tables import Plan
from db.record_tables import Round
from services.round_closing import Closing, close, snapshot_of
from services.rounds import Day, begin, record, rounds_begun
from supervision.errors import UsageError
from supervision.periods import Quarter
from supervision.policy import Policy
from supervision.reminders import Step, Window
from supervision.rights import Actor, require
from supervision.vocabulary import Permission, RoundState


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """Who runs a plan's rounds, by which rules, on which day."""

    plan: Plan
    actor: Actor
    policy: Policy
    as_of: date
    now: datetime


def open_round(session: Session, desk: Desk, quarter: Quarter) -> tuple[Round, bool]:
    """Open a quarter's round if its days are these; return it, and whether it was opened now.

    UsageError outside its days, and for a round that is over: late opening would ask for reports
    that nobody has time to give.
    """
    require(Permission.RUN_ROUNDS, desk.actor)
    day = _day(session, desk)
    there = {found.period: found for found in rounds.of_plan(session, desk.plan.id)}
    found = there.get(str(quarter))
    if found is None:
        dates = next((dates for dates in rounds_begun(day) if dates.quarter == quarter), None)
        if dates is None or not dates.is_open_on(desk.as_of):
            raise UsageError(
                f"{desk.as_of}不在{quarter.label}调度的开启期内",
                advice="调度只能在季末月份的开启日至关闭日之间开启，见规则 R05、R06。",
            )
        begin(session, day, dates)
        opened = {one.period: one for one in rounds.of_plan(session, desk.plan.id)}[str(quarter)]
        _put_on_record(session, desk, opened, "open_round")
        return opened, True
    if found.state is not RoundState.OPEN:
        raise UsageError(f"{quarter.label}调度{found.state.label}，不能再开启", advice="无须办理。")
    return found, False


def remind(session: Session, desk: Desk, found: Round) -> int:
    """Record one more chase on every report still owed; return how many are new.

    It goes into each unit's next digest: a unit still gets one a day (R27). Once a day at most.
    """
    require(Permission.RUN_ROUNDS, desk.actor)
    _require_open(found)
    rule = "R08" if desk.as_of > found.due_on else "R07"
    step = Step(rule=rule, name=f"office-{desk.as_of}", planned_on=desk.as_of)
    added = record(session, _day(session, desk), found, step)
    if added:
        _put_on_record(session, desk, found, "remind_round")
    return added


def close_round(session: Session, desk: Desk, found: Round) -> RoundSnapshot:
    """Close a round and return what is frozen of it; closed again it gives the same.

    Nobody's time is cut short: UsageError up to the due day while a report is still owed.
    """
    require(Permission.RUN_ROUNDS, desk.actor)
    if found.state is RoundState.CLOSED:
        return snapshot_of(session, found)
    _require_open(found)
    owed = rounds.still_owed(session, found.id)
    if owed and desk.as_of <= found.due_on:
        raise UsageError(
            f"{found.period}调度尚有{owed}项未报，报送截止日（{found.due_on}）未过，不能关闭",
            advice="请在截止日之后关闭，或待全部报齐。",
        )
    closing = Closing(desk.policy, today=desk.as_of, now=desk.now, actor=desk.actor.name)
    return close(session, desk.plan, found, closing)


def _require_open(found: Round) -> None:
    if found.state is not RoundState.OPEN:
        raise UsageError(
            f"{found.period}调度{found.state.label}", advice="用 duban round status 查看各轮状态。"
        )


def _day(session: Session, desk: Desk) -> Day:
    return Day(
        plan=desk.plan,
        office_unit_id=plans.office_unit(session, desk.plan.office_id).id,
        window=Window(since=desk.as_of, today=desk.as_of),
        calendar=calendar_days.working_days(session),
        policy=desk.policy,
        now=desk.now,
    )


def _put_on_record(session: Session, desk: Desk, found: Round, act: str) -> None:
    entry = events.Entry(
        actor=desk.actor.name,
        act=act,
        about_kind="round",
        about_id=found.id,
        after=found.state,
        as_of=desk.as_of,
        facts={"period": found.period},
    )
    events.append(session, desk.plan.office_id, [entry], at=desk.now)
