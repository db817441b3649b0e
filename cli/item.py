"""`duban item`: one item's dossier, its moves, and the suspended ones to look at again."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from cli import item_events, lights, output
from cli.acting import Acting, Done, acts
from cli.options import (
    AsJson,
    AsOf,
    DocumentNumber,
    ItemCode,
    PlanCode,
    Reason,
    day,
    with_examples,
)
from supervision.errors import UsageError
from supervision.vocabulary import HistoricRuling, Move, word_named

ReviewOn = Annotated[
    str | None, typer.Option("--review-on", metavar="日期", help="暂缓到哪一天复核")
]

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
SETTLE = with_examples(
    "核定几个基线待核的事项：已完成的记下依据（已申请销号的作为初审意见），没有完成的重新起算。",
    "duban item settle T01 T06 --how done --reason 章府办字〔2024〕3号已印发 --as lisi",
    "duban item settle T32 --how afresh --reason 经核未完成 --as lisi",
)
Codes = Annotated[list[str], typer.Argument(metavar="编号...", help="事项编号，可以几个")]
How = Annotated[
    str, typer.Option("--how", metavar="结果", help="done 已完成，afresh 未完成、重新起算")
]
SHOW = with_examples(
    "看一个事项的全部情况：要素、单位、经过、报送、佐证、延期、通知。",
    "duban item show T07",
    "duban item show T07 --json",
)
DUE = with_examples("列出暂缓且复核日期已到的事项。", "duban item due-reviews --as-of 2025-03-01")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    item = typer.Typer(help="一个事项：查看、签收、暂缓、撤项等。", no_args_is_help=True)
    item.command("show", help=SHOW)(show)
    for name, (move, what, example) in MOVES.items():
        item.command(name, help=with_examples(what, f"duban item {name} {example}"))(_made(move))
    item.command("settle", help=SETTLE)(settle)
    item_events.add_to(item)
    lights.add_to_item(item)
    item.command("due-reviews", help=DUE)(due_reviews)
    app.add_typer(item, name="item")


def _made(move: Move) -> Callable[..., None]:
    """Return the command of a move; all moves take the same options."""

    @acts("item-move")
    def command(
        act: Acting,
        code: ItemCode,
        *,
        reason: Reason = "",
        document: DocumentNumber = "",
        review_on: ReviewOn = None,
    ) -> Done:
        from services.moves import Wanted, move_item

        wanted = Wanted(
            move=move,
            actor=act.actor,
            as_of=act.as_of,
            reason=reason,
            document=document,
            review_on=day(review_on) if review_on else None,
        )
        item = act.item(code)
        state = move_item(act.session, item, wanted, now=act.now)
        return Done(
            told=f"{item.code} {move.label}：现为“{state.label}”。",
            answer={"code": item.code, "move": move, "state": state},
        )

    return command


@acts("item-settle")
def settle(act: Acting, codes: Codes, *, how: How, reason: Reason) -> Done:
    """Settle historic items, all alike or none of them."""
    from services.historic_words import Clerk, settle_several
    from services.settling import HistoricWord

    ruling = word_named(HistoricRuling, how)
    if not reason.strip():
        raise UsageError("核定须写明依据或理由", advice="请用 --reason 写明。")
    clerk = Clerk(actor=act.actor, as_of=act.as_of, now=act.now)
    items = [act.item(code) for code in codes]
    word = HistoricWord(how=ruling, why=reason.strip())
    settled = settle_several(act.session, items, word, clerk)
    return Done(
        told=f"{'、'.join(settled)} 共 {len(settled)} 项已核定为“{ruling.label}”。",
        answer={"codes": settled, "how": ruling},
    )


def due_reviews(*, as_of: AsOf = None, plan: PlanCode = None, as_json: AsJson = False) -> None:
    """Print the suspended items whose review date has come."""
    from services.moves import due_reviews as due
    from services.office import open_office
    from services.plans import chosen

    when = day(as_of) if as_of else None
    office = open_office()
    today = when or office.today()
    with office.reading() as session:
        plan_ids = {row.id for row in chosen(session, plan)}
        found = [
            {"code": item.code, "title": item.title, "review_on": item.review_on}
            for item in due(session, today=today)
            if item.plan_id in plan_ids
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
