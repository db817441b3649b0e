"""Lists of work items with their lights: what `duban items`, `overdue` and the pages show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlmodel import Session, col

from db import light_facts, red_candidates, work_items
from db.plan_tables import Plan, WorkItem
from db.work_items import Wanted
from services.standings import Standings, standings
from supervision.light_grounds import Fact, red_since
from supervision.lights import days_overdue, is_red, judge
from supervision.policy import Policy
from supervision.vocabulary import ItemKind, ItemState, Light, Relation, Rung
from supervision.working_days import WorkingDays


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedItem:
    """One line of a list; `days_overdue` is 0 for an item that is on time or has no date."""

    code: str
    kind: ItemKind
    title: str
    state: ItemState
    light: Light
    rule: str
    reason: str
    due_on: date | None
    deadline_text: str | None
    days_overdue: int
    lead_unit: str | None
    responsible_units: list[str]
    supporting_units: list[str]
    sponsor_unit: str | None
    historic: bool
    progress_percent: int | None
    expected_percent: int | None
    working_group: str | None
    rung: Rung  # of its latest notice
    facts: dict[str, Fact]  # that the light rests on


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What a list is narrowed to by what is derived of items; what is None does not narrow."""

    light: Light | None = None
    rung: Rung | None = None
    min_days: int | None = None  # at least so many days overdue

    def holds(self, line: ListedItem) -> bool:
        """Return whether a line is to be shown."""
        return (
            self.light in (None, line.light)
            and self.rung in (None, line.rung)
            and (self.min_days is None or line.days_overdue >= self.min_days)
        )


ALL_OF_THEM = Shown()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sources:
    """All that lines are made of, read once for the whole list."""

    standings: Standings
    units: Mapping[UUID, list[work_items.AssignedUnit]]
    groups: Mapping[UUID, str]
    rungs: Mapping[UUID, Rung]
    policy: Policy
    as_of: date


def listed(
    session: Session, wanted: Wanted, policy: Policy, *, shown: Shown = ALL_OF_THEM
) -> list[ListedItem]:
    """Return the wanted items as they stand on `wanted.as_of`, overdue ones longest first."""
    return [line for _, line in listed_by_id(session, wanted, policy, shown=shown)]


def listed_by_id(
    session: Session, wanted: Wanted, policy: Policy, *, shown: Shown = ALL_OF_THEM
) -> list[tuple[UUID, ListedItem]]:
    """Return the same with each item's id: codes are unique within a plan only."""
    items = work_items.listed(session, wanted)
    if not items:
        return []
    sources = _sources(session, wanted, policy)
    lines = ((item.id, _line(item, sources)) for item in items)
    found = [
        (item_id, line) for item_id, line in lines if _fits(line, wanted) and shown.holds(line)
    ]
    if wanted.overdue_only:
        found.sort(key=lambda pair: -pair[1].days_overdue)
    return found


def _sources(session: Session, wanted: Wanted, policy: Policy) -> _Sources:
    about, as_of = work_items.narrowed(wanted), wanted.as_of
    units: dict[UUID, list[work_items.AssignedUnit]] = {}
    for assigned in work_items.units_of(session, wanted.plan_ids, about):
        units.setdefault(assigned.work_item_id, []).append(assigned)
    groups: dict[UUID, str] = {}
    for plan_id in wanted.plan_ids:
        groups |= work_items.group_names(session, plan_id)
    return _Sources(
        standings=standings(session, wanted.plan_ids, about, as_of=as_of, is_past=wanted.is_past),
        units=units,
        groups=groups,
        rungs=light_facts.rungs(session, about, as_of=as_of),
        policy=policy,
        as_of=as_of,
    )


def _fits(line: ListedItem, wanted: Wanted) -> bool:
    """Return whether an item that came for what happened since is wanted as it stood then."""
    if wanted.state is not None and line.state is not wanted.state:
        return False
    return line.days_overdue > 0 or not wanted.overdue_only


def _line(item: WorkItem, sources: _Sources) -> ListedItem:
    then, standing = sources.standings.item(item), sources.standings.of(item)
    judgement = judge(standing, sources.policy, today=sources.as_of)
    units = sources.units.get(item.id, [])
    lead = next((unit for unit in units if unit.relation is Relation.LEAD), None)
    return ListedItem(
        code=item.code,
        kind=item.kind,
        title=item.title,
        state=then.state,
        light=judgement.light,
        rule=judgement.rule,
        reason=judgement.reason,
        due_on=then.due_on,
        deadline_text=item.deadline_text,
        days_overdue=days_overdue(standing, today=sources.as_of),
        lead_unit=None if lead is None else lead.unit_name,
        responsible_units=_named(units, Relation.RESPONSIBLE),
        supporting_units=_named(units, Relation.SUPPORTING),
        sponsor_unit=None if lead is None else lead.sponsor_name,
        historic=then.historic,
        progress_percent=standing.reported.percent,
        expected_percent=None if standing.expectation is None else standing.expectation.percent,
        working_group=sources.groups.get(item.working_group_id) if item.working_group_id else None,
        rung=sources.rungs.get(item.id, Rung.NONE),
        facts=judgement.facts,
    )


def _named(units: list[work_items.AssignedUnit], relation: Relation) -> list[str]:
    return [unit.unit_name for unit in units if unit.relation is relation]


class RedItem(NamedTuple):
    """An item that is red by R14 though its date has not passed: since when, and why."""

    work_item_id: UUID
    since: date
    reason: str


def red_without_being_overdue(
    session: Session, plan: Plan, policy: Policy, calendar: WorkingDays, today: date
) -> list[RedItem]:
    """Return the open items of a plan that R14 calls red for another reason than their date.

    A light that a person set takes an item out (R32). `since` is a calendar day: whoever drafts
    notices asks the `calendar` whether the day is one for that.
    """
    del calendar  # lights go by calendar days
    found: list[RedItem] = []
    for items in red_candidates.candidates(session, plan.id, policy.red.value, today=today):
        found += _red_among(session, plan, items, policy, today)
    return found


def _red_among(
    session: Session, plan: Plan, items: list[WorkItem], policy: Policy, today: date
) -> Iterator[RedItem]:
    about = [col(WorkItem.id).in_([item.id for item in items])]
    found = standings(session, (plan.id,), about, as_of=today)
    for item in items:
        standing = found.of(item)
        judgement = judge(standing, policy, today=today)
        since = red_since(standing, policy, today=today)
        if since is not None and is_red(judgement):
            yield RedItem(work_item_id=item.id, since=since, reason=judgement.reason)
