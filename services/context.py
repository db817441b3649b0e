"""What the plan's body says of an item: its measures (举措), read-only, each with the reason."""

from dataclasses import dataclass

from sqlmodel import Session

from db import plans
from db.plan_tables import WorkItem
from tasks_catalog.links import links_of
from tasks_catalog.model import ReadPlan


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

    Worked out anew each time: a link is a reading of the text, not something the office decides.
    """
    editions = plans.editions_of(session, item.plan_id)
    if not editions:
        return []
    read = ReadPlan.model_validate(editions[-1].content)
    measures = {measure.path: measure for measure in read.measures}
    return [
        MeasureContext(
            path=link.measure_path,
            title=measures[link.measure_path].title,
            reason=link.reason,
            clause=link.clause,
            responsible_units=measures[link.measure_path].responsible_units,
        )
        for link in links_of(read)
        if link.code == item.code
    ]
