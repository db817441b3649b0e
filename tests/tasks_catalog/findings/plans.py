"""Small invented plans, built from the parts that reading gives."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict, Unpack

from supervision.vocabulary import DeadlineKind, Direction, ItemKind
from tasks_catalog.findings.review import review
from tasks_catalog.indicators import direction_of
from tasks_catalog.model import (
    PlanFacts,
    ReadIndicator,
    ReadItem,
    ReadMeasure,
    ReadPlan,
    ReadUnit,
    Source,
    TextLine,
)
from tasks_catalog.unit_names import unit_kind

Thing = ReadItem | ReadIndicator | ReadMeasure


class Row(TypedDict, total=False):
    """What a row may say besides its words: `due` as a year or a day, `wan` in 万元."""

    owners: Sequence[str]
    due: int | date | None
    group: str
    wan: float


class Facts(TypedDict, total=False):
    """What the head of a plan may say."""

    title: str
    issuer: str
    issued_on: date | None
    period: tuple[int, int]
    goals: Sequence[str]


def a_task(number: int, title: str, content: str = "", **more: Unpack[Row]) -> ReadItem:
    """Return a task, T01 for number 1."""
    return _an_item(ItemKind.TASK, number, title, content, **more)


def a_project(number: int, title: str, content: str = "", **more: Unpack[Row]) -> ReadItem:
    """Return a project, P01 for number 1."""
    return _an_item(ItemKind.PROJECT, number, title, content, **more)


def _an_item(
    kind: ItemKind, number: int, title: str, content: str, **more: Unpack[Row]
) -> ReadItem:
    owners, due = more.get("owners", ["县住建局"]), more.get("due", 2025)
    due_on = date(due, 12, 31) if isinstance(due, int) else due
    deadline = f"{due_on.year}年" if due_on else "长期坚持"
    raw = {"任务": title, "责任单位": "、".join(owners), "完成时限": deadline}
    return ReadItem(
        code=f"{'T' if kind is ItemKind.TASK else 'P'}{number:02d}",
        kind=kind,
        number=number,
        working_group=more.get("group"),
        title=title,
        content=content,
        deadline_text=deadline,
        deadline_kind=DeadlineKind.YEAR if due_on else DeadlineKind.CONTINUING,
        due_on=due_on,
        responsible_units=list(owners),
        investment_wan=more.get("wan"),
        source=Source(section="附件2", row=number, line=number, raw=raw),
    )


def an_indicator(
    number: int,
    name: str,
    *,
    present: str = "-",
    target: str = "90",
    unit: str = "%",
    owners: Sequence[str] = ("县住建局",),
    direction: Direction | None = None,
) -> ReadIndicator:
    """Return an indicator whose direction is proposed as in reading, unless one is given."""
    return ReadIndicator(
        number=number,
        name=name,
        unit=unit,
        baseline_text=present,
        target_text=target,
        direction=direction or direction_of(name, present, target),
        responsible_units=list(owners),
        source=Source(
            section="附件1", row=number, line=number, raw={"责任部门": "、".join(owners)}
        ),
    )


def a_measure(
    path: str,
    text: str,
    *,
    owners: Sequence[str] = ("县住建局",),
    section: str | None = None,
    by_function: bool = False,
) -> ReadMeasure:
    """Return a measure; its title is the first sentence of its text."""
    return ReadMeasure(
        number=1,
        path=path,
        section=section,
        title=text.split("。", maxsplit=1)[0],
        text=text,
        responsible_units=list(owners),
        shared_by_function=by_function,
        source=Source(section="正文", line=1, raw={"责任单位": "、".join(owners)}),
    )


def a_plan(*things: Thing, **facts: Unpack[Facts]) -> ReadPlan:
    """Return a plan that holds the things; its units are those that they name."""
    names = dict.fromkeys(unit for thing in things for unit in thing.responsible_units)
    first, last = facts.get("period", (2024, 2025))
    return ReadPlan(
        plan=PlanFacts(
            title=facts.get("title", "青山县城市更新实施方案（2024—2025年）"),
            issuer=facts.get("issuer", "青山县人民政府"),
            issued_on=facts.get("issued_on", date(2024, 1, 10)),
            period_from=first,
            period_to=last,
        ),
        work_items=[thing for thing in things if isinstance(thing, ReadItem)],
        indicators=[thing for thing in things if isinstance(thing, ReadIndicator)],
        measures=[thing for thing in things if isinstance(thing, ReadMeasure)],
        units=[ReadUnit(name=name, kind=unit_kind(name), mentions=1) for name in names],
        narrative=[
            TextLine(line=9 + at, text=text) for at, text in enumerate(facts.get("goals", ()))
        ],
    )


def found_in(*things: Thing, **facts: Unpack[Facts]) -> set[str]:
    """Return the ids of all findings on a plan of these things."""
    return {finding.id for finding in review(a_plan(*things, **facts))}
