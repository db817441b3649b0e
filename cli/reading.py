"""`duban plan` and `duban explain`: reading documents, and why a phrase was read as it was."""

from typing import Annotated

import typer

from cli import output
from cli.options import AsJson, DryRun, InputFile, PlanCode, day, with_examples

Year = Annotated[int | None, typer.Option("--year", metavar="年份", help="原文没写年份时按哪一年")]
Text = Annotated[str, typer.Argument(metavar="文字", help="原文，如 2025年6月底前")]
Baseline = Annotated[
    str | None,
    typer.Option("--baseline", metavar="日期", help="从哪一天起督办；默认今天，已过期的先核定"),
]
Accept = Annotated[bool, typer.Option("--accept-findings", help="已核对存疑之处，照此采纳")]
FailOn = Annotated[
    str | None, typer.Option("--fail-on", metavar="条件", help="findings：有存疑时退出码为 3")
]

READ = with_examples(
    "读一份计划文件，列出事项、指标、举措、单位和存疑之处；不作任何改动。",
    "duban plan read 方案.txt",
    "duban plan read 方案.txt --json",
)
IMPORT = with_examples(
    "采纳一份计划：先读、再列存疑之处，核对后入库。不会因此发送任何消息。",
    "duban plan import 方案.txt --plan wufei --accept-findings",
)
LIST = with_examples("列出已采纳的计划。", "duban plan list")
CONFIRM = with_examples(
    "确认基线：核定基线日前已到期的事项之后，方可启用真实渠道。", "duban plan confirm-baseline"
)
DEADLINE = with_examples("说明一个完成时限读成什么、为什么。", "duban explain deadline 2025年底前")
UNITS = with_examples(
    "说明一段责任单位读成什么、为什么。", "duban explain units 区城管局牵头，区商务局配合"
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    plan = typer.Typer(help="读取与采纳计划。", no_args_is_help=True)
    plan.command("read", help=READ)(read)
    plan.command("import", help=IMPORT)(adopt)
    plan.command("list", help=LIST)(list_plans)
    plan.command("confirm-baseline", help=CONFIRM)(confirm_baseline)
    app.add_typer(plan, name="plan")
    explain = typer.Typer(help="说明一段文字怎样读、为什么。", no_args_is_help=True)
    explain.command("deadline", help=DEADLINE)(explain_deadline)
    explain.command("units", help=UNITS)(explain_units)
    app.add_typer(explain, name="explain")


def read(file: InputFile, *, fail_on: FailOn = None, as_json: AsJson = False) -> None:
    """Print what a document says."""
    from tasks_catalog.extract import read_plan

    plan = read_plan(file)
    if as_json:
        import json

        output.show(json.dumps(plan.to_json(), ensure_ascii=False, indent=2))
    else:
        output.show(f"《{plan.plan.title}》")
        kinds = [item.kind.value for item in plan.work_items]
        output.show(
            f"任务 {kinds.count('task')} 项，项目 {kinds.count('project')} 项，"
            f"指标 {len(plan.indicators)} 项，举措 {len(plan.measures)} 条，"
            f"单位名称 {len(plan.units)} 个。"
        )
        output.show(f"存疑 {len(plan.findings)} 处，未读懂 {len(plan.unread)} 行。")
        for finding in plan.findings:
            output.show(f"  [{finding.severity.label}] {finding.where}：{finding.text}")
        for line in plan.unread:
            output.show(f"  未读懂 第{line.line}行：{line.text}")
    if fail_on == "findings" and (plan.findings or plan.unread):
        raise typer.Exit(output.FINDINGS)


def adopt(
    file: InputFile,
    *,
    plan: PlanCode = None,
    baseline: Baseline = None,
    accept_findings: Accept = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Adopt a plan after its findings were looked at."""
    from services.importing import Wish, import_plan
    from services.office import open_office

    first_day = day(baseline) if baseline else None
    office = open_office()
    wish = Wish(
        file=file,
        code=plan,
        baseline_on=first_day,
        findings_accepted=accept_findings,
        is_trial=dry_run,
    )
    adopted = import_plan(office, wish)
    if as_json:
        output.print_json("import", output.plain(adopted))
        return
    what = "会采纳" if dry_run else "已采纳"
    output.show(
        f"{what}事项 {adopted.items} 项（其中基线待核 {adopted.historic} 项），"
        f"存疑 {adopted.findings} 处。未发送任何消息。"
        if adopted.is_new
        else "该计划已经采纳过，未作改动。"
    )


def list_plans(*, as_json: AsJson = False) -> None:
    """Print the adopted plans."""
    from services.office import open_office
    from services.plans import chosen

    office = open_office()
    with office.reading() as session:
        plans = [
            {"code": plan.code, "title": plan.title, "baseline_on": plan.baseline_on}
            for plan in chosen(session, None)
        ]
    if as_json:
        output.print_json("plans", {"plans": plans})
        return
    rows = (plan.values() for plan in plans)
    output.show_table("计划", ("代码", "名称", "基线日"), (tuple(row) for row in rows))


def confirm_baseline(*, as_json: AsJson = False) -> None:
    """Put on record that the historic items were looked at, so that real channels may be used."""
    from services.importing import confirm
    from services.office import open_office

    office = open_office()
    confirmed_on = confirm(office)
    if as_json:
        output.print_json("baseline", {"confirmed_on": confirmed_on})
        return
    output.show(f"基线已于 {confirmed_on} 确认，现在可以启用真实渠道。")


def explain_deadline(text: Text, *, year: Year = None, as_json: AsJson = False) -> None:
    """Print how a deadline is read."""
    from tasks_catalog.deadlines import read_deadline

    reading = read_deadline(text, year=year)
    if as_json:
        output.print_json("deadline", output.plain(reading))
        return
    due = reading.due_on or "（无日期）"
    output.show(f"{reading.kind.label}，到期日 {due}。{reading.why}")


def explain_units(text: Text, *, as_json: AsJson = False) -> None:
    """Print how a phrase of responsible units is read."""
    from tasks_catalog.units import read_responsibility

    reading = read_responsibility(text)
    if as_json:
        output.print_json("units", output.plain(reading))
        return
    for label, names in (
        ("牵头", reading.lead_units),
        ("责任", reading.responsible_units),
        ("配合", reading.supporting_units),
    ):
        output.show(f"{label}：{'、'.join(names) or '（无）'}")
    output.show(reading.why)
