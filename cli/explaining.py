"""`duban explain`: how a phrase of a plan is read, and why."""

from typing import Annotated

import typer

from cli import output
from cli.options import AsJson, with_examples

Year = Annotated[int | None, typer.Option("--year", metavar="年份", help="原文没写年份时按哪一年")]
Text = Annotated[str, typer.Argument(metavar="文字", help="原文，如 2025年6月底前")]

DEADLINE = with_examples("说明一个完成时限读成什么、为什么。", "duban explain deadline 2025年底前")
UNITS = with_examples(
    "说明一段责任单位读成什么、为什么。", "duban explain units 区城管局牵头，区商务局配合"
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    explain = typer.Typer(help="说明一段文字怎样读、为什么。", no_args_is_help=True)
    explain.command("deadline", help=DEADLINE)(deadline)
    explain.command("units", help=UNITS)(units)
    app.add_typer(explain, name="explain")


def deadline(text: Text, *, year: Year = None, as_json: AsJson = False) -> None:
    """Print how a deadline is read."""
    from tasks_catalog.deadlines import read_deadline

    reading = read_deadline(text, year=year)
    if as_json:
        output.print_json("deadline", output.plain(reading))
        return
    due = reading.due_on or "（无日期）"
    output.show(f"{reading.kind.label}，到期日 {due}。{reading.why}")


def units(text: Text, *, as_json: AsJson = False) -> None:
    """Print how a phrase of responsible units is read."""
    from tasks_catalog.units import read_responsibility

    reading = read_responsibility(text)
    if as_json:
        output.print_json("units", output.plain(reading))
        return
    for label, names in (
        ("牵头", reading.lead_units),
        ("责任", reading.responsible_units),
        ("配合", reading.supporting_units),
    ):
        output.show(f"{label}：{'、'.join(names) or '（无）'}")
    output.show(reading.why)
