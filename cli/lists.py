"""`duban items` and `duban overdue`: lists of work items as they stand on a day, also as files."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
from supervision.vocabulary import ItemKind, ItemState, Light, Rung, Word, word_named

if TYPE_CHECKING:  # each command imports what it needs, so that all of them start fast
    from services.pulling import Pulled

Kind = Annotated[
    str | None, typer.Option("--kind", metavar="类别", help="task 任务 / project 项目")
]
State = Annotated[str | None, typer.Option("--state", metavar="状态", help="如 assigned 已交办")]
Group = Annotated[
    str | None, typer.Option("--group", metavar="专班", help="只列这个专班的事项，如 工业领域")
]
ShownLight = Annotated[
    str | None, typer.Option("--light", metavar="灯", help="如 red 红、yellow 黄")
]
ShownRung = Annotated[
    str | None,
    typer.Option("--rung", metavar="梯级", help="最近一次督办到哪一级，如 blue 蓝色督办、none 无"),
]
MinDays = Annotated[
    int | None, typer.Option("--min-days", "--age", metavar="天数", min=1, help="至少逾期几天")
]
Supporting = Annotated[
    bool, typer.Option("--with-supporting", help="单位配合的事项也列（默认只列由其回话的）")
]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", metavar="文件", help="另存为 Excel 表")]
Csv = Annotated[Path | None, typer.Option("--csv", metavar="文件", help="另存为 CSV")]
Docx = Annotated[Path | None, typer.Option("--docx", metavar="文件", help="另存为 Word 表")]
FailOn = Annotated[
    str | None, typer.Option("--fail-on", metavar="条件", help="overdue：有逾期事项时退出码为 3")
]


ITEMS = with_examples(
    "列出事项及其状态灯，可按类别、单位、专班、状态、灯、梯级、逾期天数筛选，可另存为文件。",
    "duban items --kind project",
    "duban items --unit 区城管局 --json",
    "duban items --group 工业领域 --light red --xlsx 红灯.xlsx",
)
OVERDUE = with_examples(
    "列出逾期未销号的事项，基线待核的也列出并注明。--unit 列由该单位回话的，"
    "企业的事项列在其督导单位（没有的列在办公室）名下，与每日提醒一致。",
    "duban overdue --as-of 2025-01-02",
    "duban overdue --unit 区工信局 --json",
    "duban overdue --group 生活领域 --min-days 30 --docx 逾期清单.docx --csv 逾期清单.csv",
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("items", help=ITEMS)(items)
    app.command("overdue", help=OVERDUE)(overdue)


def items(
    *,
    kind: Kind = None,
    unit: UnitName = None,
    group: Group = None,
    state: State = None,
    light: ShownLight = None,
    rung: ShownRung = None,
    min_days: MinDays = None,
    as_of: AsOf = None,
    plan: PlanCode = None,
    xlsx: Xlsx = None,
    csv: Csv = None,
    docx: Docx = None,
    as_json: AsJson = False,
) -> None:
    """Print the items that fit."""
    pulled = _pulled(
        {"kind": kind, "state": state, "light": light, "rung": rung},
        unit=unit, group=group, min_days=min_days, as_of=as_of, plan=plan,
    )  # fmt: skip
    _save(pulled, {"xlsx": xlsx, "csv": csv, "docx": docx})
    answer = _answer(pulled)
    if as_json:
        output.print_json("items", answer)
        return
    show_items(f"事项 {answer['total']} 项（截至 {answer['as_of']}）", answer["items"])


def overdue(
    *,
    kind: Kind = None,
    unit: UnitName = None,
    with_supporting: Supporting = False,
    group: Group = None,
    state: State = None,
    light: ShownLight = None,
    rung: ShownRung = None,
    min_days: MinDays = None,
    as_of: AsOf = None,
    plan: PlanCode = None,
    fail_on: FailOn = None,
    xlsx: Xlsx = None,
    csv: Csv = None,
    docx: Docx = None,
    as_json: AsJson = False,
) -> None:
    """Print every open item whose current due date lies before the day."""
    allow_fail_on(fail_on, "overdue")
    pulled = _pulled(
        {"kind": kind, "state": state, "light": light, "rung": rung},
        unit=unit, group=group, min_days=min_days, as_of=as_of, plan=plan,
        overdue_only=True, with_supporting=with_supporting,
    )  # fmt: skip
    _save(pulled, {"xlsx": xlsx, "csv": csv, "docx": docx})
    answer = _answer(pulled)
    if as_json:
        output.print_json("overdue", answer)
    else:
        title = f"逾期未销号 {answer['total']} 项，其中基线待核 {answer['historic']} 项"
        show_items(f"{title}（截至 {answer['as_of']}）", answer["items"])
    if fail_on == "overdue" and answer["total"]:
        raise typer.Exit(output.FINDINGS)


WORDS: Mapping[str, type[Word]] = {
    "kind": ItemKind,
    "state": ItemState,
    "light": Light,
    "rung": Rung,
}


def _pulled(words: Mapping[str, str | None], *, as_of: str | None, **stated: Any) -> "Pulled":  # noqa: ANN401 - fields of Asked
    """Return the list that was asked for; `words` are options that name one of a few words."""
    from services.office import open_office
    from services.pulling import Asked, pull

    named: dict[str, Any] = {
        name: None if text is None else word_named(WORDS[name], text)
        for name, text in words.items()
    }
    asked = Asked(as_of=day(as_of) if as_of else None, **named, **stated)
    office = open_office()
    with office.reading() as session:
        return pull(session, office, asked)


def _answer(pulled: "Pulled") -> dict[str, Any]:
    return {
        "as_of": pulled.as_of,
        "total": len(pulled.items),
        "historic": pulled.historic,
        "items": pulled.items,
    }


def _save(pulled: "Pulled", files: Mapping[str, Path | None]) -> None:
    if not any(files.values()):
        return
    from services.overdue_files import write  # half a second that only files need

    for file in write(pulled, files):
        output.say(f"已写入 {file}（{len(pulled.items)} 项）。")


def show_items(title: str, found: list[Any]) -> None:
    """Print items as a table for people."""
    columns = ("编号", "任务/项目", "牵头单位", "时限", "状态", "灯", "依据", "逾期天数", "备注")
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
                item.reason,
                item.days_overdue or "",
                "基线待核" if item.historic else "",
            )
            for item in found
        ),
    )
