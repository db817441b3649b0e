"""`duban item`: one item's dossier, its moves, and what else happens to it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output
from cli.acting import Acting, acting
from cli.options import (
    AsJson,
    AsOf,
    DocumentNumber,
    ItemCode,
    PlanCode,
    Reason,
    Who,
    day,
    with_examples,
)
from supervision.vocabulary import Move

if TYPE_CHECKING:
    from services.item_events import Said

ReviewOn = Annotated[
    str | None, typer.Option("--review-on", metavar="日期", help="暂缓到哪一天复核")
]
Into = Annotated[str, typer.Option("--into", metavar="编号", help="并入哪个事项")]

# The moves an office or a unit makes by hand; asking for and deciding a close-out stand apart.
MOVES = {
    "acknowledge": (Move.ACKNOWLEDGE, "签收交办的事项。", "T07 --as hbj"),
    "suspend": (
        Move.SUSPEND,
        "暂缓办理，写明理由和复核日期。",
        "T07 --reason 上位政策调整 --review-on 2025-03-01 --as lisi",
    ),
    "resume": (Move.RESUME, "恢复办理暂缓的事项。", "T07 --reason 条件已具备 --as lisi"),
    "cancel": (
        Move.CANCEL,
        "撤项：须有理由和签发的文号。",
        "T07 --reason 任务调整 --document 章无废办〔2025〕3号 --as wangqz",
    ),
    "reopen": (Move.REOPEN, "重新办理已销号的事项（反弹）。", "T07 --reason 复查不达标 --as lisi"),
    "restart": (
        Move.RESTART,
        "核定基线待核的事项，从当日起算提醒和督办；期限不变。",
        "T01 --reason 经核未完成 --as lisi",
    ),
}
SHOW = with_examples(
    "看一个事项的全部情况：要素、单位、经过、报送、佐证、延期、通知。",
    "duban item show T07",
    "duban item show T07 --json",
)
DISPUTE = with_examples(
    "对交办提出异议（退回），写明理由；事项照常办理，由办公室答复。",
    "duban item dispute T07 --reason 不属本单位职责 --as hbj",
)
CONCLUDE = with_examples(
    "持续开展的事项作年度小结，每年12月办理。",
    "duban item conclude T05 --reason 全年公布名单两批 --as hbj-head",
)
MERGE = with_examples(
    "把一个事项并入另一个：本事项撤项，两边都留下记录。",
    "duban item merge T07 --into T08 --reason 内容重复 --document 章无废办〔2025〕4号 --as wangqz",
)
ARCHIVE = with_examples("把已销号或撤项的事项归档。", "duban item archive T07 --as lisi")
DUE = with_examples("列出暂缓且复核日期已到的事项。", "duban item due-reviews --as-of 2025-03-01")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    item = typer.Typer(help="一个事项：查看、签收、暂缓、撤项等。", no_args_is_help=True)
    item.command("show", help=SHOW)(show)
    for name, (move, what, example) in MOVES.items():
        item.command(name, help=with_examples(what, f"duban item {name} {example}"))(_made(move))
    item.command("dispute", help=DISPUTE)(dispute)
    item.command("conclude", help=CONCLUDE)(conclude)
    item.command("merge", help=MERGE)(merge)
    item.command("archive", help=ARCHIVE)(archive)
    item.command("due-reviews", help=DUE)(due_reviews)
    app.add_typer(item, name="item")


def _made(move: Move) -> Callable[..., None]:
    """Return the command of a move; all moves take the same options."""

    def command(
        code: ItemCode,
        *,
        who: Who,
        reason: Reason = "",
        document: DocumentNumber = "",
        review_on: ReviewOn = None,
        as_of: AsOf = None,
        plan: PlanCode = None,
        as_json: AsJson = False,
    ) -> None:
        from services.moves import Wanted, move_item

        until = day(review_on) if review_on else None
        with acting(who=who, as_of=as_of, plan=plan) as act:
            wanted = Wanted(
                move=move,
                actor=act.actor,
                as_of=act.as_of,
                reason=reason,
                document=document,
                review_on=until,
            )
            state = move_item(act.session, act.item(code), wanted, now=act.now)
        if as_json:
            output.print_json("item-move", {"code": code.upper(), "move": move, "state": state})
            return
        output.show(f"{code.upper()} {move.label}：现为“{state.label}”。")

    return command


def dispute(
    code: ItemCode, *, who: Who, reason: Reason, as_of: AsOf = None, plan: PlanCode = None
) -> None:
    """Put a unit's dispute on record."""
    from services import item_events

    with acting(who=who, as_of=as_of, plan=plan) as act:
        item_events.dispute(act.session, act.item(code), _said(act, reason))
    output.show(f"{code.upper()} 的异议已登记，待办公室答复；事项照常办理。")


