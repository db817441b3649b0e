"""`duban simulate`: a plan replayed day by day on a clock that is turned, and nothing leaves."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output
from cli.options import AsJson, PlanCode, day, with_examples

if TYPE_CHECKING:  # each command imports what it needs, so that all of them start fast
    from services.simulating.replay import Replayed
    from services.simulating.results import Results

First = Annotated[str, typer.Option("--from", metavar="日期", help="推演的第一天，如 2024-03-03")]
Last = Annotated[str, typer.Option("--to", metavar="日期", help="推演的最后一天，如 2026-01-31")]
ScriptName = Annotated[
    str,
    typer.Option(
        "--script",
        metavar="剧本",
        help="silent 无人办理 / punctual 人人按时 / realistic 较真实，或剧本文件",
    ),
]
Picture = Annotated[
    Path | None, typer.Option("--picture", metavar="文件", help="另画一张图（SVG）")
]
SIMULATE = with_examples(
    "推演：按同一套规则逐日重演整个计划，看会催什么、发什么。在临时库中进行，不改动任何数据，"
    "也不发送。",
    "duban simulate --from 2024-03-03 --to 2026-01-31",
    "duban simulate --from 2024-03-03 --to 2024-12-31 --script realistic --picture 推演.svg",
)
DAYS = ("日期", "逾期", "消息", "通知草稿", "开启调度", "办理")
BURDEN = ("单位", "应报", "已报次数", "提醒汇总", "提醒事项", "督办通知")


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("simulate", help=SIMULATE)(simulate)


def simulate(
    *,
    first: First,
    last: Last,
    script: ScriptName = "silent",
    plan: PlanCode = None,
    picture: Picture = None,
    as_json: AsJson = False,
) -> None:
    """Replay the adopted plan, or the bundled one, from one day to another."""
    from services.office import open_office
    from services.simulating.replay import Span, replay
    from services.simulating.results import results
    from services.simulating.scratch import staged
    from services.simulating.scripts import script_named

    span = Span(first=day(first), last=day(last))
    chosen = script_named(script)
    with staged(open_office(must_exist=False), first=span.first) as stage:
        with_lights = picture is not None
        done = replay(stage, span, chosen, plan_code=plan, with_lights=with_lights)
        found = results(done)
    if picture is not None:
        from services.simulating.picture import picture_of

        picture.write_text(picture_of(done, found), encoding="utf-8")
        output.say(f"已写出 {picture}。")
    if as_json:
        output.print_json("simulation", _answer(done, found))
    else:
        _show(done, found)


def _answer(done: "Replayed", found: "Results") -> dict[str, Any]:
    plan, script = done.plan, done.script
    return {
        "plan": {
            "code": plan.code,
            "title": plan.title,
            "baseline_on": plan.baseline_on,
            "is_bundled": done.stage.is_bundled,
        },
        "script": {"title": script.title, "about": script.about, "seed": script.seed},
        "from": done.span.first,
        "to": done.span.last,
        "totals": _totals(done),
        "days": done.days,
        "messages": found.messages,
        "notices": found.notices,
        "acts": done.player.played,
        "rounds": [{"period": period, "state": state} for period, state in found.rounds],
        "burden": found.burden,
        "final": {"lights": dict(found.lights), "items": found.items},
    }


def _totals(done: "Replayed") -> dict[str, int]:
    counted = ("messages", "notices", "rounds", "acts")
    return {
        "days": len(done.days),
        **{name: sum(getattr(one, name) for one in done.days) for name in counted},
    }


def _show(done: "Replayed", found: "Results") -> None:
    totals = _totals(done)
    source = "随附的计划" if done.stage.is_bundled else "已采纳的计划"
    rows = (
        (one.date, one.overdue, one.messages, one.notices, one.rounds, one.acts)
        for one in done.days
        if one.is_eventful
    )
    title = f"推演“{done.script.title}”：{source}《{done.plan.title}》（只列有事的日子）"
    output.show_table(title, DAYS, rows)
    units = (tuple(output.plain(one).values()) for one in found.burden)
    output.show_table("各单位负担", BURDEN, units)
    refused = [one for one in done.player.played if one.refused]
    if refused:
        told = ((one.date, one.deed.label, one.code, one.unit, one.refused) for one in refused)
        output.show_table("剧本要办而未准的", ("日期", "事项", "编号", "单位", "原因"), told)
    lights = "，".join(f"{light.label}灯{count}项" for light, count in found.lights.items())
    output.show(
        f"共{totals['days']}天：消息{totals['messages']}份，通知草稿{totals['notices']}项，"
        f"开启调度{totals['rounds']}轮，办理{totals['acts']}件。到 {done.span.last}：{lights}。"
    )
