"""`duban init`, `demo`, `doctor` and `config`: a first start, a look at it, and its health."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli import output
from cli.options import AsJson, day, with_examples

if TYPE_CHECKING:
    from services.check_words import Check
    from services.office import Office

Baseline = Annotated[
    str | None,
    typer.Option("--baseline", metavar="日期", help="从哪一天起督办；默认计划印发之日"),
]
CallsForHelp = Annotated[
    bool, typer.Option("--alarm", help="有故障时经 DUBAN_ALARM_URL 告警，每项每天一次")
]
INIT = with_examples(
    "建立数据库并采纳随附的计划；不提问，重复运行不改变任何内容。",
    "duban init",
    "duban init --baseline 2024-03-03",
)
DEMO = with_examples(
    "用真实计划演示全过程：读计划、看逾期、发提醒（写成文件）、拟通知。", "duban demo"
)
DOCTOR = with_examples(
    "体检：逐项说明状态、原因和处理办法。",
    "duban doctor",
    "duban doctor --json",
    "duban doctor --alarm",
)
CONFIG = with_examples("查看设置。", "duban config show --origin")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("init", help=INIT)(init)
    app.command("demo", help=DEMO)(demo)
    app.command("doctor", help=DOCTOR)(doctor)
    config = typer.Typer(help="查看设置及其来源。", no_args_is_help=True)
    config.command("show", help=CONFIG)(show_config)
    app.add_typer(config, name="config")


def init(*, baseline: Baseline = None, as_json: AsJson = False) -> None:
    """Set up what is missing and say what to try next."""
    from services.office import open_office
    from services.start import start

    first_day = day(baseline) if baseline else None
    office = open_office(must_exist=False)
    started = start(office, baseline_on=first_day)
    if as_json:
        output.print_json("init", {"started": started})
        return
    if started.adopted.is_new:
        output.show(f"已采纳《{started.title}》，基线日 {started.baseline_on}。")
        output.show(
            f"事项 {started.adopted.items} 项（其中基线待核 {started.adopted.historic} 项），"
            f"单位 {started.adopted.units} 个；消息只写成文件，不对外发送。"
        )
    else:
        output.show("数据库和计划已经就绪，未作改动。")
    output.show("接下来可以试：")
    for command in ("duban overdue", "duban tick --as-of 2025-01-02", "duban deliver"):
        output.show(f"  {command}")


def demo() -> None:
    """Show the main job on the real plan."""
    from cli.demo import run_demo

    run_demo()


def doctor(*, alarm: CallsForHelp = False, as_json: AsJson = False) -> None:
    """Print the state of everything duban leans on; exit 1 when something stops the work."""
    from services.health import examine, worst_of
    from services.office import open_office

    office = open_office(must_exist=False)
    checks = examine(office)
    if as_json:
        output.print_json("doctor", {"state": worst_of(checks), "checks": checks})
    else:
        rows = ((check.state.label, check.name, check.why, check.fix) for check in checks)
        output.show_table("体检", ("状态", "项目", "情况", "处理办法"), rows)
    if alarm:
        _call_for_help(office, checks)
    if worst_of(checks) == "failed":
        raise typer.Exit(output.FAILED)


def _call_for_help(office: "Office", checks: list["Check"]) -> None:
    """Tell by the second channel what has failed and was not told today."""
    from services.alarms import alarm

    called = alarm(office, checks)
    if called.outcome is None:
        output.say("没有新的告警。")
        return
    output.say(f"已告警：{'、'.join(called.told)}；{called.outcome.verdict.label}。")


def show_config(
    *,
    origin: Annotated[bool, typer.Option("--origin", help="同时说明每项的来源")] = False,
    as_json: AsJson = False,
) -> None:
    """Print every setting, secrets masked."""
    from services.settings import origins, read_settings

    found = origins(read_settings())
    if as_json:
        settings = {
            name: {"value": value, "origin": where} for name, (value, where) in found.items()
        }
        output.print_json("config", {"settings": settings})
        return
    for name, (value, where) in found.items():
        output.show(f"{name} = {value}" + (f"  （{where}）" if origin else ""))
