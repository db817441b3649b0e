"""Workbooks (调度表) out: a unit's to fill in, a round's to look at, one item's on a sheet."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db import dispatch, plans
from db.dispatch import Owed
from db.life_tables import ProgressReport
from db.plan_tables import Plan, Unit, WorkItem
from db.record_tables import Round
from services.dispatch_lines import Table, lines
from services.office import Office
from services.plans import the_office, unit_named
from services.tokens import signed
from services.workbook_guide import instructions
from supervision.errors import UsageError
from supervision.periods import quarter_named
from templates.workbooks.item_workbook import item_workbook
from templates.workbooks.round_workbook import round_workbook
from templates.workbooks.unit_workbook import unit_workbook
from templates.workbooks.words import ItemWords, Line, TableWords, UnitWords

PURPOSE = "workbook"  # what a workbook's token is signed for


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """Where workbooks are made: the office, one round of one of its plans, and the day."""

    office: Office
    plan: Plan
    round: Round
    as_of: date

    @property
    def table(self) -> Table:
        """The round as it stands on the day."""
        return Table(plan=self.plan, round=self.round, policy=self.office.policy, as_of=self.as_of)


def units_owing(session: Session, desk: Desk, *, named: str | None = None) -> list[Unit]:
    """Return the units that owe reports in the round, or the named one; UsageError for none."""
    owing = dispatch.units_owing(session, desk.round.id)
    if named is None:
        return owing
    wanted = unit_named(session, the_office(session).id, named)
    found = [unit for unit in owing if unit.id == wanted]
    if not found:
        raise UsageError(
            f"“{named}”在{quarter_named(desk.round.period).label}没有应报事项",
            advice=f"应报单位：{'、'.join(unit.name for unit in owing)}。",
        )
    return found


def export(session: Session, desk: Desk, unit: Unit) -> bytes:
    """Return the workbook of a unit that owes reports in the round, as .xlsx."""
    theirs = dispatch.owed(session, desk.round.id, unit_id=unit.id)
    owed = [each for each in theirs if each.is_asked]
    quarter = quarter_named(desk.round.period)
    office_unit = plans.office_unit(session, the_office(session).id)
    words = UnitWords(
        table=TableWords(
            title=f"{desk.plan.title} {quarter.label}调度表",
            subtitle=(
                f"填报单位：{unit.name}　　共 {len(owed)} 项　　报送截止：{desk.round.due_on}"
                f"　　导出日期：{desk.as_of}　　浅黄色单元格由填报单位填写，其余为锁定内容"
            ),
            lines=lines(session, desk.table, owed),
        ),
        period=desk.round.period,
        unit=unit.name,
        token=signed(desk.office.settings, PURPOSE, [desk.round.id.hex, unit.id.hex]),
        instructions=instructions(
            desk.round,
            office_unit.name,
            dispatch.people_of(session, office_unit.id),
            items=len(owed),
        ),
    )
    return unit_workbook(words)


def export_round(session: Session, desk: Desk) -> bytes:
    """Return the round's table of all items (季度调度汇总表) as .xlsx."""
    return export_items(session, desk, dispatch.owed(session, desk.round.id))


def export_items(session: Session, desk: Desk, owed: list[Owed]) -> bytes:
    """Return the round's table of some of its items as .xlsx."""
    quarter = quarter_named(desk.round.period)
    found = lines(session, desk.table, owed)
    words = TableWords(
        title=f"{desk.plan.title} {quarter.label}调度汇总表",
        subtitle=f"{_counted(owed, found)}　　导出日期：{desk.as_of}",
        lines=found,
    )
    return round_workbook(words)


def _counted(owed: list[Owed], found: tuple[Line, ...]) -> str:
    states = [each.obligation.state for each in owed]
    lights = [line.light for line in found]
    parts = [f"{state.label}{states.count(state)}项" for state in dict.fromkeys(sorted(states))]
    shining = [f"{light.label}{lights.count(light)}" for light in dict.fromkeys(sorted(lights))]
    return f"共 {len(owed)} 项：{'，'.join(parts)}　　状态灯：{'、'.join(shining)}"


def export_item(session: Session, desk: Desk, item: WorkItem) -> bytes:
    """Return one item's sheet (事项单) with all its reports; UsageError when it owes none here."""
    owed = [each for each in dispatch.owed(session, desk.round.id) if each.item.id == item.id]
    quarter = quarter_named(desk.round.period)
    if not owed:
        raise UsageError(f"{item.code}在{quarter.label}没有应报事项", advice="请核对编号和季度。")
    (line,) = lines(session, desk.table, owed)
    words = ItemWords(
        title=f"{item.code} {item.title}",
        subtitle=f"{desk.plan.title}　　{quarter.label}　　导出日期：{desk.as_of}",
        light=line.light,
        facts=_facts(line),
        reports=tuple(
            _reported(period, report) for period, report in dispatch.reports_of(session, item.id)
        ),
    )
    return item_workbook(words)


FACT_LABELS = {
    "code": "编号来源", "group": "专班体系", "content": "工作内容",
    "due": "完成时限", "lead": "牵头", "supporting": "配合", "pace": "应达进度",
    "investment": "总投资万元", "light": "状态灯",
}  # fmt: skip


def _facts(line: Line) -> tuple[tuple[str, str], ...]:
    texts = ((label, line.value(key)) for key, label in FACT_LABELS.items())
    return tuple(
        (label, str(text).replace("\n", "　")) for label, text in texts if text not in (None, "")
    )


def _reported(period: str, report: ProgressReport) -> tuple[str, ...]:
    """Return a report as a row of the sheet, in the order of its headings."""
    return (
        quarter_named(period).label,
        report.progress,
        "" if report.percent is None else str(report.percent),
        report.stage or "",
        report.problems or "",
        report.help_wanted or "",
        report.next_step or "",
        report.evidence_note or "",
        f"{report.reported_by}\n{report.as_of}\n第{report.version}版",
    )
