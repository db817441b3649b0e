"""`duban round milestones`: the year plan, item by item and quarter by quarter (年度节点)."""

from typing import Annotated

import typer

from cli import output
from cli.acting import Acting, Done, acts
from cli.options import AsJson, InputFile, ItemCode, PlanCode, Quarter, with_examples

Percent = Annotated[int, typer.Option("--percent", metavar="进度", help="到该季末应达进度，0到100")]
Stage = Annotated[str, typer.Option("--stage", metavar="形象进度", help="用文字写明做到哪一步")]

SET = with_examples(
    "安排一个事项在一个季度末应达到的进度。",
    "duban round milestones set T07 2025Q1 --percent 40 --stage 完成招标 --as lisi",
)
IMPORT = with_examples(
    "导入年度工作任务分解计划：.xlsx 首行为编号、季度、应达进度、形象进度，或 .yaml。"
    "任何一行有误则全部不导入。",
    "duban round milestones import 年度计划.xlsx --as lisi",
)
LIST = with_examples("列出一个事项的年度节点。", "duban round milestones list T07 --json")


def add_to(group: typer.Typer) -> None:
    """Add these commands to those of rounds."""
    milestones = typer.Typer(help="年度节点（序时进度）。", no_args_is_help=True)
    milestones.command("set", help=SET)(set_one)
    milestones.command("import", help=IMPORT)(import_file)
    milestones.command("list", help=LIST)(list_targets)
    group.add_typer(milestones, name="milestones")


@acts("milestones-set")
def set_one(
    act: Acting, code: ItemCode, quarter: Quarter, *, percent: Percent, stage: Stage = ""
) -> Done:
    """Set one target of one item."""
    from services.milestones import Target, set_milestones
    from supervision.periods import quarter_named

    wanted = {quarter_named(quarter): Target(percent=percent, stage=stage)}
    changed = set_milestones(
        act.session, act.item(code), wanted, act.actor, as_of=act.as_of, now=act.now
    )
    return _done(changed)


@acts("milestones-set")
def import_file(act: Acting, file: InputFile) -> Done:
    """Set every target of a file, or none."""
    from services.milestone_files import read_targets
    from services.milestones import import_milestones

    planned = read_targets(file)
    changed = import_milestones(
        act.session, act.plan, planned, act.actor, as_of=act.as_of, now=act.now
    )
    return _done(changed)


def _done(changed: int) -> Done:
    told = f"已更新年度节点 {changed} 个。" if changed else "原本如此，未作改动。"
    return Done(told=told, answer={"changed": changed})


def list_targets(code: ItemCode, *, plan: PlanCode = None, as_json: AsJson = False) -> None:
    """Print an item's targets in order of time."""
    from db.milestones import of_item
    from services.moves import item_shown
    from services.office import open_office
    from services.plans import the_plan

    with open_office().reading() as session:
        item = item_shown(session, the_plan(session, plan), code)
        found = [
            {"period": row.period, "percent": row.percent, "stage": row.stage}
            for row in of_item(session, item.id)
        ]
        named = item.code
    if as_json:
        output.print_json("milestones", {"code": named, "milestones": found})
        return
    output.show_table(
        f"{named} 年度节点",
        ("季度", "应达进度%", "形象进度"),
        ((one["period"], one["percent"], one["stage"]) for one in found),
    )
