"""`duban audit`: is the record whole, and telling its head to somebody outside."""

import syslog
from typing import Annotated

import typer

from cli import output
from cli.acting import Done, at_work, tell
from cli.options import AsJson, DryRun, Who, day, with_examples

Mail = Annotated[str | None, typer.Option("--mail", metavar="邮箱", help="同时发给这个邮箱")]
ToSyslog = Annotated[bool, typer.Option("--syslog", help="同时写入系统日志")]
Against = Annotated[
    str, typer.Option("--against", metavar="锚点", help="库外保存的锚点（整行），用来查出旧库")
]
Before = Annotated[str, typer.Option("--before", metavar="日期", help="归档这一天之前的记录")]

VERIFY = with_examples(
    "核验审计记录：有无改动、删除、插入、调换、截断。不完整时退出码为 1。",
    "duban audit verify",
    "duban audit verify --against 'duban 审计锚点 2025-01-02 共126条 …'",
)
ANCHOR = with_examples(
    "记下当日记录的末端，并告知库外的人；每天一次，重复运行不变。",
    "duban audit anchor --syslog",
    "duban audit anchor --mail auditor@example.gov.cn",
)
ARCHIVE = with_examples(
    "把保留期以前的记录移入归档文件，链条不断。",
    "duban audit archive --before 2025-01-01 --as admin",
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    audit = typer.Typer(help="审计记录。", no_args_is_help=True)
    audit.command("verify", help=VERIFY)(verify)
    audit.command("anchor", help=ANCHOR)(anchor)
    audit.command("archive", help=ARCHIVE)(archive)
    app.add_typer(audit, name="audit")


def verify(*, against: Against = "", as_json: AsJson = False) -> None:
    """Walk the chain; exit 1 where it does not hold."""
    from services.audit import verify as walk
    from services.office import open_office

    office = open_office()
    with office.reading() as session:
        found = walk(session, office, told=against)
    if as_json:
        output.print_json("audit", {**output.plain(found), "whole": found.is_whole})
    else:
        output.show(
            f"共 {found.entries} 条（其中已归档 {found.archived} 条），锚点 {found.anchors} 个："
            f"{found.why}。"
        )
    if not found.is_whole:
        raise typer.Exit(output.FAILED)


def anchor(
    *,
    mail: Mail = None,
    to_syslog: ToSyslog = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Keep today's head of the chain and tell it outside; a trial tells nobody."""
    from services.audit import anchor as keep
    from services.audit import anchor_text, anchor_told
    from services.channels import tell_auditor
    from services.office import open_office

    with at_work(open_office(), dry_run=dry_run) as (office, session):
        made = keep(session, office, day=office.today())
        line = anchor_told(made) if dry_run else anchor_text(office, made)  # signing makes a key
        kept = {"day": made.day, "sequence": made.sequence, "hash": made.hash}
    tell("anchor", Done(told=line, answer=kept), dry_run=dry_run, as_json=as_json)
    if dry_run:
        return
    if to_syslog:
        syslog.openlog("duban", facility=syslog.LOG_AUTH)
        syslog.syslog(syslog.LOG_NOTICE, line)
    told = None if mail is None else tell_auditor(office, address=mail, line=line)
    if told is not None and not told.is_accepted:
        output.say(f"未能发给审计员：{told.reason}")
        raise typer.Exit(output.PARTLY_DELIVERED)


def archive(*, before: Before, who: Who, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Move old entries into a file."""
    from services.accounts import actor_named
    from services.office import open_office
    from services.record_archives import archive as move

    with at_work(open_office(), dry_run=dry_run) as (office, session):
        stretch = move(session, office, actor_named(session, who), before=day(before))
        answer = {
            "first": stretch.first_sequence,
            "last": stretch.last_sequence,
            "file": stretch.file_name,
        }
    told = f"第 {answer['first']} 至 {answer['last']} 条已移入 {answer['file']}。"
    tell("archive", Done(told=told, answer=answer), dry_run=dry_run, as_json=as_json)
