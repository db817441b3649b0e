"""`duban item dispute`, `merge` and others: what happens to an item without changing its state."""

from typing import TYPE_CHECKING, Annotated

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
    with_examples,
)

if TYPE_CHECKING:
    from services.item_events import Said

Into = Annotated[str, typer.Option("--into", metavar="编号", help="并入哪个事项")]

DISPUTE = with_examples(
    "对交办提出异议（退回），写明理由；事项照常办理，由办公室答复。",
    "duban item dispute T07 --reason 不属本单位职责 --as hbj",
)
ANSWER = with_examples(
    "答复对交办的异议。", "duban item answer T07 --reason 经研究仍由贵单位牵头 --as lisi"
)
DISPUTES = with_examples("列出尚未答复的异议。", "duban item disputes --json")
CONCLUDE = with_examples(
    "持续开展的事项作年度小结，每年12月办理。",
    "duban item conclude T05 --reason 全年公布名单两批 --as hbj-head",
)
MERGE = with_examples(
    "把一个事项并入另一个：本事项撤项，两边都留下记录。",
    "duban item merge T07 --into T08 --reason 内容重复 --document 章无废办〔2025〕4号 --as wangqz",
)
ARCHIVE = with_examples("把已销号或撤项的事项归档。", "duban item archive T07 --as lisi")


def add_to(item: typer.Typer) -> None:
    """Add these commands to `duban item`."""
    item.command("dispute", help=DISPUTE)(dispute)
    item.command("answer", help=ANSWER)(answer)
    item.command("disputes", help=DISPUTES)(disputes)
    item.command("conclude", help=CONCLUDE)(conclude)
    item.command("merge", help=MERGE)(merge)
    item.command("archive", help=ARCHIVE)(archive)


def dispute(
    code: ItemCode, *, who: Who, reason: Reason, as_of: AsOf = None, plan: PlanCode = None
) -> None:
    """Put a unit's dispute on record."""
    from services import item_events

    with acting(who=who, as_of=as_of, plan=plan) as act:
        item_events.dispute(act.session, act.item(code), _said(act, reason))
    output.show(f"{code.upper()} 的异议已登记，待办公室答复；事项照常办理。")


def answer(
    code: ItemCode, *, who: Who, reason: Reason, as_of: AsOf = None, plan: PlanCode = None
) -> None:
    """Put the office's answer to a dispute on record."""
    from services import item_events

    with acting(who=who, as_of=as_of, plan=plan) as act:
        item_events.answer_dispute(act.session, act.item(code), _said(act, reason))
    output.show(f"{code.upper()} 的异议已答复。")


def disputes(*, as_json: AsJson = False) -> None:
    """Print the disputes nobody has answered, the oldest first."""
    from db import dossiers
    from services.office import open_office
    from services.plans import the_office

    with open_office().reading() as session:
        found = [
            {"code": item.code, "title": item.title, "as_of": event.as_of, "by": event.actor,
             "why": event.why}
            for item, event in dossiers.disputed(session, the_office(session).id)
        ]  # fmt: skip
    if as_json:
        output.print_json("disputes", {"total": len(found), "disputes": found})
        return
    columns = ("编号", "任务/项目", "日期", "提出人", "理由")
    output.show_table(
        f"待答复的异议 {len(found)} 件", columns, (tuple(row.values()) for row in found)
    )


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