def conclude(
    code: ItemCode, *, who: Who, reason: Reason, as_of: AsOf = None, plan: PlanCode = None
) -> None:
    """Put the yearly conclusion of a continuing item on record."""
    from services import item_events

    with acting(who=who, as_of=as_of, plan=plan) as act:
        item_events.conclude_year(act.session, act.item(code), _said(act, reason))
        year = act.as_of.year
    output.show(f"{code.upper()} {year}年的年度小结已登记。")


def merge(
    code: ItemCode,
    *,
    into: Into,
    who: Who,
    reason: Reason,
    document: DocumentNumber,
    as_of: AsOf = None,
    plan: PlanCode = None,
) -> None:
    """Merge one item into another."""
    from services import item_events

    with acting(who=who, as_of=as_of, plan=plan) as act:
        said = _said(act, reason, document)
        item_events.merge(act.session, act.item(code), act.item(into), said)
    output.show(f"{code.upper()} 已并入 {into.upper()}。")


def archive(
    code: ItemCode, *, who: Who, reason: Reason = "", as_of: AsOf = None, plan: PlanCode = None
) -> None:
    """Put the archiving of a settled item on record."""
    from services import item_events

    with acting(who=who, as_of=as_of, plan=plan) as act:
        item_events.archive(act.session, act.item(code), _said(act, reason))
    output.show(f"{code.upper()} 已归档。")


def _said(act: Acting, reason: str, document: str = "") -> "Said":
    from services.item_events import Said

    return Said(actor=act.actor, as_of=act.as_of, now=act.now, reason=reason, document=document)


def due_reviews(*, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Print the suspended items whose review date has come."""
    from services.moves import due_reviews as due
    from services.office import open_office

    when = day(as_of) if as_of else None
    office = open_office()
    today = when or office.today()
    with office.reading() as session:
        found = [
            {"code": item.code, "title": item.title, "review_on": item.review_on}
            for item in due(session, today=today)
        ]
    if as_json:
        output.print_json("due-reviews", {"as_of": today, "total": len(found), "items": found})
        return
    rows = ((row["code"], row["title"], row["review_on"]) for row in found)
    output.show_table(f"待复核的暂缓事项 {len(found)} 项", ("编号", "任务/项目", "复核日期"), rows)


def show(
    code: ItemCode, *, as_of: AsOf = None, plan: PlanCode = None, as_json: AsJson = False
) -> None:
    """Print everything known of an item."""
    from cli.dossier import show_dossier
    from services.dossiers import dossier
    from services.moves import item_shown
    from services.office import open_office
    from services.plans import the_plan

    when = day(as_of) if as_of else None
    office = open_office()
    today = when or office.today()
    with office.reading() as session:
        item = item_shown(session, the_plan(session, plan), code)
        found = dossier(session, item, office.policy, today=today)
    if as_json:
        answer: dict[str, Any] = {"as_of": today, **output.plain(found)}
        output.print_json("item", answer)
        return
    show_dossier(found)
