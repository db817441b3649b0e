"""`duban user`: accounts and their roles; there is none until the first administrator is made."""

import secrets
import sys
from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer

from cli import output
from cli.acting import Done, at_work, tell
from cli.options import AsJson, DryRun, Who, with_examples
from supervision.vocabulary import Role, word_named

Name = Annotated[str, typer.Argument(metavar="账号", help="账号名")]
FullName = Annotated[str, typer.Option("--name", metavar="姓名", help="本人姓名")]
Roles = Annotated[
    list[str], typer.Option("--role", metavar="角色", help="如 office、liaison、head；可多次")
]
OneRole = Annotated[str, typer.Argument(metavar="角色", help="如 reviewer")]
Unit = Annotated[str | None, typer.Option("--unit", metavar="单位", help="所在单位")]
By = Annotated[str | None, typer.Option("--as", metavar="账号", help="由哪个管理员办理")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="从标准输入读密码；不加则生成一个并显示一次")
]
RANDOM_BYTES = 15

ADD = with_examples(
    "新建账号。没有默认账号：第一个必须是管理员，由安装者建立。",
    "duban user add admin --name 张三 --role administrator",
    "duban user add gxj --name 李四 --role liaison --unit 区工信局 --as admin",
)
LIST = with_examples("列出账号和角色。", "duban user list --json")
GRANT = with_examples("给账号增加一个角色。", "duban user grant lisi reviewer --as admin")
REVOKE = with_examples("撤销账号的一个角色。", "duban user revoke lisi reviewer --as admin")
DISABLE = with_examples("停用账号；记录保留。", "duban user disable lisi --as admin")
STALE = with_examples("列出90天未使用的账号。", "duban user stale")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    user = typer.Typer(help="账号与角色。", no_args_is_help=True)
    user.command("add", help=ADD)(add)
    user.command("list", help=LIST)(list_accounts)
    user.command("grant", help=GRANT)(grant)
    user.command("revoke", help=REVOKE)(revoke)
    user.command("disable", help=DISABLE)(disable)
    user.command("stale", help=STALE)(stale)
    app.add_typer(user, name="user")


def add(
    account: Name,
    *,
    name: FullName,
    role: Roles,
    unit: Unit = None,
    by: By = None,
    password_stdin: FromStdin = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Make an account; its password is shown once, or read from standard input."""
    from services import accounts
    from services.office import open_office
    from services.plans import the_office, unit_named

    password = sys.stdin.readline().rstrip("\n") if password_stdin else _fresh_password(account)
    roles = frozenset(word_named(Role, text) for text in role)
    with at_work(open_office(), dry_run=dry_run) as (office, session):
        new = accounts.NewAccount(
            name=account,
            full_name=name,
            unit_id=unit_named(session, the_office(session).id, unit) if unit else None,
            roles=roles,
            password=password,
        )
        actor = accounts.actor_named(session, by) if by else None
        accounts.add_account(
            session,
            new,
            actor,
            profile=office.settings.password_profile,
            today=office.today(),
            now=office.now(),
        )
    shown = None if password_stdin or dry_run else password
    done = Done(
        told=f"已建立账号 {account}。" + (f"初始密码（只显示这一次）：{shown}" if shown else ""),
        answer={"account": account, "roles": sorted(roles), "password": shown},
    )
    tell("user", done, dry_run=dry_run, as_json=as_json)


def _fresh_password(account: str) -> str:
    """Return a random password that meets every profile and does not hold the account's name."""
    while account.casefold() in (password := secrets.token_urlsafe(RANDOM_BYTES)).casefold():
        pass
    return f"{password}-Aa1"


def list_accounts(*, as_json: AsJson = False) -> None:
    """Print the accounts, disabled ones marked."""
    from services.accounts import listed
    from services.office import open_office

    office = open_office()
    with office.reading() as session:
        found = listed(session)
    if as_json:
        output.print_json("users", {"accounts": found})
        return
    rows = (
        (
            one.name,
            one.full_name,
            one.unit,
            "、".join(role.label for role in one.roles),
            "停用" if one.disabled else "",
        )
        for one in found
    )
    output.show_table("账号", ("账号", "姓名", "单位", "角色", "备注"), rows)


def grant(
    account: Name, role: OneRole, *, who: Who, dry_run: DryRun = False, as_json: AsJson = False
) -> None:
    """Give an account a role."""
    from services import accounts

    given = word_named(Role, role)
    _change(partial(accounts.grant, role=given), account, who, dry_run=dry_run, as_json=as_json)


def revoke(
    account: Name, role: OneRole, *, who: Who, dry_run: DryRun = False, as_json: AsJson = False
) -> None:
    """Take a role away from an account."""
    from services import accounts

    taken = word_named(Role, role)
    _change(partial(accounts.revoke, role=taken), account, who, dry_run=dry_run, as_json=as_json)


def disable(account: Name, *, who: Who, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Close an account."""
    from services import accounts

    _change(accounts.disable, account, who, dry_run=dry_run, as_json=as_json)


def _change(
    change: Callable[..., bool], account: str, who: str, *, dry_run: bool, as_json: bool
) -> None:
    from services import accounts
    from services.office import open_office

    with at_work(open_office(), dry_run=dry_run) as (office, session):
        by = accounts.actor_named(session, who)
        is_new = change(session, account, by=by, today=office.today(), now=office.now())
        roles = accounts.roles_of(session, account)
    told = "已更新。" if is_new else "原本如此，未作改动。"
    answer = {"account": account, "is_new": is_new, "roles": roles}
    tell("user-change", Done(told=told, answer=answer), dry_run=dry_run, as_json=as_json)


def stale(*, as_json: AsJson = False) -> None:
    """Print the accounts nobody has used for 90 days."""
    from services.accounts import stale as unused
    from services.office import open_office

    office = open_office()
    with office.reading() as session:
        names = [account.name for account in unused(session, now=office.now())]
    if as_json:
        output.print_json("users", {"stale": names})
        return
    output.show("、".join(names) or "没有90天未使用的账号。")
