"""一页情况: how all items stand on a day, for who leads; each number with the items behind it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session

from db import first_reports
from db.work_items import Wanted
from services.items import ListedItem, listed_by_id
from services.office import Office
from services.plans import chosen
from supervision.lights import LISTED_STATES
from supervision.periods import quarter_named
from supervision.vocabulary import ItemState, Light

NO_GROUP = "（未分专班）"
SOON = timedelta(days=30)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One item as it stood, and what became of its report in the latest round."""

    item_id: UUID
    item: ListedItem
    reported: str  # "" in time or not owed yet, else "missing" or "late"
    as_of: date

    @property
    def group(self) -> str:
        """Its working group's name."""
        return self.item.working_group or NO_GROUP


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """Something that items are counted by."""

    name: str
    label: str
    fits: Callable[[Line], bool]


def _shines(light: Light) -> Callable[[Line], bool]:
    """Return whether an item shows a light; one that was closed or cancelled shines no more."""
    return lambda line: line.item.light is light and not _is_over(line)


def _is_over(line: Line) -> bool:
    return line.item.state in (ItemState.CLOSED, ItemState.CANCELLED)


def _is_soon(line: Line) -> bool:
    due_on = line.item.due_on
    is_open = line.item.state in LISTED_STATES
    return is_open and due_on is not None and line.as_of <= due_on <= line.as_of + SOON


ALL = Measure(name="all", label="事项", fits=lambda _: True)
CLOSED = Measure(
    name="closed", label="已销号", fits=lambda line: line.item.state is ItemState.CLOSED
)
LIGHTS = tuple(
    Measure(name=light.value, label=f"{light.label}灯", fits=_shines(light))
    for light in (Light.RED, Light.YELLOW, Light.BLUE, Light.GREEN, Light.GREY)
)
OVERDUE = Measure(name="overdue", label="逾期", fits=lambda line: line.item.days_overdue > 0)
SOON_DUE = Measure(name="soon", label="30天内到期", fits=_is_soon)
MISSING = Measure(name="missing", label="未报", fits=lambda line: line.reported == "missing")
LATE = Measure(name="late", label="迟报", fits=lambda line: line.reported == "late")
COLUMNS = (ALL, CLOSED, *LIGHTS, OVERDUE)
MEASURES: Mapping[str, Measure] = {each.name: each for each in (*COLUMNS, SOON_DUE, MISSING, LATE)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Reports:
    """What the latest round of a plan was owed and got by the day."""

    quarter: str
    due_on: date
    owed: int
    came: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OnePage:
    """All items of all plans on a day, and the latest rounds."""

    as_of: date
    lines: list[Line]
    reports: list[Reports]

    def of(self, measure: Measure, *, group: str | None = None) -> list[Line]:
        """Return the items that a number counts: longest overdue first, then by due date."""
        found = [line for line in self.lines if measure.fits(line) and group in (None, line.group)]
        return sorted(
            found, key=lambda line: (-line.item.days_overdue, line.item.due_on or date.max)
        )

    @property
    def groups(self) -> list[str]:
        """The working groups that have items, in the order the plan first has them."""
        return list(dict.fromkeys(line.group for line in self.lines))


def one_page(session: Session, office: Office, *, as_of: date) -> OnePage:
    """Return how everything stood on a day; every item is judged, as in the library."""
    plans = chosen(session, None)
    wanted = Wanted(plan_ids=tuple(plan.id for plan in plans), as_of=as_of, today=office.today())
    reported: dict[UUID, str] = {}
    reports = []
    for plan in plans:
        found = first_reports.latest_round(session, plan.id, as_of=as_of)
        if found is None:
            continue
        first = first_reports.first_reported(session, found.id)
        reported |= {key: _standing(day, found.due_on, as_of) for key, day in first.items()}
        reports.append(
            Reports(
                quarter=quarter_named(found.period).label,
                due_on=found.due_on,
                owed=len(first),
                came=_came(first.values(), as_of),
            )
        )
    lines = [
        Line(item_id=item_id, item=item, reported=reported.get(item_id, ""), as_of=as_of)
        for item_id, item in listed_by_id(session, wanted, office.policy)
    ]
    return OnePage(as_of=as_of, lines=lines, reports=reports)


def _came(days: Iterable[date | None], as_of: date) -> int:
    return sum(day is not None and day <= as_of for day in days)


def _standing(first: date | None, due_on: date, as_of: date) -> str:
    """Return whether a report was late or missing on a day; neither while there is time."""
    if as_of <= due_on:
        return ""
    if first is None or first > as_of:
        return "missing"
    return "late" if first > due_on else ""
