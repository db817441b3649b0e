"""`duban calendar`: which years' holidays are on record, and putting the next one there."""

from datetime import date, timedelta
from typing import Annotated

import typer

from cli import output
from cli.acting import Done, at_work, tell
from cli.options import AsJson, DryRun, WhoIfAny, day, with_examples

Year = Annotated[int, typer.Argument(metavar="年份", help="如 2027", min=2000, max=2100)]
Off = Annotated[
    list[str] | None, typer.Option("--off", metavar="日期", help="放假的日子，可多次；A..B 为一段")
]
Work = Annotated[
    list[str] | None, typer.Option("--work", metavar="日期", help="调休上班的周末，可多次")
]
Source = Annotated[str, typer.Option("--source", metavar="文号", help="放假通知的文号")]

CHECK = with_examples(
    "查看已登记放假安排的年度，缺当年（11月起含次年）时退出码为 3。", "duban calendar check"
)
ADD = with_examples(
    "登记或更正一个年度的放假安排。",
    "duban calendar add 2027 --off 2027-01-01..2027-01-03 --source 国办发明电〔2026〕7号 --as bgs",
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    calendar = typer.Typer(help="工作日历（含调休）。", no_args_is_help=True)
    calendar.command("check", help=CHECK)(check)
    calendar.command("add", help=ADD)(add)
    app.add_typer(calendar, name="calendar")


def check(*, as_json: AsJson = False) -> None:
    """Print the years on record; exit 3 when one that is needed is missing."""
    from services.calendars import missing_years, years_on_record
    from services.office import open_office

    office = open_office()
    with office.reading() as session:
        years = years_on_record(session)
        missing = missing_years(session, today=office.today())
    if as_json:
        output.print_json("calendar", {"years": years, "missing": missing})
    else:
        for found in years:
            output.show(f"{found.year}年：{found.days}天{'' if found.is_whole else '（不完整）'}")
        for year in missing:
            output.show(f"{year}年：尚未登记，按周一至周五推定，不起草督办通知")
    if missing:
        raise typer.Exit(output.FINDINGS)


def add(
    year: Year,
    *,
    source: Source,
    off: Off = None,
    work: Work = None,
    by: WhoIfAny = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Put a year's notice on record."""
    from services.calendars import YearsNotice, enter_year
    from services.office import open_office

    notice = YearsNotice(year=year, holidays=_days(off), makeups=_days(work), source=source)
    with at_work(open_office(), dry_run=dry_run) as (office, session):
        days = enter_year(session, office, notice, by=by)
    done = Done(told=f"已登记{year}年 {days} 天。", answer={"year": year, "days": days})
    tell("calendar", done, dry_run=dry_run, as_json=as_json)


def _days(texts: list[str] | None) -> list[date]:
    found: list[date] = []
    for text in texts or []:
        first, _, last = text.partition("..")
        start, end = day(first), day(last or first)
        found += [start + timedelta(days=n) for n in range((end - start).days + 1)]
    return found
