"""`duban burden`: what this quarter asked of each unit."""

import typer

from cli import output
from cli.options import AsJson, AsOf, day, with_examples

BURDEN = with_examples(
    "负担统计：本季度各单位收到多少应报、提醒、通知，有多少因上限未发。",
    "duban burden",
    "duban burden --as-of 2025-01-02 --json",
)
HEADINGS = ("单位", "应报", "已报次数", "提醒汇总", "提醒事项", "督办通知", "因上限未发")


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("burden", help=BURDEN)(burden)


def burden(*, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Print the burden of every unit that was asked for anything."""
    from services.burden import of_quarter
    from services.office import open_office

    office = open_office()
    today = day(as_of) if as_of else office.today()
    with office.reading() as session:
        found = of_quarter(session, office.policy, today=today)
    if as_json:
        output.print_json("burden", {"as_of": today, "units": found})
        return
    rows = (tuple(output.plain(one).values()) for one in found)
    output.show_table(f"负担统计（{today} 所在季度）", HEADINGS, rows)
