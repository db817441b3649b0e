"""What the plan's body says of an item: its measures (举措), read-only, each with the reason."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from db import plans
from db.plan_tables import PlanEdition, WorkItem
from tasks_catalog.links import links_of
from tasks_catalog.model import ReadPlan

MOST_READ = 8
READ: dict[UUID, dict[str, list["MeasureContext"]]] = {}  # by edition, then by item's code


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureContext:
    """A measure that speaks of an item, and the words that say so."""

    path: str
    title: str
    reason: str
    clause: str
    responsible_units: list[str]


def measures_of(session: Session, item: WorkItem) -> list[MeasureContext]:
    """Return the measures that speak of an item, as the plan's latest edition has them.

    A link is a reading of the text, not something the office decides, so none is stored; an edition
    never changes, so each is read once.
    """
    edition_id = plans.latest_edition(session, item.plan_id)
    if edition_id is None:
        return []
    if edition_id not in READ:
        if len(READ) >= MOST_READ:
            READ.clear()
        READ[edition_id] = _by_item(session.get_one(PlanEdition, edition_id))
    return READ[edition_id].get(item.code, [])


def _by_item(edition: PlanEdition) -> dict[str, list[MeasureContext]]:
    read = ReadPlan.model_validate(edition.content)
    measures = {measure.path: measure for measure in read.measures}
    found: dict[str, list[MeasureContext]] = {}
    for link in links_of(read):
        measure = measures[link.measure_path]
        speaks = MeasureContext(
            path=link.measure_path,
            title=measure.title,
            reason=link.reason,
            clause=link.clause,
            responsible_units=measure.responsible_units,
        )
        found.setdefault(link.code, []).append(speaks)
    return found
