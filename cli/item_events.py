"""`duban item dispute`, `merge` and others: what happens to an item without changing its state."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli import output
from cli.acting import Acting, Done, acts
from cli.options import AsJson, DocumentNumber, ItemCode, PlanCode, Reason, with_examples
from supervision.errors import UsageError
from supervision.vocabulary import ItemEvent

if TYPE_CHECKING:
    from services.item_events import Said

Lead = Annotated[str | None, typer.Option("--lead", metavar="单位", help="改由这个单位牵头")]
Support = Annotated[
    list[str] | None,
    typer.Option("--support", metavar="单位", help="改由这些单位配合，可多次；默认配合单位不变"),
]
Into = Annotated[str, typer.Option("--into", metavar="编号", help="并入哪个事项")]

DISPUTE = with_examples(
    "对交办提出异议（退回），写明理由；事项照常办理，由办公室答复。",
    "duban item dispute T07 --reason 不属本单位职责 --as hbj",
)
ANSWER = with_examples(
    "答复对交办的异议：维持原交办，或用 --lead 改派；改派后由新的牵头单位重新签收。",
    "duban item answer T07 --reason 经研究仍由贵单位牵头 --as lisi",
    "duban item answer T07 --reason 属住建职责 --lead 区住建局 --support 区城管局 --as lisi",
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


@acts("item-event")
def dispute(act: Acting, code: ItemCode, *, reason: Reason) -> Done:
    """Put a unit's dispute on record."""
    from services import item_events

    is_new = item_events.dispute(act.session, act.item(code), _said(act, reason))
    return _done(code, ItemEvent.DISPUTE, "的异议已登记，待办公室答复；事项照常办理", is_new=is_new)


@acts("item-event")
def answer(
    act: Acting,
    code: ItemCode,
    *,
    reason: Reason,
    lead: Lead = None,
    support: Support = None,
    document: DocumentNumber = "",
) -> Done:
    """Put the office's answer to a dispute on record, and with a new lead give it the item."""
    from services import item_events, reassignment

    item, said = act.item(code), _said(act, reason, document)
    if lead is None:
        if support:
            raise UsageError("改派须写明牵头单位", advice="请同时写 --lead。")
        is_new = item_events.answer_dispute(act.session, item, said)
        return _done(code, ItemEvent.ANSWER_DISPUTE, "的异议已答复", is_new=is_new)
    units = reassignment.NewUnits(lead=lead, supporting=support or None)
    is_new = reassignment.answer_by_reassigning(act.session, item, said, units)
    told = f"的异议已答复，改由{lead}牵头，须重新签收"
    return _done(code, ItemEvent.ANSWER_DISPUTE, told, is_new=is_new)


def disputes(*, plan: PlanCode = None, as_json: AsJson = False) -> None:
    """Print the disputes nobody has answered, the oldest first."""
    from db import dossiers
    from services.office import open_office
    from services.plans import chosen, the_office

    with open_office().reading() as session:
        plan_ids = {row.id for row in chosen(session, plan)}
        found = [
            {"code": item.code, "title": item.title, "as_of": event.as_of, "by": event.actor,
             "why": event.why}
            for item, event in dossiers.disputed(session, the_office(session).id)
            if item.plan_id in plan_ids
        ]  # fmt: skip
    if as_json:
        output.print_json("disputes", {"total": len(found), "disputes": found})
        return
    columns = ("编号", "任务/项目", "日期", "提出人", "理由")
    output.show_table(
        f"待答复的异议 {len(found)} 件", columns, (tuple(row.values()) for row in found)
    )


@acts("item-event")
def conclude(act: Acting, code: ItemCode, *, reason: Reason) -> Done:
    """Put the yearly conclusion of a continuing item on record."""
    from services import item_events

    is_new = item_events.conclude_year(act.session, act.item(code), _said(act, reason))
    return _done(
        code, ItemEvent.CONCLUDE_YEAR, f"{act.as_of.year}年的年度小结已登记", is_new=is_new
    )


@acts("item-event")
def merge(
    act: Acting, code: ItemCode, *, into: Into, reason: Reason, document: DocumentNumber
) -> Done:
    """Merge one item into another."""
    from services import item_events

    said = _said(act, reason, document)
    item_events.merge(act.session, act.item(code), act.item(into), said)
    return _done(code, ItemEvent.MERGE, f"已并入 {into.upper()}", is_new=True)


@acts("item-event")
def archive(act: Acting, code: ItemCode, *, reason: Reason = "") -> Done:
    """Put the archiving of a settled item on record."""
    from services import item_events

    is_new = item_events.archive(act.session, act.item(code), _said(act, reason))
    return _done(code, ItemEvent.ARCHIVE, "已归档", is_new=is_new)


def _done(code: str, event: ItemEvent, told: str, *, is_new: bool) -> Done:
    named = code.upper()
    answer = {"code": named, "event": event, "is_new": is_new}
    return Done(told=f"{named} {told}{'' if is_new else '（原已登记）'}。", answer=answer)


def _said(act: Acting, reason: str, document: str = "") -> "Said":
    from services.item_events import Said

    return Said(actor=act.actor, as_of=act.as_of, now=act.now, reason=reason, document=document)
