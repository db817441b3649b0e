"""`duban tick`, `deliver`, `run`, `up` and `portal`: done by hand, or kept going."""

from typing import Annotated

import typer

from cli import output
from cli.options import AsJson, AsOf, DryRun, PlanCode, day, with_examples

FlowName = Annotated[str, typer.Argument(metavar="流程", help="如 deadline-reminders")]
Port = Annotated[int, typer.Option("--port", metavar="端口", help="调度服务的本机端口")]

TICK = with_examples(
    "把当天该做的事各做一次：开关调度、判定逾期、汇总提醒、起草通知。重复运行不会重复，也不发送。",
    "duban tick",
    "duban tick --as-of 2025-01-02 --json",
)
DELIVER = with_examples(
    "发送待发的消息，对方接收后才记为已发。有未送达的，退出码为 5。",
    "duban deliver",
    "duban deliver --json",
)
RUN = with_examples(
    "运行一个流程。",
    "duban run overdue-detection",
    "duban run deadline-reminders --as-of 2025-01-02",
)
PortalPort = Annotated[int, typer.Option("--portal-port", metavar="端口", help="网页的本机端口")]
OwnPort = Annotated[int, typer.Option("--port", metavar="端口", help="网页的本机端口")]

UP = with_examples("启动网页、调度服务和全部流程，按 Ctrl-C 停止。", "duban up")
PORTAL = with_examples("只启动网页，按 Ctrl-C 停止。", "duban portal", "duban portal --port 8080")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("tick", help=TICK)(tick)
    app.command("deliver", help=DELIVER)(deliver)
    app.command("run", help=RUN)(run)
    app.command("up", help=UP)(up)
    app.command("portal", help=PORTAL)(portal)


def tick(
    *,
    as_of: AsOf = None,
    plan: PlanCode = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Sweep once for a day."""
    from services.office import open_office
    from services.tick import tick as sweep

    when = day(as_of) if as_of else None
    office = open_office()
    swept = sweep(office, today=when or office.today(), plan_code=plan, is_trial=dry_run)
    if as_json:
        output.print_json("tick", output.plain(swept))
        return
    if dry_run:
        output.show("（试算，未作改动）")
    if swept.already_done:
        output.show(f"{swept.as_of} 已处理过，没有新增。")
        return
    covered = "" if swept.covered_from == swept.as_of else f"（含 {swept.covered_from} 以来各日）"
    output.show(
        f"{swept.as_of}{covered}：开启调度 {swept.rounds_opened} 轮，"
        f"待发消息 {swept.messages_queued} 份，通知草稿 {swept.notices_drafted} 份。"
    )


def deliver(*, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Empty the outbox; exit 5 when something was not accepted."""
    from services.channels import open_channel
    from services.delivery import deliver as empty_outbox
    from services.delivery import waiting
    from services.office import open_office

    office = open_office()
    if dry_run:
        done = waiting(office)
    else:
        done = empty_outbox(office, lambda kind: open_channel(office, kind), insists=True)
    if as_json:
        output.print_json("deliver", output.plain(done))
    else:
        output.show(
            f"已送达 {done.sent}，拒收 {done.refused}，待人工 {done.parked}，"
            f"待发 {done.pending}，结果不明 {done.in_doubt}。"
        )
    if not done.is_complete and not dry_run:
        needs_a_person = done.refused or done.parked
        output.say(
            "有消息未送达，须人工处理：duban outbox list。"
            if needs_a_person
            else "有消息未送达，已保留在发件箱；排除原因后再次运行 duban deliver。"
        )
        raise typer.Exit(output.PARTLY_DELIVERED)


def run(name: FlowName, *, as_of: AsOf = None) -> None:
    """Run one Prefect flow as a process of its own."""
    from cli.scheduler import run_flow

    raise typer.Exit(run_flow(name, as_of=day(as_of) if as_of else None))


def up(*, port: Port = 4200, portal_port: PortalPort = 8000) -> None:
    """Start the portal, the server and the served flows, and stop all of it on Ctrl-C."""
    from cli.scheduler import keep_up

    raise typer.Exit(keep_up(port=port, portal_port=portal_port))


def portal(*, port: OwnPort = 8000) -> None:
    """Start the portal alone, and stop it on Ctrl-C."""
    from cli.scheduler import keep_portal_up

    raise typer.Exit(keep_portal_up(port=port))
