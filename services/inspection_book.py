"""The book of inspections (督导检查): a page of the list, and how often each unit was inspected."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from db import inspection_pages
from db.inspection_pages import Wanted
from db.life_tables import Inspection
from db.plan_tables import WorkItem
from services.moves import item_named
from services.plans import chosen
from supervision.errors import UsageError


@dataclass(frozen=True, kw_only=True, slots=True)
class InspectionPage:
    """A page of the list, how many there are in all, and each unit's numbers."""

    total: int
    lines: Sequence[tuple[WorkItem, Inspection]]
    units: Sequence[tuple[UUID, str, int, int]]  # inspected, still to be put right


def page_of(
    session: Session, *, unit_id: UUID | None, unsettled_only: bool, offset: int, limit: int
) -> InspectionPage:
    """Return a page of the inspections of all plans, the latest first."""
    plan_ids = tuple(plan.id for plan in chosen(session, None))
    wanted = Wanted(plan_ids=plan_ids, unit_id=unit_id, unsettled_only=unsettled_only)
    return InspectionPage(
        total=inspection_pages.count(session, wanted),
        lines=inspection_pages.stretch(session, wanted, offset=offset, limit=limit),
        units=inspection_pages.by_unit(session, plan_ids),
    )


def item_to_inspect(session: Session, code: str) -> WorkItem:
    """Return the item of that code, locked; UsageError unless exactly one plan has it."""
    found = []
    for plan in chosen(session, None):
        try:
            found.append(item_named(session, plan, code))
        except UsageError:
            continue
    if len(found) != 1:
        what = "不止一份计划有" if found else "没有"
        raise UsageError(f"{what}编号为“{code}”的事项", advice="请从事项库核对编号。")
    return found[0]
