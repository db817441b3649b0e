"""Options that every fitting command has, read once and refused in Chinese."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from supervision.errors import UsageError

FIRST_YEAR, LAST_YEAR = 2000, 2100  # a plan's years; beyond them no calendar is kept


def day(text: str) -> date:
    """Return the date of an ISO text; UsageError for one that does not exist."""
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"“{text}”不是有效日期", advice="请写成 2025-01-02 这样的形式，并核对月份天数。"
        ) from error
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise UsageError(
            f"“{text}”不在可用的年份内", advice=f"年份应在{FIRST_YEAR}至{LAST_YEAR}之间。"
        )
    return found


def allow_fail_on(asked: str | None, known: str) -> None:
    """Refuse a condition that `--fail-on` does not know: a script must not be green for ever."""
    if asked not in (None, known):
        raise UsageError(f"--fail-on 不认识“{asked}”", advice=f"可用：{known}。")


def with_examples(what: str, *examples: str) -> str:
    """Return the help of a command: what it does, then how it is typed."""
    return "\n\n".join([what, *(f"例：{example}" for example in examples)])


AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="日期", help="按哪一天计算，如 2025-01-02；默认今天（北京时间）"
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON：数据在标准输出，说明在标准错误")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只说明会做什么，不作任何改动")]
PlanCode = Annotated[str | None, typer.Option("--plan", metavar="代码", help="只处理这一份计划")]
UnitName = Annotated[str | None, typer.Option("--unit", metavar="单位", help="只列这个单位的事项")]
InputFile = Annotated[Path, typer.Argument(metavar="文件", help="要读取的文件")]
ItemCode = Annotated[str, typer.Argument(metavar="编号", help="事项编号，如 T07")]
Reason = Annotated[str, typer.Option("--reason", metavar="理由", help="理由或意见")]
DocumentNumber = Annotated[
    str, typer.Option("--document", metavar="文号", help="依据的文号，如 章无废办〔2025〕3号")
]
Opinion = Annotated[str, typer.Option("--opinion", metavar="意见", help="审核意见")]
Decided = Annotated[
    str | None, typer.Option("--decision", metavar="结果", help="如 open 待定、approved 同意")
]
Quarter = Annotated[str, typer.Argument(metavar="季度", help="如 2024Q4")]
InRound = Annotated[
    str | None, typer.Option("--round", metavar="季度", help="如 2024Q4；默认最近开启的一轮")
]
Folder = Annotated[Path, typer.Option("--out", metavar="目录", help="写到这个目录")]
Who = Annotated[str, typer.Option("--as", metavar="账号", help="由哪个账号办理")]
WhoIfAny = Annotated[
    str | None, typer.Option("--as", metavar="账号", help="由哪个账号办理；尚无经办账号时不填")
]
