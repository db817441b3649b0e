"""`duban token`: what other systems are let in with; each is shown once, when it is made."""

from typing import Annotated

import typer

from cli import output
from cli.acting import Done, at_work, tell
from cli.options import AsJson, DryRun, Who, with_examples
from supervision.vocabulary import Scope, word_named

TokenName = Annotated[str, typer.Argument(metavar="名称", help="对接系统的名称，如 区政务平台")]
Scopes = Annotated[
    list[str], typer.Option("--scope", metavar="用途", help="如 read_items、write_reports；可多次")
]
OfUnit = Annotated[
    str | None,
    typer.Option("--unit", metavar="单位", help="代表哪个单位；不写则代表办公室，只能查看"),
]
Days = Annotated[int, typer.Option("--days", metavar="天数", min=1, help="有效期，最长366天")]

ADD = with_examples(
    "为一个对接系统建立接口令牌；令牌只显示这一次，系统只存其校验值。",
    "duban token add 工信平台 --unit 区工信局 --scope read_items --scope write_reports --as admin",
    "duban token add 考核系统 --scope export_results --days 90 --as admin",
)
LIST = with_examples("列出接口令牌：代表谁、可作何用、何时到期。", "duban token list --json")
REVOKE = with_examples("立即撤销一个接口令牌。", "duban token revoke 考核系统 --as admin")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    token = typer.Typer(help="接口令牌：其他系统凭它对接。", no_args_is_help=True)
    token.command("add", help=ADD)(add)
    token.command("list", help=LIST)(list_tokens)
    token.command("revoke", help=REVOKE)(revoke)
    app.add_typer(token, name="token")


def add(
    name: TokenName,
    *,
    scope: Scopes,
    who: Who,
    unit: OfUnit = None,
    days: Days = 365,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Make a token and show it."""
    from services.accounts import actor_named
    from services.integration_tokens import NewToken, add_token
    from services.office import open_office
    from services.plans import the_office, unit_named

    scopes = frozenset(word_named(Scope, text) for text in scope)
    with at_work(open_office(), dry_run=dry_run) as (office, session):
        unit_id = unit_named(session, the_office(session).id, unit) if unit else None
        new = NewToken(name=name, scopes=scopes, unit_id=unit_id, days=days)
        made = add_token(session, office, new, actor_named(session, who, now=office.now()))
    shown = None if dry_run else made.secret
    done = Done(
        told=f"已建立令牌 {name}，{made.expires_on} 到期。"
        + (f"令牌（只显示这一次）：{shown}" if shown else ""),
        answer={
            "name": name,
            "unit": unit,
            "scopes": [one for one in Scope if one in scopes],
            "expires_on": made.expires_on,
            "token": shown,
        },
    )
    tell("token", done, dry_run=dry_run, as_json=as_json)


def list_tokens(*, as_json: AsJson = False) -> None:
    """Print the tokens, never what they are."""
    from services.integration_tokens import listed
    from services.office import open_office

    office = open_office()
    with office.reading() as session:
        found = listed(session, today=office.today())
    if as_json:
        output.print_json("tokens", {"total": len(found), "tokens": found})
        return
    rows = (
        (
            one.name,
            one.unit or "办公室",
            "、".join(scope.label for scope in one.scopes),
            one.expires_on,
            one.standing.label,
        )
        for one in found
    )
    output.show_table("接口令牌", ("名称", "代表", "用途", "到期", "状况"), rows)


def revoke(name: TokenName, *, who: Who, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Revoke a token."""
    from services.accounts import actor_named
    from services.integration_tokens import revoke_token
    from services.office import open_office

    with at_work(open_office(), dry_run=dry_run) as (office, session):
        is_new = revoke_token(session, office, name, actor_named(session, who, now=office.now()))
    told = f"令牌 {name} 已撤销。" if is_new else "原已撤销，未作改动。"
    done = Done(told=told, answer={"name": name, "is_new": is_new})
    tell("token-revoked", done, dry_run=dry_run, as_json=as_json)
