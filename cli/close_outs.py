"""`duban close-out`: asking for an item to be closed out, its two reviews, and its sheet."""

from pathlib import Path
from typing import Annotated

import typer

from cli import output
from cli.acting import acting, word
from cli.options import AsJson, AsOf, ItemCode, PlanCode, Reason, Who, with_examples
from supervision.errors import UsageError
from supervision.vocabulary import Decision, Grade

Summary = Annotated[str, typer.Option("--summary", metavar="情况", help="完成情况")]
Opinion = Annotated[str, typer.Option("--opinion", metavar="意见", help="审核意见")]
GradeName = Annotated[
    str | None, typer.Option("--grade", metavar="等次", help="如 excellent 优秀、passed 合格")
]
SendBack = Annotated[bool, typer.Option("--send-back", help="退回重办，须写 --reason")]
Only = Annotated[
    str | None, typer.Option("--decision", metavar="结果", help="如 open 待定、approved 同意")
]
Folder = Annotated[Path, typer.Option("--out", metavar="目录", help="写到这个目录")]

ASK = with_examples(
    "申请销号：由牵头单位负责人提出，须已上传佐证；项目还须有验收报告和投资完成额。",
    "duban close-out ask T07 --summary 已建成投运 --as hbj-head",
)
REVIEW = with_examples(
    "初审销号申请，或退回重办。责任单位的人须回避。",
    "duban close-out review T07 --opinion 材料齐全 --as lisi",
    "duban close-out review T07 --send-back --reason 缺验收报告 --as lisi",
)
DECIDE = with_examples(
    "复核并销号：须由初审人以外、不属于责任单位的另一人办理。",
    "duban close-out decide T07 --grade good --as wangwu",
    "duban close-out decide T07 --send-back --reason 数据不实 --as wangwu",
)
LIST = with_examples(
    "列出销号申请，默认只列待定的。", "duban close-out list", "duban close-out list --json"
)
SHEET = with_examples("出已销号事项的销号单（Word）。", "duban close-out sheet T07 --out 销号单")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    close_out = typer.Typer(help="销号：申请、初审、复核。", no_args_is_help=True)
    close_out.command("ask", help=ASK)(ask)
    close_out.command("review", help=REVIEW)(review)
    close_out.command("decide", help=DECIDE)(decide)
    close_out.command("list", help=LIST)(list_close_outs)
    close_out.command("sheet", help=SHEET)(sheet)
    app.add_typer(close_out, name="close-out")


def ask(
    code: ItemCode, *, who: Who, summary: Summary, as_of: AsOf = None, plan: PlanCode = None
) -> None:
    """Ask for the item to be closed out."""
    from services import close_outs

    with acting(who=who, as_of=as_of, plan=plan) as act:
        hand = close_outs.Hand(actor=act.actor, as_of=act.as_of, now=act.now)
        asked = close_outs.ask(act.session, act.item(code), hand, summary=summary)
        told = f"{code.upper()} 已申请销号（第{asked.ordinal}次，{asked.asked_on}），待初审。"
    output.show(told)


def review(
    code: ItemCode,
    *,
    who: Who,
    opinion: Opinion = "",
    send_back: SendBack = False,
    reason: Reason = "",
    as_of: AsOf = None,
    plan: PlanCode = None,
) -> None:
    """Put the first review on record, or send the item back."""
    from services import close_outs

    with acting(who=who, as_of=as_of, plan=plan) as act:
        hand = close_outs.Hand(actor=act.actor, as_of=act.as_of, now=act.now)
        item = act.item(code)
        if send_back:
            close_outs.send_back(act.session, item, hand, reason=reason)
        else:
            close_outs.review(act.session, item, hand, opinion=opinion)
    output.show(f"{code.upper()} {'已退回重办' if send_back else '初审已登记，待复核'}。")


def decide(
    code: ItemCode,
    *,
    who: Who,
    grade: GradeName = None,
    opinion: Opinion = "",
    send_back: SendBack = False,
    reason: Reason = "",
    as_of: AsOf = None,
    plan: PlanCode = None,
) -> None:
    """Close the item out with a grade, or send it back."""
    from services import close_outs

    if grade is None and not send_back:
        raise UsageError("复核须给出等次", advice="加上 --grade；不同意的用 --send-back --reason。")
    with acting(who=who, as_of=as_of, plan=plan) as act:
        hand = close_outs.Hand(actor=act.actor, as_of=act.as_of, now=act.now)
        item = act.item(code)
        if send_back:
            close_outs.send_back(act.session, item, hand, reason=reason)
        else:
            given: Grade = word(Grade, grade or "")
            close_outs.decide(act.session, item, hand, grade=given, opinion=opinion)
    output.show(f"{code.upper()} {'已退回重办' if send_back else f'已销号（{given.label}）'}。")


def list_close_outs(
    *, decision: Only = "open", plan: PlanCode = None, as_json: AsJson = False
) -> None:
    """Print the requests of a plan, the oldest first."""
    from db import close_outs
    from services.office import open_office
    from services.plans import the_plan

    chosen: Decision | None = word(Decision, decision) if decision else None
    with open_office().reading() as session:
        rows = close_outs.of_plan(session, the_plan(session, plan).id, chosen)
        found = [request.model_dump() | {"code": item.code, "title": item.title}
                 for item, request in rows]  # fmt: skip
    if as_json:
        output.print_json("close-outs", {"total": len(found), "close_outs": found})
        return
    names = ("code", "title", "asked_by", "asked_on", "reviewed_by", "decided_by")
    rows_shown = ([*(row[name] for name in names), row["decision"].label] for row in found)
    columns = ("编号", "任务/项目", "申请人", "申请日期", "初审人", "复核人", "结果")
    output.show_table(f"销号申请 {len(found)} 件", columns, rows_shown)


def sheet(code: ItemCode, *, out: Folder, plan: PlanCode = None, as_json: AsJson = False) -> None:
    """Write the sheet of a closed item."""
    from services.close_out_sheet import sheet as paper
    from services.moves import item_shown
    from services.office import open_office
    from services.plans import the_plan

    with open_office().reading() as session:
        row = the_plan(session, plan)
        document = paper(session, row, item_shown(session, row, code))
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"销号单-{code.upper()}.docx"
    file.write_bytes(document)
    if as_json:
        output.print_json("close-out-sheet", {"file": file})
        return
    output.show(f"已写出 {file}。")
