"""`duban round`: opening, following, reminding and closing a quarterly dispatch (季度调度)."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import milestones, output, workbook
from cli.acting import Acting, Done, acts
from cli.options import AsJson, AsOf, PlanCode, Quarter, day, with_examples

if TYPE_CHECKING:
    from services.round_by_hand import Desk
    from services.round_status import RoundStatus

SomeQuarter = Annotated[
    str | None, typer.Argument(metavar="季度", help="如 2024Q4；默认最近开启的一轮")
]

OPEN = with_examples(
    "开启一个季度的调度。平时由日程自动开启；只能在规则规定的日期之间开启。",
    "duban round open 2024Q4 --as lisi",
)
STATUS = with_examples(
    "看一轮调度：各单位应报、已报、已审、退回、迟报、未报，以及需要人工催办的事项。",
    "duban round status",
    "duban round status 2024Q4 --as-of 2024-12-26 --json",
)
REMIND = with_examples(
    "对尚未报送的再催一次，并入各单位下一份提醒；一天至多一次。", "duban round remind --as lisi"
)
CLOSE = with_examples(
    "关闭一轮调度并定格当时的状态，此后不再改变。报送截止日未过且未报齐的不能关闭。",
    "duban round close 2024Q4 --as lisi",
)
SNAPSHOT = with_examples("取一轮已关闭调度的定格数据。", "duban round snapshot 2024Q4 --json")
UNSIGNED = with_examples(
    "列出催过仍未签收、需要电话联系的事项。", "duban round unsigned --as-of 2024-03-12"
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    group = typer.Typer(help="季度调度。", no_args_is_help=True)
    group.command("open", help=OPEN)(open_one)
    group.command("status", help=STATUS)(status)
    group.command("remind", help=REMIND)(remind)
    group.command("close", help=CLOSE)(close)
    group.command("snapshot", help=SNAPSHOT)(snapshot)
    group.command("unsigned", help=UNSIGNED)(unsigned)
    milestones.add_to(group)
    workbook.add_to(group)
    app.add_typer(group, name="round")


def _desk(act: Acting) -> "Desk":
    from services.round_by_hand import Desk

    return Desk(
        plan=act.plan, actor=act.actor, policy=act.office.policy, as_of=act.as_of, now=act.now
    )


@acts("round-open")
def open_one(act: Acting, quarter: Quarter) -> Done:
    """Open a round by hand."""
    from services.round_by_hand import open_round
    from supervision.periods import quarter_named

    found, is_new = open_round(act.session, _desk(act), quarter_named(quarter))
    answer = {"period": found.period, "is_new": is_new, "due_on": found.due_on}
    answer |= {"support_due_on": found.support_due_on, "closes_on": found.closes_on}
    what = "已开启" if is_new else "原已开启"
    return Done(told=f"{found.period}调度{what}，报送截止 {found.due_on}。", answer=answer)


def status(
    quarter: SomeQuarter = None,
    *,
    as_of: AsOf = None,
    plan: PlanCode = None,
    as_json: AsJson = False,
) -> None:
    """Print how a round stands."""
    from services import round_status
    from services.office import open_office
    from services.plans import the_plan

    when = day(as_of) if as_of else None
    office = open_office()
    with office.reading() as session:
        owner = the_plan(session, plan)
        found = round_status.round_of(session, owner, quarter)
        today = when or office.today()
        stands = round_status.status(session, owner, found, office.policy, today=today)
    if as_json:
        output.print_json("round-status", {"as_of": today, **output.plain(stands)})
        return
    _show(stands)


def _show(stands: "RoundStatus") -> None:
    whole = stands.count
    output.show(
        f"{stands.period}调度（{stands.state.label}）："
        f"报送截止 {stands.due_on}，关闭 {stands.closes_on}。"
    )
    columns = ("单位", "应报", "待审", "已审", "退回", "迟报", "未报")
    rows: list[tuple[Any, ...]] = [
        (
            one.unit, one.count.owed, one.count.reported, one.count.accepted,
            one.count.sent_back, one.count.late, one.count.missing,
        )
        for one in stands.units
    ]  # fmt: skip
    output.show_table(f"应报 {whole.owed} 项，未报 {whole.missing} 项", columns, rows)
    if stands.silent:
        output.show(f"逾期多日未报，须由人催办：{'、'.join(stands.silent)}")
    if stands.without_course:
        output.show(f"未报序时进度的任务：{'、'.join(stands.without_course)}")


@acts("round-remind")
def remind(act: Acting, quarter: SomeQuarter = None) -> Done:
    """Chase what is still owed once more."""
    from services import round_by_hand
    from services.round_status import round_of

    found = round_of(act.session, act.plan, quarter)
    added = round_by_hand.remind(act.session, _desk(act), found)
    return Done(
        told=f"{found.period}调度：新增催报 {added} 项，并入各单位下一份提醒。",
        answer={"period": found.period, "added": added},
    )


@acts("round-close")
def close(act: Acting, quarter: SomeQuarter = None) -> Done:
    """Close a round and freeze what it looks like."""
    from services import round_by_hand
    from services.round_status import round_of

    found = round_of(act.session, act.plan, quarter)
    frozen = round_by_hand.close_round(act.session, _desk(act), found)
    reports = frozen.content["counts"]["reports"]
    told = (
        f"{found.period}调度已关闭：应报 {reports['owed']} 项，未报 {reports['missing']} 项，"
        f"迟报 {reports['late']} 项。定格数据校验值 {frozen.hash}。"
    )
    answer = {"period": found.period, "closed_on": found.closed_on, "hash": frozen.hash}
    return Done(told=told, answer=answer | {"reports": reports})


def snapshot(quarter: Quarter, *, plan: PlanCode = None, as_json: AsJson = False) -> None:
    """Print what a closed round looked like when it closed."""
    from services.office import open_office
    from services.plans import the_plan
    from services.round_closing import snapshot_of
    from services.round_status import round_of

    with open_office().reading() as session:
        frozen = snapshot_of(session, round_of(session, the_plan(session, plan), quarter))
        content, digest = frozen.content, frozen.hash
    if as_json:
        output.print_json("round-snapshot", {"hash": digest, **content})
        return
    columns = ("编号", "任务/项目", "牵头单位", "灯", "逾期天数", "进度%", "应达%", "本季进展")
    output.show_table(
        f"{content['period']}调度定格（{content['closed_on']}），校验值 {digest}",
        columns,
        (_frozen_row(line) for line in content["items"]),
    )


def _frozen_row(line: dict[str, Any]) -> tuple[Any, ...]:
    said = line["report"] or {}
    return (
        line["code"], line["title"], line["lead_unit"], f"{line['light']}（{line['rule']}）",
        line["days_overdue"] or "", said.get("percent"), line["expected_percent"],
        said.get("progress"),
    )  # fmt: skip


def unsigned(*, as_of: AsOf = None, plan: PlanCode = None, as_json: AsJson = False) -> None:
    """Print what was urged for the last time and is still not signed for."""
    from db.calendar_days import working_days
    from services.office import open_office
    from services.plans import the_plan
    from services.signing import unsigned_items

    when = day(as_of) if as_of else None
    office = open_office()
    today = when or office.today()
    with office.reading() as session:
        found = unsigned_items(
            session, the_plan(session, plan), office.policy, working_days(session), today=today
        )
    if as_json:
        output.print_json("unsigned", {"as_of": today, "total": len(found), "items": found})
        return
    output.show_table(
        f"须电话联系签收 {len(found)} 项（截至 {today}）",
        ("编号", "任务/项目", "单位", "交办日期", "已过工作日"),
        ((one.code, one.title, one.unit, one.since, one.working_days) for one in found),
    )
