"""`duban link`: the one-time links that stand in mails, and taking them back."""

from typing import Annotated

import typer

from cli import output
from cli.acting import Done, at_work, tell
from cli.options import AsJson, DryRun, Who, with_examples

LinkId = Annotated[
    str | None, typer.Argument(metavar="编号", help="链接编号的开头，见 duban link list")
]
OfUnit = Annotated[str | None, typer.Option("--unit", metavar="单位", help="这个单位的全部链接")]
LiveOnly = Annotated[bool, typer.Option("--live", help="只列还可用的")]

Limit = Annotated[int, typer.Option("--limit", metavar="条数", min=1, help="最多列出多少条")]

LIST = with_examples(
    "列出邮件中的一次性链接：发给谁、办什么、到何时、用过没有；链接本身不显示。",
    "duban link list --live",
    "duban link list --unit 区工信局 --json",
)
REVOKE = with_examples(
    "撤销一条链接，或一个单位的全部链接；已办的事不受影响。",
    "duban link revoke 3f9c20aa --as bgs",
    "duban link revoke --unit 区工信局 --as bgs",
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    link = typer.Typer(help="邮件中的一次性链接。", no_args_is_help=True)
    link.command("list", help=LIST)(list_links)
    link.command("revoke", help=REVOKE)(revoke)
    app.add_typer(link, name="link")


def list_links(
    *, unit: OfUnit = None, live: LiveOnly = False, limit: Limit = 200, as_json: AsJson = False
) -> None:
    """Print the links, newest first."""
    from services.links import SHORT, listed
    from services.office import SHANGHAI, open_office
    from services.plans import the_office, unit_named

    office = open_office()
    with office.reading() as session:
        unit_id = unit_named(session, the_office(session).id, unit) if unit else None
        found = listed(session, unit_id=unit_id, live_only=live, now=office.now(), most=limit)
    if as_json:
        output.print_json("links", {"total": len(found), "links": found})
        return
    rows = (
        (
            one.id.hex[:SHORT],
            one.unit,
            one.bound_to,
            one.purpose.label,
            f"{one.ends_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
            one.standing.label,
        )
        for one in found
    )
    output.show_table("一次性链接", ("编号", "单位", "发给", "用途", "有效到", "状况"), rows)


def revoke(
    link: LinkId = None,
    *,
    who: Who,
    unit: OfUnit = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Revoke one link, or all of a unit."""
    from services import links
    from services.accounts import actor_named
    from services.office import open_office
    from services.plans import the_office, unit_named
    from supervision.errors import UsageError

    if (link is None) == (unit is None):
        raise UsageError("请写明撤销哪一条链接，或哪个单位的", advice="编号和 --unit 写其中一个。")
    with at_work(open_office(), dry_run=dry_run) as (office, session):
        unit_id = unit_named(session, the_office(session).id, unit) if unit else None
        by = actor_named(session, who, now=office.now())
        count = links.revoke(session, office, by, name=link or "", unit_id=unit_id)
    done = Done(told=f"已撤销 {count} 条链接。", answer={"revoked": count})
    tell("links_revoked", done, dry_run=dry_run, as_json=as_json)
