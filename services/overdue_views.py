"""逾期总览: overdue items of a day by unit, working group, light, rung and age, with their lists.

Each number is the length of the list it opens: both come from the same conditions.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session

from db import overdue_pages, work_items
from db.overdue_as_of import NOBODY, Narrowed
from db.overdue_pages import OverdueLine, Tally
from db.plan_tables import Unit, WorkingGroup
from db.remembered import remembered
from services.plans import chosen
from supervision.vocabulary import Light, Rung

Key = TypeVar("Key")
PAGE = 25
MOST_COUNTED = 10_000  # of a list; the overview counts all
NO_GROUP = "未分专班"


@dataclass(frozen=True, kw_only=True, slots=True)
class Age:
    """A span of days overdue; `most` is None for the last one."""

    name: str
    label: str
    least: int
    most: int | None


AGES = (
    Age(name="1-30", label="30天以内", least=1, most=30),
    Age(name="31-90", label="31至90天", least=31, most=90),
    Age(name="91-180", label="91至180天", least=91, most=180),
    Age(name="181-", label="180天以上", least=181, most=None),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which overdue items a page is about, as its address says; None does not narrow."""

    as_of: date
    unit_id: UUID | None = None
    group_id: UUID | None = None
    light: Light | None = None
    rung: Rung | None = None
    age: Age | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """One number of the overview, with what its list is asked by."""

    label: str
    items: int
    asks: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """The overdue items of a day, counted; parts in the order shown."""

    total: int
    parts: Mapping[str, tuple[Number, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownLine:
    """One row of the list."""

    item: OverdueLine
    days_overdue: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OverdueList:
    """A page of a list; `total` is exact unless there are more than are counted."""

    total: int
    is_more: bool  # than `total`
    lines: tuple[ShownLine, ...]


def overview(session: Session, asked: Asked, *, today: date) -> Overview:
    """Return the overdue items of a day, counted by each of the five."""
    wanted = _wanted(session, asked, today=today)
    tallies = overdue_pages.tallies(session, wanted)
    names: dict[UUID | None, str] = {None: NO_GROUP}
    for plan_id in wanted.plan_ids:
        names.update((key, name) for key, name in work_items.group_names(session, plan_id).items())
    return Overview(
        total=sum(tally.items for tally in tallies),
        parts={
            "责任单位": tuple(
                Number(label=name, items=items, asks={"unit": str(unit_id)})
                for unit_id, name, items in overdue_pages.by_unit(session, wanted)
            ),
            "专班": _by_group(tallies, names),
            "亮灯": _by_word(tallies, "light", lambda tally: tally.light),
            "督办梯级": _by_word(tallies, "rung", lambda tally: tally.rung),
            "逾期时长": _by_age(tallies, asked.as_of),
        },
    )


def _by_group(tallies: list[Tally], names: Mapping[UUID | None, str]) -> tuple[Number, ...]:
    counted = _counted(tallies, lambda tally: tally.group_id)
    return tuple(
        Number(label=name, items=counted[key], asks={"group": str(key or NOBODY)})
        for key, name in sorted(names.items(), key=lambda pair: (pair[0] is None, pair[1]))
        if key in counted
    )


def _by_word(
    tallies: list[Tally], name: str, word_of: Callable[[Tally], Light | Rung]
) -> tuple[Number, ...]:
    counted = _counted(tallies, word_of)
    words = Light if name == "light" else Rung
    return tuple(
        Number(label=_label(word), items=counted[word], asks={name: word.value})
        for word in words
        if word in counted
    )


def _label(word: Light | Rung) -> str:
    if word is Rung.NONE:
        return "尚未督办"
    return f"{word.label}灯" if isinstance(word, Light) else word.label


def _by_age(tallies: list[Tally], as_of: date) -> tuple[Number, ...]:
    counted = _counted(tallies, lambda tally: _age_of((as_of - tally.due_on).days).name)
    return tuple(
        Number(label=age.label, items=counted[age.name], asks={"age": age.name})
        for age in AGES
        if age.name in counted
    )


def _age_of(days: int) -> Age:
    return next(age for age in reversed(AGES) if days >= age.least)


def _counted(tallies: list[Tally], key_of: Callable[[Tally], Key]) -> Counter[Key]:
    counted: Counter[Key] = Counter()
    for tally in tallies:
        counted[key_of(tally)] += tally.items
    return counted


def overdue_list(session: Session, asked: Asked, *, today: date, page: int) -> OverdueList:
    """Return a page of the overdue items meant, longest overdue first; pages count from 1."""
    wanted = _wanted(session, asked, today=today)
    counted = remembered(
        session,
        (overdue_pages.count, wanted),
        lambda: overdue_pages.count(session, wanted, most=MOST_COUNTED + 1),
    )
    found = overdue_pages.lines(
        session,
        wanted,
        offset=(page - 1) * PAGE,
        limit=PAGE,
        is_long=counted > MOST_COUNTED,
    )
    return OverdueList(
        total=min(counted, MOST_COUNTED),
        is_more=counted > MOST_COUNTED,
        lines=tuple(
            ShownLine(item=line, days_overdue=(asked.as_of - line.due_on).days) for line in found
        ),
    )


def narrowed_to(session: Session, asked: Asked) -> str:
    """Return what a list is narrowed to, in words; empty when to nothing."""
    unit = session.get(Unit, asked.unit_id) if asked.unit_id else None
    group = session.get(WorkingGroup, asked.group_id) if asked.group_id else None
    words = (
        unit.name if unit else "",
        NO_GROUP if asked.group_id == NOBODY else "",
        f"{group.name}专班" if group else "",
        _label(asked.light) if asked.light else "",
        _label(asked.rung) if asked.rung else "",
        f"逾期{asked.age.label}" if asked.age else "",
    )
    return "、".join(word for word in words if word)


def _wanted(session: Session, asked: Asked, *, today: date) -> Narrowed:
    there, is_past = chosen(session, None), asked.as_of < today
    wanted = Narrowed(
        plan_ids=tuple(plan.id for plan in there),
        as_of=asked.as_of,
        all_adopted=not is_past and all(plan.baseline_on <= asked.as_of for plan in there),
        is_past=is_past,
        unit_id=asked.unit_id,
        group_id=asked.group_id,
        light=asked.light,
        rung=asked.rung,
    )
    if asked.age is None:
        return wanted
    longest = None if asked.age.most is None else asked.as_of - timedelta(days=asked.age.most)
    return replace(
        wanted, due_from=longest, due_until=asked.as_of - timedelta(days=asked.age.least)
    )
