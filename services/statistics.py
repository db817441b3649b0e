"""统计: lights over time, from the frozen rounds and as of today, and what units were asked for."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from db import rounds
from db.remembered import remembered
from db.work_items import Wanted
from services import burden
from services.burden import Burden
from services.items import ListedItem, listed
from services.office import Office
from services.plans import chosen
from services.round_closing import NO_GROUP, snapshot_of
from supervision.periods import Quarter, quarter_named, quarter_of
from supervision.vocabulary import ItemState, Light, RoundState
from templates.wording.statistics import BarWords, NumbersWords, PictureWords

MOST = 12  # quarters that are looked back at
LIGHTS = (Light.RED, Light.YELLOW, Light.BLUE, Light.GREEN, Light.GREY)
OVER = (ItemState.CLOSED, ItemState.CANCELLED)  # shine no more, as on the page 一页情况
BURDENS = ("应报", "已报次数", "提醒汇总", "提醒事项", "督办通知")


@dataclass(frozen=True, kw_only=True, slots=True)
class Shining:
    """One item at one time: its light, its working group, the units that answer for it."""

    light: Light
    group: str
    units: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """How all items shone at the close of a quarter's round, or today."""

    label: str
    items: tuple[Shining, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowed:
    """Whose items are counted; empty for everybody's."""

    group: str = ""
    unit: str = ""

    def holds(self, item: Shining) -> bool:
        """Return whether an item counts."""
        return self.group in ("", item.group) and (not self.unit or self.unit in item.units)

    @property
    def in_words(self) -> str:
        """What stands in a title: （区工信局）, empty for everybody's."""
        named = "，".join(part for part in (self.group, self.unit) if part)
        return f"（{named}）" if named else ""


def moments(session: Session, office: Office, *, today: date) -> tuple[Moment, ...]:
    """Return every closed round of the last three years, by quarter, and today last.

    What a round looked like is what was frozen when it closed: later changes do not reach it. The
    page and its picture ask the same, so the answer is kept while the database is as it was.
    """
    key = (moments, office.policy.version, today)
    return remembered(session, key, lambda: _moments(session, office, today=today))


def _moments(session: Session, office: Office, *, today: date) -> tuple[Moment, ...]:
    frozen: dict[str, list[Shining]] = {}
    plans = chosen(session, None)
    for plan in plans:
        for found in rounds.of_plan(session, plan.id):
            if found.state is RoundState.CLOSED:
                content = snapshot_of(session, found).content
                frozen.setdefault(found.period, []).extend(_frozen(content["items"]))
    past = [
        Moment(label=quarter_named(period).label, items=tuple(frozen[period]))
        for period in sorted(frozen)[-MOST:]
    ]
    wanted = Wanted(plan_ids=tuple(plan.id for plan in plans), as_of=today, today=today)
    now = (_shining(line) for line in listed(session, wanted, office.policy))
    items = tuple(item for item in now if item is not None)
    return (*past, Moment(label="今天", items=items))


def _frozen(items: Iterable[Mapping[str, Any]]) -> Iterable[Shining]:
    return (
        Shining(
            light=Light(item["light"]),  # type: ignore[call-arg]
            group=item["working_group"] or NO_GROUP,
            units=frozenset(item["answering_units"]),
        )
        for item in items
        if item["state"] not in OVER
    )


def _shining(line: ListedItem) -> Shining | None:
    if line.state in OVER:
        return None
    units = [line.lead_unit] if line.lead_unit else line.responsible_units
    return Shining(light=line.light, group=line.working_group or NO_GROUP, units=frozenset(units))


def over_time(found: Sequence[Moment], narrowed: Narrowed) -> NumbersWords:
    """Return how many of each light there were, moment by moment."""
    rows = ((moment.label, _counts(moment, narrowed)) for moment in found)
    return NumbersWords(
        title=f"亮灯变化{narrowed.in_words}",
        about="季度",
        headings=(*(f"{light.label}灯" for light in LIGHTS), "合计"),
        rows=tuple((label, (*counts, sum(counts))) for label, counts in rows),
    )


def picture(found: Sequence[Moment], narrowed: Narrowed) -> PictureWords:
    """Return the same as bars."""
    return PictureWords(
        title=f"亮灯变化{narrowed.in_words}",
        bars=tuple(
            BarWords(
                label=moment.label,
                counts=tuple(zip(LIGHTS, _counts(moment, narrowed), strict=True)),
            )
            for moment in found
        ),
    )


def _counts(moment: Moment, narrowed: Narrowed) -> tuple[int, ...]:
    counts = Counter(item.light for item in moment.items if narrowed.holds(item))
    return tuple(counts[light] for light in LIGHTS)


def by_group(found: Sequence[Moment]) -> NumbersWords:
    """Return how each working group's items shine today."""
    groups = sorted({item.group for item in found[-1].items})
    return _parts("今天各专班亮灯", "专班", found[-1], [Narrowed(group=name) for name in groups])


def by_unit(found: Sequence[Moment]) -> NumbersWords:
    """Return how the items that each unit answers for shine today; shared ones count for each."""
    units = sorted({unit for item in found[-1].items for unit in item.units})
    return _parts("今天各单位亮灯", "单位", found[-1], [Narrowed(unit=name) for name in units])


def _parts(title: str, about: str, moment: Moment, parts: list[Narrowed]) -> NumbersWords:
    """Return a row for each part, most red first."""
    rows = [(part.group or part.unit, _counts(moment, part)) for part in parts]
    rows.sort(key=lambda row: tuple(-count for count in row[1]))
    return NumbersWords(
        title=title,
        about=about,
        headings=(*(f"{light.label}灯" for light in LIGHTS), "合计"),
        rows=tuple((label, (*counts, sum(counts))) for label, counts in rows),
    )


def quarters(session: Session, *, today: date) -> list[Quarter]:
    """Return the quarters that something can have been asked in, this one last."""
    first = min((plan.baseline_on for plan in chosen(session, None)), default=today)
    found = [quarter_of(min(first, today))]
    while str(found[-1]) != str(quarter_of(today)):
        found.append(found[-1].next)
    return found[-MOST:]


def burdens(session: Session, office: Office, quarter: Quarter) -> NumbersWords:
    """Return what a quarter asked of each unit, the most first."""
    asked = burden.of_quarter(session, office.policy, today=quarter.first_day)
    asked.sort(key=lambda one: -(one.forms + one.digests + one.notices))
    rows = [(one.unit, _numbers(one)) for one in asked]
    return NumbersWords(
        title=f"{quarter.label}各单位负担", about="单位", headings=BURDENS, rows=tuple(rows)
    )


def _numbers(one: Burden) -> tuple[int, ...]:
    return (one.forms, one.reports, one.digests, one.reminders, one.notices)
