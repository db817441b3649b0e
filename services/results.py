"""The results of a plan as assessments take them: lights and states, in all and unit by unit."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from services.items import ListedItem, listed_by_id
from services.office import Office
from services.pulling import Asked, wanted_of
from supervision.vocabulary import ItemState, Light


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """Some items, counted; every light and state stands there, those that none has with 0."""

    items: int
    overdue: int
    historic: int
    lights: Mapping[Light, int]
    states: Mapping[ItemState, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitCounts:
    """The items a unit answers for, counted: it leads them, or shares them by function."""

    unit: str
    counts: Counts


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """How all items of one plan, or of all, stand on a day."""

    as_of: date
    counts: Counts
    units: Sequence[UnitCounts]  # by name
    lines: Sequence[tuple[UUID, ListedItem]]


def results(session: Session, office: Office, *, plan: str | None, as_of: date | None) -> Results:
    """Return the results as of a day; UsageError for a plan there is none of."""
    wanted = wanted_of(session, office, Asked(as_of=as_of, plan=plan))
    lines = listed_by_id(session, wanted, office.policy)
    by_unit: dict[str, list[ListedItem]] = {}
    for _, line in lines:
        for name in answering(line):
            by_unit.setdefault(name, []).append(line)
    return Results(
        as_of=wanted.as_of,
        counts=_counted([line for _, line in lines]),
        units=[UnitCounts(unit=name, counts=_counted(by_unit[name])) for name in sorted(by_unit)],
        lines=lines,
    )


def answering(item: ListedItem) -> list[str]:
    """Return the units that answer for an item."""
    return item.responsible_units if item.lead_unit is None else [item.lead_unit]


def _counted(there: Sequence[ListedItem]) -> Counts:
    lights, states = Counter(one.light for one in there), Counter(one.state for one in there)
    return Counts(
        items=len(there),
        overdue=sum(one.days_overdue > 0 for one in there),
        historic=sum(one.historic for one in there),
        lights={light: lights[light] for light in Light},
        states={state: states[state] for state in ItemState},
    )
