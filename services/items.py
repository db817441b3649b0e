"""Lists of work items with their lights: what `duban items`, `overdue` and the pages show."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from db import reports, work_items
from db.plan_tables import WorkItem
from db.work_items import Wanted
from supervision.lights import Judgement, Standing, days_overdue, judge
from supervision.policy import Policy
from supervision.vocabulary import ItemKind, ItemState, Light, Relation


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


def listed(session: Session, wanted: Wanted, policy: Policy) -> list[ListedItem]:
    """Return the wanted items as they stand on `wanted.as_of`, overdue ones longest first."""
    items = work_items.listed(session, wanted)
    units = _units_by_item(session, wanted.plan_ids) if items else {}
    percents = reports.percents(session, wanted.plan_ids, as_of=wanted.as_of) if items else {}
    lines = [
        _line(item, units.get(item.id, []), percents.get(item.id), policy, wanted.as_of)
        for item in items
    ]
    if wanted.overdue_only:
        lines.sort(key=lambda line: -line.days_overdue)
    return lines


def _units_by_item(
    session: Session, plan_ids: tuple[UUID, ...]
) -> dict[UUID, list[work_items.AssignedUnit]]:
    units: dict[UUID, list[work_items.AssignedUnit]] = {}
    for assigned in work_items.units_of(session, plan_ids):
        units.setdefault(assigned.work_item_id, []).append(assigned)
    return units


def _line(
    item: WorkItem,
    units: list[work_items.AssignedUnit],
    percent: int | None,
    policy: Policy,
    as_of: date,
) -> ListedItem:
    standing = standing_of(item)
    judgement: Judgement = judge(standing, policy, today=as_of)
    lead = next((unit for unit in units if unit.relation is Relation.LEAD), None)
    return ListedItem(
        code=item.code,
        kind=item.kind,
        title=item.title,
        state=item.state,
        light=judgement.light,
        rule=judgement.rule,
        reason=judgement.reason,
        due_on=item.due_on,
        deadline_text=item.deadline_text,
        days_overdue=days_overdue(standing, today=as_of),
        lead_unit=None if lead is None else lead.unit_name,
        responsible_units=_named(units, Relation.RESPONSIBLE),
        supporting_units=_named(units, Relation.SUPPORTING),
        sponsor_unit=None if lead is None else lead.sponsor_name,
        historic=item.historic,
        progress_percent=percent,
    )


def standing_of(item: WorkItem) -> Standing:
    """Return the facts of an item that its light is judged from."""
    return Standing(
        state=item.state,
        due_on=item.due_on,
        historic=item.historic,
        submitted_on=item.submitted_on,
    )


def _named(units: list[work_items.AssignedUnit], relation: Relation) -> list[str]:
    return [unit.unit_name for unit in units if unit.relation is relation]
