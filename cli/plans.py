"""`duban plan`: reading a document, settling what is doubtful in it, adopting it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import output, plan_drafts
from cli.acting import Done, tell
from cli.options import (
    AsJson,
    DryRun,
    InputFile,
    PlanCode,
    WhoIfAny,
    allow_fail_on,
    day,
    with_examples,
)
from supervision.errors import UsageError

if TYPE_CHECKING:
    from services.adoption import Adopted
    from services.editions import EditionAdopted
    from tasks_catalog.model import ReadPlan

Baseline = Annotated[
    str | None,
    typer.Option("--baseline", metavar="日期", help="从哪一天起督办；默认今天，已过期的先核定"),
]
Accept = Annotated[bool, typer.Option("--accept-findings", help="不逐条核对，照原文采纳")]
Settle = Annotated[
    Path | None, typer.Option("--settle", metavar="文件", help="核对文件：每处存疑的处理结果")
]
FailOn = Annotated[
    str | None, typer.Option("--fail-on", metavar="条件", help="findings：有存疑时退出码为 3")
]
File = Annotated[Path | None, typer.Argument(metavar="文件", help="计划文件；不给则用已采纳的计划")]
Word = Annotated[Path | None, typer.Option("--docx", metavar="文件", help="写成 Word 核对报告")]
Blank = Annotated[
    Path | None, typer.Option("--settlement", metavar="文件", help="生成空白核对文件，填好后导入")
]
Save = Annotated[
    Path | None, typer.Option("--save", metavar="文件", help="把读出的清单存成 YAML，供审核修改")
]

READ = with_examples(
    "读一份计划文件（txt、docx、doc、xlsx、xls、ods、pdf），列出读出的内容；不作任何改动。",
    "duban plan read 方案.docx",
    "duban plan read 方案.txt --json",
)
FINDINGS = with_examples(
    "清单核对报告：列出缺漏、存疑和前后矛盾之处，每处引两边原文。",
    "duban plan findings 方案.docx --docx 核对报告.docx",
    "duban plan findings 方案.docx --settlement 核对.yaml",
)
IMPORT = with_examples(
    "采纳一份计划：存疑之处核对后入库。同一代码的修订版只改有变化的，历史不丢。不会因此发送消息。",
    "duban plan import 方案.docx --plan wufei --settle 核对.yaml --as bgs",
    "duban plan import 修订.docx --plan wufei --accept-findings --dry-run",
)
LIST = with_examples("列出已采纳的计划。", "duban plan list")
CONFIRM = with_examples(
    "确认基线：核定基线日前已到期的事项之后，方可启用真实渠道。", "duban plan confirm-baseline"
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    plan = typer.Typer(help="读取、核对与采纳计划。", no_args_is_help=True)
    plan.command("read", help=READ)(read)
    plan.command("findings", help=FINDINGS)(findings)
    plan.command("import", help=IMPORT)(adopt)
    plan.command("list", help=LIST)(list_plans)
    plan.command("confirm-baseline", help=CONFIRM)(confirm_baseline)
    plan_drafts.add_to(plan)
    app.add_typer(plan, name="plan")


def read(
    file: InputFile, *, save: Save = None, fail_on: FailOn = None, as_json: AsJson = False
) -> None:
    """Print what a document says."""
    allow_fail_on(fail_on, "findings")
    from services.importing import read_any
    from tasks_catalog import catalog

    plan = read_any(file)
    if save is not None:
        catalog.save(plan, save)
        output.say(f"清单已存为 {save}，审核修改后可用 duban plan import 采纳。")
    if as_json:
        output.show(json.dumps(plan.to_json(), ensure_ascii=False, indent=2))
    else:
        _tell(plan)
    if fail_on == "findings" and (plan.findings or plan.unread):
        raise typer.Exit(output.FINDINGS)


def _tell(plan: "ReadPlan") -> None:
    kinds = [item.kind.value for item in plan.work_items]
    output.show(f"《{plan.plan.title}》")
    output.show(
        f"任务 {kinds.count('task')} 项，项目 {kinds.count('project')} 项，"
        f"指标 {len(plan.indicators)} 项，举措 {len(plan.measures)} 条，"
        f"单位名称 {len(plan.units)} 个，"
        f"存疑 {len(plan.findings)} 处，未读懂 {len(plan.unread)} 行。"
    )
    for line in plan.unread:
        output.show(f"  未读懂 第{line.line}行：{line.text}")
    if plan.findings:
        output.show("存疑之处用 duban plan findings 查看。")


def findings(
    file: File = None,
    *,
    plan: PlanCode = None,
    docx: Word = None,
    settlement: Blank = None,
    fail_on: FailOn = None,
    as_json: AsJson = False,
) -> None:
    """Print what is missing, doubtful or contradictory, of a file or of an adopted plan."""
    allow_fail_on(fail_on, "findings")
    from services.checking import adopted_plan, report, settled_of
    from services.importing import read_any
    from services.office import open_office
    from services.settling import write_blank

    office = open_office(must_exist=file is None)
    if file is not None:
        found, settled = read_any(file), {}
    else:
        found, settled = adopted_plan(office, plan), settled_of(office, plan)
    if settlement is not None:
        output.say(f"{write_blank(found, settlement)} 处存疑已写入 {settlement}，请逐条填写。")
    if docx is not None:
        docx.write_bytes(
            report(found, settled, today=office.today(), folder=office.settings.templates)
        )
        output.say(f"核对报告已写入 {docx}。")
    if as_json:
        listed = [finding.model_dump(mode="json") for finding in found.findings]
        output.print_json("findings", {"findings": listed, "settled": settled})
    elif docx is None and settlement is None:
        _tell_findings(found, settled)
    if fail_on == "findings" and found.findings:
        raise typer.Exit(output.FINDINGS)


def _tell_findings(plan: "ReadPlan", settled: dict[str, str]) -> None:
    output.show(f"《{plan.plan.title}》核对：{len(plan.findings)} 处")
    for number, finding in enumerate(plan.findings, start=1):
        output.show(f"{number}. [{finding.severity.label}] {finding.where}：{finding.text}")
        for quote in finding.quotes:
            output.show(f"     原文：{quote}")
        if finding.id in settled:
            output.show(f"     处理：{settled[finding.id]}")


def adopt(
    file: InputFile,
    *,
    plan: PlanCode = None,
    baseline: Baseline = None,
    settle: Settle = None,
    accept_findings: Accept = False,
    by: WhoIfAny = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Adopt a plan, or a corrected edition of one, after its findings were looked at."""
    from services.importing import Wish, import_plan
    from services.office import open_office

    if plan is not None and not plan.isascii():
        raise UsageError(f"计划代码“{plan}”应为英文字母、数字", advice="如 --plan wufei。")
    wish = Wish(
        file=file,
        code=plan,
        baseline_on=day(baseline) if baseline else None,
        settlement=settle,
        findings_accepted=accept_findings,
        is_trial=dry_run,
        by=by,
    )
    done = import_plan(open_office(), wish)
    if as_json:
        output.print_json("import", output.plain(done))
        return
    for line in told_adopted(done, will="会" if dry_run else "已"):
        output.show(line)


