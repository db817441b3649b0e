"""`duban notice list` and `show`: notices looked at; the group `notice` is put together here."""

from typing import TYPE_CHECKING, Any

import typer

from cli import output
from cli.lists import Group, MinDays, ShownLight
from cli.notice_files import add_files
from cli.notice_looking import InState, OfRung, WithEnded, looking, narrowed_by
from cli.notices import Named, add_acts
from cli.options import AsJson, AsOf, PlanCode, UnitName, with_examples

if TYPE_CHECKING:  # each command imports what it needs, so that all of them start fast
    from services.notice_shown import ListedNotice, MatterShown

LIST = with_examples(
    "列出督办通知：待签发的草稿和已签发的通知，可按单位、专班、灯、梯级、逾期天数、状态筛选。",
    "duban notice list",
    "duban notice list --unit 区城管局 --rung blue --json",
)
SHOW = with_examples(
    "查看一份通知：所涉事项、签发送达、答复审核。",
    "duban notice show 2025-3",
    "duban notice show T07",
)


def add_to(app: typer.Typer) -> None:
    """Add the group `notice` to the program: what looks at notices, and what acts on them."""
    notice = typer.Typer(
        help="督办通知：查看、起草、签发、印发、送达、答复、作废、调阅。", no_args_is_help=True
    )
    notice.command("list", help=LIST)(list_notices)
    notice.command("show", help=SHOW)(show)
    add_files(notice)
    add_acts(notice)
    app.add_typer(notice, name="notice")


def list_notices(
    *,
    unit: UnitName = None,
    group: Group = None,
    light: ShownLight = None,
    rung: OfRung = None,
    min_days: MinDays = None,
    state: InState = None,
    with_ended: WithEnded = False,
    as_of: AsOf = None,
    plan: PlanCode = None,
    as_json: AsJson = False,
) -> None:
    """Print the notices that fit."""
    from services.notice_lists import listed

    narrowed = narrowed_by(
        unit=unit, group=group, light=light, rung=rung, state=state, min_days=min_days,
        with_ended=with_ended,
    )  # fmt: skip
    with looking(as_of, plan) as look:
        rows = listed(look.session, look.office, look.plan, narrowed, as_of=look.as_of)
        found = [notice for notice, _ in rows]
    items = sum(len(notice.items) for notice in found)
    if as_json:
        answer = {"as_of": look.as_of, "total": len(found), "matters": items, "notices": found}
        output.print_json("notices", answer)
        return
    columns = ("文号/编号", "梯级", "文种", "状态", "单位", "事项", "送达", "答复截止", "备注")
    title = f"督办通知 {len(found)} 份，涉及 {items} 项次（截至 {look.as_of}）"
    output.show_table(title, columns, (_row(notice) for notice in found))


def _row(notice: "ListedNotice") -> tuple[Any, ...]:
    return (
        notice.reference,
        notice.rung.label,
        notice.form.label,
        notice.state.label,
        notice.unit,
        "、".join(f"{one.code}（{one.state.label}）" for one in notice.items),
        notice.delivered_on,
        notice.reply_due_on,
        notice.end_reason or notice.remark,
    )


def show(
    named: Named, *, as_of: AsOf = None, plan: PlanCode = None, as_json: AsJson = False
) -> None:
    """Print one notice."""
    from services.notice_lists import one_of
    from services.notice_sheets import kind_name

    with looking(as_of, plan) as look:
        notice, _ = one_of(look.session, look.office, look.plan, named, as_of=look.as_of)
    if as_json:
        output.print_json("notice", {"as_of": look.as_of, "notice": notice})
        return
    output.show(f"{notice.reference} {kind_name(notice.rung, notice.form)}：{notice.unit}")
    output.show("　".join(f"{label}{value}" for label, value in _life(notice) if value))
    columns = ("编号", "任务/项目", "通知", "灯", "逾期天数", "答复")
    output.show_table("所涉事项", columns, (_matter(matter) for matter in notice.items))


def _life(notice: "ListedNotice") -> tuple[tuple[str, Any], ...]:
    return (
        ("状态：", notice.state.label),
        ("起草：", notice.drafted_on),
        ("签发：", notice.signed_on and f"{notice.signed_on} {notice.signed_by}"),
        ("印发：", notice.issued_on),
        ("送达：", notice.delivered_on and f"{notice.delivered_on}（{notice.delivered_how}）"),
        ("签收：", notice.acknowledged_on),
        ("答复截止：", notice.reply_due_on),
        ("说明：", notice.end_reason or notice.remark),
    )


def _matter(matter: "MatterShown") -> tuple[Any, ...]:
    answer = matter.answer
    said = (
        ""
        if answer is None
        else f"{answer.answered_on} {answer.text}（{answer.decision.of_review}）"
    )
    return (
        matter.code,
        matter.title,
        matter.state.label,
        f"{matter.light.label}（{matter.rule}）",
        matter.days_overdue or "",
        said,
    )
