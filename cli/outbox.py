"""`duban outbox`: what went out, what did not, and what a person does about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output
from cli.acting import at_work
from cli.options import AsJson, DryRun, Reason, Who, with_examples
from supervision.vocabulary import ChannelKind, MessageKind, MessageState, word_named

if TYPE_CHECKING:
    from db.record_tables import Message
    from services.outbox import Acting

MessageId = Annotated[str, typer.Argument(metavar="编号", help="消息编号，至少前8位")]
State = Annotated[
    str | None, typer.Option("--state", metavar="状态", help="如 parked 待人工处理、refused 拒收")
]
Kind = Annotated[
    str | None, typer.Option("--kind", metavar="种类", help="如 digest 每日提醒、notice 督办通知")
]
OfUnit = Annotated[str | None, typer.Option("--unit", metavar="单位", help="只列发给这个单位的")]
Limit = Annotated[int, typer.Option("--limit", metavar="条数", min=1, help="最多列多少条")]
By = Annotated[
    str | None, typer.Option("--channel", metavar="渠道", help="改用的渠道，如 mail、sms、file")
]
SpokeTo = Annotated[str, typer.Option("--spoke-to", metavar="接听人", help="谁接的电话")]
Answer = Annotated[str, typer.Option("--answer", metavar="答复", help="对方怎么答复")]
SHORT = 8

LIST = with_examples(
    "列出消息；未送达而须人工处理的排在最前。有这样的消息时，退出码为 5。",
    "duban outbox list",
    "duban outbox list --state parked --unit 区住建局 --json",
)
SHOW = with_examples(
    "查看一条消息：正文、每次发送的结果、电话记录、接替关系。", "duban outbox show 3f9a0c12"
)
RESEND = with_examples(
    "重发一条未送达的消息，可改用其他渠道；新的一条注明接替哪一条。",
    "duban outbox resend 3f9a0c12 --as lisi",
    "duban outbox resend 3f9a0c12 --channel sms --as lisi",
)
PARK = with_examples(
    "把一条消息留待人工处理，不再自动发送。",
    "duban outbox park 3f9a0c12 --reason 号码有误，正在核实 --as lisi",
)
CALL = with_examples(
    "登记一次电话告知：谁接的、怎么答复；这条消息就此了结。",
    "duban outbox call 3f9a0c12 --spoke-to 王主任 --answer 今日下班前报送 --as lisi",
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    outbox = typer.Typer(help="发件箱。", no_args_is_help=True)
    outbox.command("list", help=LIST)(list_messages)
    outbox.command("show", help=SHOW)(show)
    outbox.command("resend", help=RESEND)(resend)
    outbox.command("park", help=PARK)(park)
    outbox.command("call", help=CALL)(call)
    app.add_typer(outbox, name="outbox")


def list_messages(
    *,
    state: State = None,
    kind: Kind = None,
    unit: OfUnit = None,
    limit: Limit = 200,
    as_json: AsJson = False,
) -> None:
    """Print messages, those that wait for a person on top; exit 5 when there are any."""
    from db.outbox import Wanted, waiting_for_a_person
    from services.office import open_office
    from services.outbox import listed
    from services.plans import the_office, unit_named

    with open_office().reading() as session:
        office_id = the_office(session).id
        wanted = Wanted(
            state=word_named(MessageState, state) if state else None,
            kind=word_named(MessageKind, kind) if kind else None,
            unit_id=unit_named(session, office_id, unit) if unit else None,
            most=limit,
        )
        found = listed(session, wanted)
        waiting = waiting_for_a_person(session, office_id)
    if as_json:
        output.print_json("outbox", {"needs_a_person": waiting, "messages": found})
    else:
        _show_list([output.plain(entry) for entry in found], waiting)
    if waiting:
        output.say(f"有 {waiting} 条消息未送达，须人工处理。")
        raise typer.Exit(output.PARTLY_DELIVERED)


def _show_list(found: list[dict[str, Any]], waiting: int) -> None:
    columns = ("编号", "状态", "种类", "收件", "渠道", "主题", "次数", "原因")
    rows = (
        (
            entry["id"].replace("-", "")[:SHORT],
            MessageState(entry["state"]).label,  # type: ignore[call-arg]
            MessageKind(entry["kind"]).label,  # type: ignore[call-arg]
            entry["recipient"],
            ChannelKind(entry["channel"]).label,  # type: ignore[call-arg]
            entry["subject"],
            entry["attempts"],
            entry["reason"] or "",
        )
        for entry in found
    )
    output.show_table(f"发件箱（须人工处理 {waiting} 条）", columns, rows)


def show(message: MessageId, *, as_json: AsJson = False) -> None:
    """Print one message with all that became of it."""
    from services.office import open_office
    from services.outbox import shown

    with open_office().reading() as session:
        found = shown(session, message)
        row = found.message.model_dump(exclude={"claimed_by", "lease_until", "key"})
    told = {
        **row,
        "attempts": found.attempts,
        "calls": found.calls,
        "papers": found.papers,
        "replaced_by_id": found.replaced_by_id,
    }
    if as_json:
        output.print_json("outbox_message", told)
        return
    _show_message(output.plain(told))


def _show_message(told: dict[str, Any]) -> None:
    state = MessageState(told["state"]).label  # type: ignore[call-arg]
    channel = ChannelKind(told["channel"]).label  # type: ignore[call-arg]
    output.show(f"{told['subject']}\n收件：{told['recipient_name']}（{channel} {told['address']}）")
    output.show(f"状态：{state}{'，曾经结果不明' if told['was_in_doubt'] else ''}")
    for label, name in (("原因", "reason"), ("接替", "replaces_id"), ("已由", "replaced_by_id")):
        if told[name]:
            output.show(f"{label}：{told[name]}{'接替' if name == 'replaced_by_id' else ''}")
    if told["papers"]:
        output.show(f"附件：{'、'.join(told['papers'])}")
    attempts = (
        (each["fence"], _moment(each["started_at"]), each["outcome"] or "未结束", each["reason"])
        for each in told["attempts"]
    )
    output.show_table("发送记录", ("次", "时间", "结果", "对方答复"), attempts)
    for each in told["calls"]:
        caller = f"{_moment(each['called_at'])} {each['called_by']}"
        output.show(f"电话：{caller} 告知 {each['spoke_to']}：{each['answer']}")
    output.show(f"\n{told['body']}")


def _moment(text: str) -> str:
    """Return a moment as a clock in Shanghai shows it."""
    from services.office import SHANGHAI

    return datetime.fromisoformat(text).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def resend(
    message: MessageId,
    *,
    who: Who,
    channel: By = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Queue a message anew; the next `duban deliver` sends it."""
    from services import outbox

    kind = word_named(ChannelKind, channel) if channel else None
    with _acting(message, who, dry_run=dry_run) as (session, found, acting):
        copy = outbox.resend(session, found, acting, channel=kind)
    _tell(f"已排入待发，新编号 {copy.hex[:SHORT]}。", {"id": copy}, dry_run, as_json)


