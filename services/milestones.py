"""Milestones of the year plan (年度工作任务分解计划): what an item is to reach by when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise

from sqlmodel import Session

from db import events, milestones
from db.life_tables import Milestone
from db.plan_tables import Plan, WorkItem
from services.item_record import entry_about, put_on_record
from services.moves import item_named
from services.report_content import cleaned
from supervision.errors import UsageError
from supervision.periods import Quarter, quarter_named, quarter_of
from supervision.rights import Actor, require
from supervision.vocabulary import Permission

ALL_OF_IT = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """What is to be reached: how much of the item in percent, and in words how far that is."""

    percent: int
    stage: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedTarget:
    """One target of a year plan as a file has it; `place` says where, for whoever corrects it."""

    code: str
    quarter: Quarter
    target: Target
    place: str


def set_milestones(
    session: Session,
    item: WorkItem,
    wanted: Mapping[Quarter, Target],
    actor: Actor,
    *,
    as_of: date,
    now: datetime,
) -> int:
    """Set an item's targets for these quarters, leaving its others; return how many changed.

    UsageError for a quarter the plan does not cover and for a percent that falls over time.
    """
    require(Permission.PLAN_MILESTONES, actor)
    checked = {quarter: _checked(item, quarter, target) for quarter, target in wanted.items()}
    there = {quarter_named(row.period): row for row in milestones.of_item(session, item.id)}
    _require_covered(session.get_one(Plan, item.plan_id), checked)
    _require_rising(item, {quarter: row.percent for quarter, row in there.items()}, checked)
    changed = {
        quarter: target
        for quarter, target in checked.items()
        if quarter not in there or target != _target_of(there[quarter])
    }
    for quarter, target in changed.items():
        row = there.get(quarter) or Milestone(
            work_item_id=item.id, period=str(quarter), percent=0, stage=""
        )
        row.percent, row.stage = target.percent, target.stage
        session.add(row)
    session.flush()
    if changed:
        entry = _entry(item, changed, actor, as_of=as_of)
        put_on_record(session, item, entry, at=now)
    return len(changed)


def import_milestones(
    session: Session,
    plan: Plan,
    planned: Iterable[PlannedTarget],
    actor: Actor,
    *,
    as_of: date,
    now: datetime,
) -> int:
    """Set every target of a year plan; one at fault refuses all of them, saying where it stands."""
    changed = 0
    in_order = sorted(planned, key=lambda one: one.code)
    for code, theirs in groupby(in_order, key=lambda one: one.code):
        found = list(theirs)
        try:
            item = item_named(session, plan, code)
            wanted = _by_quarter(found)
            changed += set_milestones(session, item, wanted, actor, as_of=as_of, now=now)
        except UsageError as error:
            raise UsageError(f"{found[0].place}：{error}", advice=error.advice) from error
    return changed


def _by_quarter(planned: Iterable[PlannedTarget]) -> dict[Quarter, Target]:
    found: dict[Quarter, Target] = {}
    for one in planned:
        if found.setdefault(one.quarter, one.target) != one.target:
            raise UsageError(
                f"{one.code} {one.quarter}有两个不同的节点（{one.place}）", advice="请保留一个。"
            )
    return found


def _checked(item: WorkItem, quarter: Quarter, target: Target) -> Target:
    if not 0 <= target.percent <= ALL_OF_IT:
        raise UsageError(
            f"{item.code} {quarter}的进度{target.percent}不在0到100之间",
            advice="请填0到100的整数。",
        )
    return Target(percent=target.percent, stage=cleaned(target.stage) or "")


def _require_covered(plan: Plan, wanted: Iterable[Quarter]) -> None:
    first = quarter_of(plan.baseline_on)
    last = Quarter(plan.period_to or plan.baseline_on.year, 4)
    for quarter in wanted:
        if not first <= quarter <= last:
            raise UsageError(f"{quarter}不在计划期内", advice=f"可安排{first}至{last}的节点。")


def _require_rising(
    item: WorkItem, there: Mapping[Quarter, int], wanted: Mapping[Quarter, Target]
) -> None:
    whole = {**there, **{quarter: target.percent for quarter, target in wanted.items()}}
    for earlier, later in pairwise(sorted(whole)):
        if whole[earlier] > whole[later]:
            raise UsageError(
                f"{item.code}的进度由{earlier}的{whole[earlier]}%降为{later}的{whole[later]}%",
                advice="累计进度不应减少，请更正。",
            )


def _target_of(row: Milestone) -> Target:
    return Target(percent=row.percent, stage=row.stage)


def _entry(
    item: WorkItem, changed: Mapping[Quarter, Target], actor: Actor, *, as_of: date
) -> events.Entry:
    targets = {str(quarter): target.percent for quarter, target in changed.items()}
    return entry_about(
        item,
        actor=actor.name,
        act="plan_milestones",
        as_of=as_of,
        facts={"milestones": targets},
    )
