"""`duban items` and `duban overdue`: lists of work items as they stand on a day."""

from dataclasses import replace
from typing import Annotated, Any

import typer

from cli import output
from cli.options import (
    AsJson,
    AsOf,
    PlanCode,
    UnitName,
    allow_fail_on,
    day,
    with_examples,
)
from supervision.errors import UsageError
from supervision.vocabulary import ItemKind, ItemState, Word

Kind = Annotated[
    str | None, typer.Option("--kind", metavar="类别", help="task 任务 / project 项目")
]
State = Annotated[str | None, typer.Option("--state", metavar="状态", help="如 assigned 已交办")]
FailOn = Annotated[
    str | None, typer.Option("--fail-on", metavar="条件", help="overdue：有逾期事项时退出码为 3")
]


ITEMS = with_examples(
    "列出事项及其状态灯。", "duban items --kind project", "duban items --unit 区城管局 --json"
)
OVERDUE = with_examples(
    "列出逾期未销号的事项，基线待核的也列出并注明。",
    "duban overdue --as-of 2025-01-02",
    "duban overdue --unit 区工信局 --json",
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("items", help=ITEMS)(items)
    app.command("overdue", help=OVERDUE)(overdue)


def items(
    *,
    kind: Kind = None,
    unit: UnitName = None,
    state: State = None,
    as_of: AsOf = None,
    plan: PlanCode = None,
    as_json: AsJson = False,
) -> None:
    """Print the items that fit."""
    answer = _answer(
        kind=_word(ItemKind, kind), unit=unit, state=_word(ItemState, state), as_of=as_of, plan=plan
    )
    if as_json:
        output.print_json("items", answer)
        return
    show_items(f"事项 {answer['total']} 项（截至 {answer['as_of']}）", answer["items"])


def overdue(
    *,
    unit: UnitName = None,
    as_of: AsOf = None,
    plan: PlanCode = None,
    fail_on: FailOn = None,
    as_json: AsJson = False,
) -> None:
    """Print every open item whose current due date lies before the day."""
    allow_fail_on(fail_on, "overdue")
    answer = _answer(unit=unit, as_of=as_of, plan=plan, overdue_only=True)
    if as_json:
        output.print_json("overdue", answer)
    else:
        title = f"逾期未销号 {answer['total']} 项，其中基线待核 {answer['historic']} 项"
        show_items(f"{title}（截至 {answer['as_of']}）", answer["items"])
    if fail_on == "overdue" and answer["total"]:
        raise typer.Exit(output.FINDINGS)


def _answer(
    *,
    kind: ItemKind | None = None,
    unit: str | None = None,
    state: ItemState | None = None,
    as_of: str | None,
    plan: str | None,
    overdue_only: bool = False,
) -> dict[str, Any]:
    from db.work_items import Wanted
    from services.items import listed
    from services.office import open_office
    from services.plans import chosen, the_office, unit_named

    when = day(as_of) if as_of else None
    office = open_office()
    with office.reading() as session:
        wanted = Wanted(
            plan_ids=tuple(found.id for found in chosen(session, plan)),
            as_of=when or office.today(),
            kind=kind,
            state=state,
            overdue_only=overdue_only,
        )
        if unit is not None:
            wanted = replace(wanted, unit_id=unit_named(session, the_office(session).id, unit))
        found = listed(session, wanted, office.policy)
    return {
        "as_of": wanted.as_of,
        "total": len(found),
        "historic": sum(item.historic for item in found),
        "items": found,
    }


def _word(words: type[Word], text: str | None) -> Any:  # noqa: ANN401 - a member of `words`
    """Return the word of that value; UsageError with all there are."""
    if text is None:
        return None
    try:
        return words(text)  # type: ignore[call-arg]
    except ValueError as error:
        there = "、".join(f"{word.value} {word.label}" for word in words)
        raise UsageError(f"“{text}”不在可选范围内", advice=f"可选：{there}。") from error


def show_items(title: str, found: list[Any]) -> None:
    """Print items as a table for people."""
    columns = ("编号", "任务/项目", "牵头单位", "时限", "状态", "灯", "逾期天数", "备注")
    output.show_table(
        title,
        columns,
        (
            (
                item.code,
                item.title,
                item.lead_unit or "、".join(item.responsible_units),
                item.deadline_text,
                item.state.label,
                f"{item.light.label}（{item.rule}）",
                item.days_overdue or "",
                "基线待核" if item.historic else "",
            )
            for item in found
        ),
    )