def park(
    message: MessageId,
    *,
    who: Who,
    reason: Reason,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Set a message aside until a person decides."""
    from services import outbox

    with _acting(message, who, dry_run=dry_run) as (session, found, acting):
        outbox.park(session, found, acting, reason=reason)
        message_id = found.id
    _tell("已留待人工处理，不再自动发送。", {"id": message_id}, dry_run, as_json)


def call(
    message: MessageId,
    *,
    who: Who,
    spoke_to: SpokeTo,
    answer: Answer,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Put a telephone call on record and settle the message."""
    from services import outbox

    with _acting(message, who, dry_run=dry_run) as (session, found, acting):
        outbox.call(session, found, acting, spoke_to=spoke_to, answer=answer)
        message_id = found.id
    _tell("电话告知已登记，这条消息已了结。", {"id": message_id}, dry_run, as_json)


@contextmanager
def _acting(name: str, who: str, *, dry_run: bool) -> Iterator[tuple[Any, "Message", "Acting"]]:
    """Give a session, the message of that id and who acts on it; all is kept at the end."""
    from services.accounts import actor_named
    from services.office import open_office
    from services.outbox import Acting, message_named

    with at_work(open_office(), dry_run=dry_run) as (office, session):
        now = office.now()
        actor = actor_named(session, who, now=now)
        yield session, message_named(session, name), Acting(actor=actor, now=now)


def _tell(told: str, answer: dict[str, Any], dry_run: bool, as_json: bool) -> None:  # noqa: FBT001
    from cli.acting import Done, tell

    tell("outbox_act", Done(told=told, answer=answer), dry_run=dry_run, as_json=as_json)
