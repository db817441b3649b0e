"""The lines of the dispatch table (调度表): each item owed, its facts, its report."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from db import dispatch, reports
from db.dispatch import Owed
from db.life_tables import ProgressReport
from db.plan_tables import Plan, WorkItem
from db.record_tables import Round
from db.work_items import Wanted
from services import round_lines
from services.items import ListedItem, listed
from services.report_content import ReportContent
from services.reports import prefilled
from services.round_lines import RoundLine
from supervision.policy import Policy
from templates.workbooks.cells import canonical
from templates.workbooks.words import Line, Value

MOST_UNITS_NAMED = 6  # of thirty members a table names the first ones


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """What is asked for: a round of a plan as it stands on a day."""

    plan: Plan
    round: Round
    policy: Policy
    as_of: date


@dataclass(frozen=True, kw_only=True, slots=True)
class _About:
    """What is known of one item on that day."""

    owed: Owed
    names: ListedItem  # the units it concerns
    standing: RoundLine
    stage: str | None  # of the quarter's milestone
    content: ReportContent
    latest: ProgressReport | None


def lines(session: Session, table: Table, owed: Sequence[Owed]) -> tuple[Line, ...]:
    """Return one line per report owed, in the order given, filled in as far as anything is known.

    What this round has already stands in the open cells, else the last round's text (prefilled).
    """
    wanted = Wanted(plan_ids=(table.plan.id,), as_of=table.as_of)
    names = {item.code: item for item in listed(session, wanted, table.policy)}
    found = round_lines.lines(session, table.plan, table.round, table.policy, today=table.as_of)
    standing = {line.code: line for line in found}
    stages = dispatch.stages(session, table.plan.id, table.round.period)
    return tuple(
        _line(
            _About(
                owed=each,
                names=names[each.item.code],
                standing=standing[each.item.code],
                stage=stages.get(each.item.id),
                content=prefilled(session, each.obligation),
                latest=reports.latest(session, each.obligation.id),
            )
        )
        for each in owed
        if each.item.code in standing
    )


def _line(about: _About) -> Line:
    standing = about.standing
    return Line(
        id=about.owed.obligation.id.hex,
        revision=0 if about.latest is None else about.latest.version,
        kind=standing.kind,
        light=standing.light,
        facts={
            **_planned(about.owed),
            "lead": _lead(about.names),
            "supporting": _supporting(about),
            "pace": _pace(about),
            "investment": _investment(about.owed.item, about.content.invested_wan),
            "light": f"{standing.light.label}（{standing.rule}）\n{standing.reason}",
            "reported": _reported(about),
        },
        said=asdict(about.content),
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


def _lead(names: ListedItem) -> str:
    lead = names.lead_unit or _named(names.responsible_units)
    return f"{lead}\n（督导：{names.sponsor_unit}）" if names.sponsor_unit else lead


def _supporting(about: _About) -> str:
    """Return the supporting units, and below what they contributed (会同情况)."""
    said = (f"{unit}：{text}" for unit, text in about.standing.inputs.items())
    return _stacked(_named(about.names.supporting_units), *said)


def _named(units: Sequence[str]) -> str:
    if len(units) <= MOST_UNITS_NAMED:
        return "、".join(units)
    return f"{'、'.join(units[:MOST_UNITS_NAMED])}等{len(units)}个单位"


def _stacked(*parts: str | None) -> str:
    return "\n".join(part for part in parts if part)


def _pace(about: _About) -> str:
    """Return 应达进度, 偏差 (in points) and 节点, as far as there is a basis for them (R16)."""
    should, percent = about.standing.expected_percent, about.content.percent
    if should is None:
        return "未报节点"
    behind = None if percent is None else f"偏差{percent - should:+d}"
    return _stacked(f"应达{should}%", behind, about.stage)


def _investment(item: WorkItem, invested: Decimal | None) -> str:
    if item.investment_wan is None:
        return ""
    share = None
    if invested is not None and item.investment_wan:
        share = f"完成{invested / item.investment_wan:.0%}"
    return _stacked(canonical(item.investment_wan), share)


def _reported(about: _About) -> str:
    state = about.owed.obligation.state.label
    if about.latest is None:
        return state
    late = "（迟报）" if about.standing.is_late else ""
    return _stacked(about.latest.reported_by, about.latest.as_of.isoformat(), f"{state}{late}")
