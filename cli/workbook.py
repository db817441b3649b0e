"""`duban round workbook`: the dispatch table (调度表) to the units, and back with reports."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output
from cli.acting import TRIAL
from cli.options import (
    AsJson,
    AsOf,
    DryRun,
    Folder,
    InputFile,
    InRound,
    PlanCode,
    Who,
    day,
    with_examples,
)
from supervision.errors import UsageError

if TYPE_CHECKING:  # each command imports what it needs, so that all of them start fast
    from services.workbook_imports import Applied
    from services.workbook_returns import Preview
    from services.workbooks import Desk

OfUnit = Annotated[str | None, typer.Option("--unit", metavar="单位", help="只导出这个单位的表")]
Every = Annotated[bool, typer.Option("--all", help="导出每个应报单位的表")]
Summary = Annotated[bool, typer.Option("--summary", help="导出本轮全部事项的汇总表")]
OfItem = Annotated[str | None, typer.Option("--item", metavar="编号", help="导出一个事项的事项单")]
Overwrite = Annotated[
    list[str] | None,
    typer.Option("--overwrite", metavar="编号", help="版本已旧的事项仍采用表中内容，可多次"),
]
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')

EXPORT = with_examples(
    "导出调度表：各单位填报表、全轮汇总表或单个事项的事项单，均为可打印的 .xlsx。",
    "duban round workbook export --round 2024Q4 --all --out 调度表",
    "duban round workbook export --round 2024Q4 --unit 区城管局",
    "duban round workbook export --round 2024Q4 --summary",
)
IMPORT = with_examples(
    "导入填好的调度表：先逐格列出新增、修改和不予采用之处，再报送。重复导入不会重复报送。"
    "有不予采用之处的，退出码为 3。",
    "duban round workbook import 2024Q4_区城管局_调度表.xlsx --as 张三 --dry-run",
    "duban round workbook import 2024Q4_区城管局_调度表.xlsx --as 张三 --overwrite T30",
)


def add_to(group: typer.Typer) -> None:
    """Add these commands to the group `duban round`."""
    workbook = typer.Typer(help="调度表的导出与导入。", no_args_is_help=True)
    workbook.command("export", help=EXPORT)(export_workbooks)
    workbook.command("import", help=IMPORT)(import_workbook)
    group.add_typer(workbook, name="workbook")


def export_workbooks(
    *,
    period: InRound = None,
    unit: OfUnit = None,
    every: Every = False,
    summary: Summary = False,
    item: OfItem = None,
    out: Folder = Path(),
    as_of: AsOf = None,
    plan: PlanCode = None,
    as_json: AsJson = False,
) -> None:
    """Write the workbooks that were asked for."""
    from services.office import open_office
    from services.plans import the_plan
    from services.round_status import round_of
    from services.workbooks import Desk

    if [unit is not None, every, summary, item is not None].count(True) != 1:
        raise UsageError("请指明导出哪一种表", advice="--unit、--all、--summary、--item 中选一个。")
    when = day(as_of) if as_of else None
    office = open_office()
    with office.reading() as session:
        adopted = the_plan(session, plan)
        found = round_of(session, adopted, period)
        on = when or found.closed_on or office.today()  # a closed round as it was at its end
        desk = Desk(office=office, plan=adopted, round=found, as_of=on)
        books = _books(session, desk, unit=unit, item=item, summary=summary)
    files = [_write(out, f"{found.period}_{name}.xlsx", content) for name, content in books.items()]
    if as_json:
        output.print_json(
            "workbooks", {"period": found.period, "as_of": desk.as_of, "files": files}
        )
        return
    for file in files:
        output.show(str(file))


def _books(
    session: Any,  # noqa: ANN401 - this floor does not know the database's names
    desk: "Desk",
    *,
    unit: str | None,
    item: str | None,
    summary: bool,
) -> dict[str, bytes]:
    """Return the workbooks asked for by what they are called."""
    from services.moves import item_shown
    from services.workbooks import export, export_item, export_round, units_owing

    if summary:
        return {"调度汇总表": export_round(session, desk)}
    if item is not None:
        found = item_shown(session, desk.plan, item)
        return {f"{found.code}_事项单": export_item(session, desk, found)}
    units = units_owing(session, desk, named=unit)
    return {f"{each.name}_调度表": export(session, desk, each) for each in units}


def _write(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / NOT_IN_NAMES.sub("_", name)
    file.write_bytes(content)
    return file


def import_workbook(
    file: InputFile,
    *,
    who: Who,
    overwrite: Overwrite = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Show what a workbook would change, and report it unless this is a trial."""
    from services.accounts import actor_named
    from services.days import day_of_act
    from services.office import open_office
    from services.workbook_imports import apply
    from services.workbook_returns import preview

    when = day(as_of) if as_of else None
    office = open_office()
    content, chosen = _content(file), {code.upper() for code in overwrite or ()}
    with office.trial() if dry_run else office.transaction() as session:
        actor, on = actor_named(session, who), day_of_act(session, office, when)
        seen = preview(session, content, actor, office, name=file.name, as_of=on)
        done = apply(session, seen, actor, as_of=on, now=office.now(), chosen=chosen)
    if as_json:
        stated = output.plain(seen) | {"dry_run": dry_run, "done": done}
        output.print_json("workbook", stated)
    else:
        _show(seen, done, dry_run=dry_run)
    if done.refused or not seen.is_clean:
        raise typer.Exit(output.FINDINGS)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise UsageError(f"没有文件“{file}”", advice="请核对文件名和所在目录。") from None


def _show(seen: "Preview", done: "Applied", *, dry_run: bool) -> None:
    """Print the preview cell by cell, then what came of it."""
    rows = (
        (row.code, cell.address, cell.column, cell.fate.label, cell.before, cell.after, cell.reason)
        for row in seen.rows
        for cell in row.cells
    )
    columns = ("编号", "单元格", "栏目", "处理", "原内容", "表中内容", "原因")
    output.show_table(f"{seen.unit} {seen.period} 调度表", columns, rows)
    for row in seen.rows:
        if row.reason:
            output.show(f"第{row.row}行 {row.code} {row.fate.label}：{row.reason}")
    for remark in seen.remarks:
        output.show(f"注意：{remark}")
    output.show(
        f"{TRIAL if dry_run else ''}已报送 {len(done.handed_in)} 项，"
        f"无变化 {len(done.unchanged)} 项，不予报送 {len(done.refused)} 项。"
    )
