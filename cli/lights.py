"""`duban light` and two commands of `duban item`: what people say of an item's light, on record."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output
from cli.acting import Acting, Done, acts
from cli.options import AsJson, ItemCode, PlanCode, Reason, with_examples
from supervision.vocabulary import Light, word_named

if TYPE_CHECKING:
    from services.item_events import Said

Colour = Annotated[
    str, typer.Argument(metavar="灯", help="red 红 / yellow 黄 / blue 蓝 / green 绿")
]

SET = with_examples(
    "人工定灯：写明理由，到下一轮调度开启时失效；规则判定的灯仍一并显示。",
    "duban light set T07 yellow --reason 关键设备未到货 --as lisi",
)
CLEAR = with_examples(
    "撤销人工定灯，恢复按规则判定。", "duban light clear T07 --reason 设备已到货 --as lisi"
)
HISTORY = with_examples(
    "列出一个事项的人工定灯和难以按期判定，失效、撤销的也列。", "duban light history T07 --json"
)
UNABLE = with_examples(
    "判定事项难以按期完成（红灯），写明理由；时限顺延后自动失效。",
    "duban item judge-unable T07 --reason 用地未批，年内无法开工 --as lisi",
)
REVOKE = with_examples(
    "撤销难以按期的判定。", "duban item revoke-unable T07 --reason 用地已批 --as lisi"
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    light = typer.Typer(help="人工定灯与撤销。", no_args_is_help=True)
    light.command("set", help=SET)(set_light)
    light.command("clear", help=CLEAR)(clear_light)
    light.command("history", help=HISTORY)(history)
    app.add_typer(light, name="light")


def add_to_item(item: typer.Typer) -> None:
    """Add the commands that belong to `duban item`."""
    item.command("judge-unable", help=UNABLE)(judge_unable)
    item.command("revoke-unable", help=REVOKE)(revoke_unable)


@acts("light")
def set_light(act: Acting, code: ItemCode, colour: Colour, *, reason: Reason) -> Done:
    """Set an item's light by hand."""
    from services import light_overrides

    light, item = word_named(Light, colour), act.item(code)
    row = light_overrides.set_light(act.session, item, light, _said(act, reason), act.office.policy)
    told = f"{item.code} 人工定为{light.label}灯，至 {row.expires_on} 调度开启时失效。"
    answer = {"code": item.code, "light": light, "expires_on": row.expires_on}
    return Done(told=told, answer=answer)


@acts("light")
def clear_light(act: Acting, code: ItemCode, *, reason: Reason) -> Done:
    """Take back a light that was set by hand."""
    from services import light_overrides

    item = act.item(code)
    row = light_overrides.clear_light(act.session, item, _said(act, reason))
    answer = {"code": item.code, "light": row.light, "expires_on": row.ended_on}
    return Done(told=f"{item.code} 的人工定灯已撤销，恢复按规则判定。", answer=answer)


@acts("item-unable")
def judge_unable(act: Acting, code: ItemCode, *, reason: Reason) -> Done:
    """Judge that an item cannot be finished by its date."""
    from services import light_overrides

    item = act.item(code)
    row = light_overrides.judge_unable(act.session, item, _said(act, reason))
    answer = {"code": item.code, "since": row.judged_on, "revoked_on": None}
    return Done(told=f"{item.code} 已判定难以按期（红灯，规则 R14）。", answer=answer)


@acts("item-unable")
def revoke_unable(act: Acting, code: ItemCode, *, reason: Reason) -> Done:
    """Revoke such a judgement."""
    from services import light_overrides

    item = act.item(code)
    row = light_overrides.revoke_unable(act.session, item, _said(act, reason))
    answer = {"code": item.code, "since": row.judged_on, "revoked_on": row.revoked_on}
    return Done(told=f"{item.code} 的难以按期判定已撤销。", answer=answer)


def history(code: ItemCode, *, plan: PlanCode = None, as_json: AsJson = False) -> None:
    """Print what people said of an item's light, in force or not."""
    from db import light_overrides
    from services.moves import item_shown
    from services.office import open_office
    from services.plans import the_plan

    with open_office().reading() as session:
        item = item_shown(session, the_plan(session, plan), code)
        answer: dict[str, Any] = {
            "code": item.code,
            "overrides": [row.model_dump() for row in light_overrides.of_item(session, item.id)],
            "unables": [row.model_dump() for row in light_overrides.unables_of(session, item.id)],
        }
    if as_json:
        output.print_json("light-history", answer)
        return
    columns = ("定灯", "理由", "经办", "起", "止", "撤销人", "撤销理由")
    rows = [_override(row) for row in answer["overrides"]]
    output.show_table(
        f"{answer['code']} 人工定灯与判定",
        columns,
        rows + [_unable(row) for row in answer["unables"]],
    )


def _override(row: dict[str, Any]) -> tuple[Any, ...]:
    until = row["ended_on"] or row["expires_on"]
    said = (row["light"].label, row["reason"], row["set_by"], row["set_on"], until)
    return (*said, row["ended_by"], row["end_reason"])


def _unable(row: dict[str, Any]) -> tuple[Any, ...]:
    said = ("难以按期", row["reason"], row["judged_by"], row["judged_on"], row["revoked_on"])
    return (*said, row["revoked_by"], row["revoke_reason"])


def _said(act: Acting, reason: str) -> "Said":
    from services.item_events import Said

    return Said(actor=act.actor, as_of=act.as_of, now=act.now, reason=reason)