def told_adopted(done: "Adopted | EditionAdopted", *, will: str) -> Iterator[str]:
    """Give in words what an adoption wrote, or would."""
    from services.adoption import Adopted

    if not isinstance(done, Adopted):
        yield (
            f"修订版{will}采纳：改动 {len(done.differences)} 处，新增 {len(done.added)} 项，"
            f"撤项 {len(done.cancelled)} 项，时限变动 {len(done.dates_moved)} 项。"
        )
        for one in done.differences:
            yield f"  {one.code} {one.field}：{one.before} → {one.after}"
        for code in done.kept:
            yield f"  {code} 新版未列，但已有办理记录，予以保留，请办公室决定。"
    elif done.is_new:
        yield (
            f"{will}采纳事项 {done.items} 项（其中基线待核 {done.historic} 项），"
            f"存疑 {done.findings} 处。未发送任何消息。"
        )
    else:
        yield "该文件已经采纳过，未作改动。"


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
    output.show_table("计划", ("代码", "名称", "基线日"), (tuple(one.values()) for one in plans))


def confirm_baseline(
    *, by: WhoIfAny = None, dry_run: DryRun = False, as_json: AsJson = False
) -> None:
    """Put on record that the historic items were looked at, so that real channels may be used."""
    from services.importing import confirm
    from services.office import open_office

    confirmed_on = confirm(open_office(), by=by, is_trial=dry_run)
    done = Done(
        told=f"基线已于 {confirmed_on} 确认，现在可以启用真实渠道。",
        answer={"confirmed_on": confirmed_on},
    )
    tell("baseline", done, dry_run=dry_run, as_json=as_json)
