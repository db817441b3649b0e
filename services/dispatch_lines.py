"""The lines of the dispatch table (调度表): each item owed, its facts, its report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session

from db import dispatch, reports
from db.dispatch import Owed
from db.life_tables import Milestone, ProgressReport
from db.plan_tables import WorkItem
from db.record_tables import Round
from db.work_items import Wanted
from services.items import ListedItem, listed
from services.report_content import ReportContent
from services.reports import prefilled
from supervision.periods import Quarter, quarter_named
from supervision.policy import Policy
from supervision.progress import Course, expected
from templates.workbooks.cells import canonical
from templates.workbooks.words import Line, Value

MOST_UNITS_NAMED = 6  # of thirty members a table names the first ones


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """What is asked for: a round as it stands on a day."""

    round: Round
    policy: Policy
    as_of: date


def lines(session: Session, table: Table, owed: Sequence[Owed]) -> tuple[Line, ...]:
    """Return one line per report owed, in the order given, filled in as far as anything is known.

    What this round has already stands in the open cells, else the last round's text (prefilled).
    """
    wanted = Wanted(plan_ids=(table.round.plan_id,), as_of=table.as_of)
    standing = {item.code: item for item in listed(session, wanted, table.policy)}
    milestones = dispatch.milestones(session, [each.item.id for each in owed])
    quarter = quarter_named(table.round.period)
    return tuple(
        _line(
            each,
            prefilled(session, each.obligation),
            reports.latest(session, each.obligation.id),
            standing[each.item.code],
            _pace(each.item, milestones.get(each.item.id, ()), quarter),
        )
        for each in owed
        if each.item.code in standing
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Pace:
    """How far an item should be at the quarter's end, and at which stage."""

    percent: int | None
    stage: str | None


def _pace(item: WorkItem, milestones: Iterable[Milestone], quarter: Quarter) -> _Pace:
    by_quarter = {quarter_named(each.period): each for each in milestones}
    course = Course(
        kind=item.kind,
        starts_on=item.settled_on or item.adopted_on,
        due_on=item.due_on,
        milestones={each: milestone.percent for each, milestone in by_quarter.items()},
    )
    here = by_quarter.get(quarter)
    return _Pace(
        percent=expected(course, on=quarter.last_day).percent,
        stage=None if here is None else here.stage,
    )


def _line(
    owed: Owed,
    content: ReportContent,
    latest: ProgressReport | None,
    standing: ListedItem,
    pace: _Pace,
) -> Line:
    return Line(
        id=owed.obligation.id.hex,
        revision=0 if latest is None else latest.version,
        kind=owed.item.kind,
        light=standing.light,
        facts={
            **_planned(owed),
            "lead": _lead(standing),
            "supporting": _named(standing.supporting_units),
            "pace": _pace_text(pace, content.percent),
            "investment": _investment(owed.item, content.invested_wan),
            "light": f"{standing.light.label}（{standing.rule}）\n{standing.reason}",
            "reported": _reported(owed, latest),
        },
        said=asdict(content),
    )


def _planned(owed: Owed) -> Mapping[str, Value]:
    item = owed.item
    section = str(item.provenance.get("section") or "")
    return {
        "code": _stacked(item.code, f"{section}-{item.number}" if section else None),
        "group": _stacked(owed.group, item.system),
        "title": item.title,
        "content": item.content,
        "due": _stacked(item.deadline_text, due_text(item)),
    }


def due_text(item: WorkItem) -> str:
    """Return the due date, and under it the later one where it was moved."""
    if item.due_on is None:
        return ""
    if item.original_due_on is None or item.original_due_on == item.due_on:
        return item.due_on.isoformat()
    return f"{item.original_due_on}\n现为{item.due_on}"


def _lead(standing: ListedItem) -> str:
    lead = standing.lead_unit or _named(standing.responsible_units)
    return f"{lead}\n（督导：{standing.sponsor_unit}）" if standing.sponsor_unit else lead


def _named(units: Sequence[str]) -> str:
    if len(units) <= MOST_UNITS_NAMED:
        return "、".join(units)
    return f"{'、'.join(units[:MOST_UNITS_NAMED])}等{len(units)}个单位"


def _stacked(*parts: str | None) -> str:
    return "\n".join(part for part in parts if part)


def _pace_text(pace: _Pace, percent: int | None) -> str:
    """Return 应达进度, 偏差 (in points) and 节点, as far as there is a basis for them (R16)."""
    if pace.percent is None:
        return "未报节点"
    behind = None if percent is None else f"偏差{percent - pace.percent:+d}"
    return _stacked(f"应达{pace.percent}%", behind, pace.stage)


def _investment(item: WorkItem, invested: Decimal | None) -> str:
    if item.investment_wan is None:
        return ""
    share = None
    if invested is not None and item.investment_wan:
        share = f"完成{invested / item.investment_wan:.0%}"
    return _stacked(canonical(item.investment_wan), share)


def _reported(owed: Owed, latest: ProgressReport | None) -> str:
    if latest is None:
        return owed.obligation.state.label
    return _stacked(latest.reported_by, latest.as_of.isoformat(), owed.obligation.state.label)


def by_id(owed: Iterable[Owed]) -> dict[UUID, Owed]:
    """Return what is owed by the id that stands in a workbook's hidden column."""
    return {each.obligation.id: each for each in owed}
