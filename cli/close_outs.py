"""`duban close-out`: asking for an item to be closed out, its two reviews, and its sheet."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli import output
from cli.acting import Acting, Done, acts
from cli.options import (
    AsJson,
    Decided,
    Folder,
    ItemCode,
    Opinion,
    PlanCode,
    Reason,
    with_examples,
)
from supervision.errors import UsageError
from supervision.vocabulary import Decision, Grade, word_named

if TYPE_CHECKING:
    from db.life_tables import CloseOut
    from db.plan_tables import WorkItem

Summary = Annotated[str, typer.Option("--summary", metavar="情况", help="完成情况")]
GradeName = Annotated[
    str | None, typer.Option("--grade", metavar="等次", help="如 excellent 优秀、passed 合格")
]
SendBack = Annotated[bool, typer.Option("--send-back", help="退回重办，须写 --reason")]

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


@acts("close-out")
def ask(act: Acting, code: ItemCode, *, summary: Summary) -> Done:
    """Ask for the item to be closed out."""
    from services import close_outs

    item = act.item(code)
    asked = close_outs.ask(act.session, item, act.hand(), summary=summary)
    told = f"{item.code} 已申请销号（第{asked.ordinal}次，{asked.asked_on}），待初审。"
    return _done(item, asked, told)


@acts("close-out")
def review(
    act: Acting,
    code: ItemCode,
    *,
    opinion: Opinion = "",
    send_back: SendBack = False,
    reason: Reason = "",
) -> Done:
    """Put the first review on record, or send the item back."""
    from services import close_outs

    if send_back:
        return _sent_back(act, code, reason)
    item = act.item(code)
    reviewed = close_outs.review(act.session, item, act.hand(), opinion=opinion)
    return _done(item, reviewed, f"{item.code} 初审已登记，待复核。")


@acts("close-out")
def decide(
    act: Acting,
    code: ItemCode,
    *,
    grade: GradeName = None,
    opinion: Opinion = "",
    send_back: SendBack = False,
    reason: Reason = "",
) -> Done:
    """Close the item out with a grade, or send it back."""
    from services import close_outs

    if send_back:
        return _sent_back(act, code, reason)
    if grade is None:
        raise UsageError("复核须给出等次", advice="加上 --grade；不同意的用 --send-back --reason。")
    given, item = word_named(Grade, grade), act.item(code)
    decided = close_outs.decide(act.session, item, act.hand(), grade=given, opinion=opinion)
    return _done(item, decided, f"{item.code} 已销号（{given.label}）。")


def _sent_back(act: Acting, code: str, reason: str) -> Done:
    from services import close_outs

    item = act.item(code)
    refused = close_outs.send_back(act.session, item, act.hand(), reason=reason)
    return _done(item, refused, f"{item.code} 已退回重办。")


def _done(item: "WorkItem", request: "CloseOut", told: str) -> Done:
    shown = {"code": item.code, "title": item.title, "state": item.state}
    return Done(told=told, answer={"close_out": request.model_dump() | shown})


def list_close_outs(
    *, decision: Decided = "open", plan: PlanCode = None, as_json: AsJson = False
) -> None:
    """Print the requests of a plan, the oldest first."""
    from db import close_outs
    from services.office import open_office
    from services.plans import the_plan

    chosen: Decision | None = word_named(Decision, decision) if decision else None
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

    office = open_office()
    with office.reading() as session:
        row = the_plan(session, plan)
        item = item_shown(session, row, code)
        document = paper(session, row, item, folder=office.settings.templates)
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"销号单-{code.upper()}.docx"
    file.write_bytes(document)
    if as_json:
        output.print_json("close-out-sheet", {"file": file})
        return
    output.show(f"已写出 {file}。")
