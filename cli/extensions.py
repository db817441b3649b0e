"""`duban extension`: a later date asked for, reviewed and decided; the original date stays."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli import output
from cli.acting import Acting, Done, acts
from cli.options import (
    AsJson,
    Decided,
    DocumentNumber,
    ItemCode,
    Opinion,
    PlanCode,
    Reason,
    day,
    with_examples,
)
from supervision.vocabulary import Decision, ExtensionLack, word_named

if TYPE_CHECKING:
    from db.life_tables import Extension
    from db.plan_tables import WorkItem
    from services.extensions import Hand

Until = Annotated[str, typer.Option("--until", metavar="日期", help="申请延到哪一天")]
Progress = Annotated[str, typer.Option("--progress", metavar="进展", help="目前进展")]
Refuse = Annotated[bool, typer.Option("--refuse", help="不同意，须写 --reason")]

ASK = with_examples(
    "申请延期：由牵头单位负责人在到期前5个工作日提出，每项一次，最长3个月。",
    "duban extension ask T07 --until 2025-03-31 --reason 办法未出台 --progress 已有初稿 --as hbj",
)
REVIEW = with_examples(
    "办公室初审延期申请。", "duban extension review T07 --opinion 情况属实 --as lisi"
)
DECIDE = with_examples(
    "签发人审批延期；同意的改变到期日，原期限保留。",
    "duban extension decide T07 --document 章无废办〔2024〕9号 --as wangqz",
    "duban extension decide T07 --refuse --reason 理由不充分 --as wangqz",
)
LIST = with_examples("列出延期申请，默认只列待定的。", "duban extension list --json")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    extension = typer.Typer(help="延期：申请、初审、审批。", no_args_is_help=True)
    extension.command("ask", help=ASK)(ask)
    extension.command("review", help=REVIEW)(review)
    extension.command("decide", help=DECIDE)(decide)
    extension.command("list", help=LIST)(list_extensions)
    app.add_typer(extension, name="extension")


def _hand(act: Acting) -> "Hand":
    from services.extensions import Hand

    return Hand(actor=act.actor, as_of=act.as_of, now=act.now, policy=act.office.policy)


@acts("extension")
def ask(act: Acting, code: ItemCode, *, until: Until, reason: Reason, progress: Progress) -> Done:
    """Ask for a later date."""
    from services import extensions

    wish = extensions.Wish(new_due_on=day(until), reason=reason, progress=progress)
    item = act.item(code)
    row = extensions.ask(act.session, act.plan, item, _hand(act), wish)
    lacks = [ExtensionLack(lack).label for lack in row.lacks]  # type: ignore[call-arg]
    warning = f"注意：{'、'.join(lacks)}，批复前不暂停督办。" if lacks else ""
    told = f"{item.code} 已申请延至 {row.new_due_on}，待办公室初审。"
    return _done(item, row, told, warning=warning)


@acts("extension")
def review(act: Acting, code: ItemCode, *, opinion: Opinion) -> Done:
    """Put the office's opinion on record."""
    from services import extensions

    item = act.item(code)
    row = extensions.review(act.session, item, _hand(act), opinion=opinion)
    return _done(item, row, f"{item.code} 的延期申请已初审，待签发人审批。")


@acts("extension")
def decide(
    act: Acting,
    code: ItemCode,
    *,
    refuse: Refuse = False,
    reason: Reason = "",
    document: DocumentNumber = "",
) -> Done:
    """Grant or refuse the later date."""
    from services import extensions

    item = act.item(code)
    row = extensions.decide(
        act.session,
        item,
        _hand(act),
        approves=not refuse,
        reason=reason,
        document=document,
    )
    told = "不同意延期" if refuse else f"已延至 {row.new_due_on}"
    return _done(item, row, f"{item.code} {told}。")


def _done(item: "WorkItem", row: "Extension", told: str, *, warning: str = "") -> Done:
    shown = row.model_dump() | {"code": item.code, "title": item.title, "due_on": item.due_on}
    return Done(told=told, answer={"extension": shown}, warning=warning)


def list_extensions(
    *, decision: Decided = "open", plan: PlanCode = None, as_json: AsJson = False
) -> None:
    """Print the requests of a plan, the oldest first."""
    from db import extensions
    from services.office import open_office
    from services.plans import the_plan

    chosen: Decision | None = word_named(Decision, decision) if decision else None
    with open_office().reading() as session:
        rows = extensions.of_plan(session, the_plan(session, plan).id, chosen)
        found = [row.model_dump() | {"code": item.code, "title": item.title} for item, row in rows]
    if as_json:
        output.print_json("extensions", {"total": len(found), "extensions": found})
        return
    names = ("code", "title", "asked_by", "asked_on", "due_on_before", "new_due_on", "reviewed_by")
    shown = ([*(row[name] for name in names), row["decision"].label] for row in found)
    columns = ("编号", "任务/项目", "申请人", "申请日期", "现时限", "申请延至", "初审人", "结果")
    output.show_table(f"延期申请 {len(found)} 件", columns, shown)
