"""`duban channel`: by what ways messages leave, whether they work, and who may change them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from cli import output
from cli.acting import Done, at_work, tell
from cli.options import AsJson, DryRun, Who, with_examples
from supervision.errors import UsageError
from supervision.vocabulary import ChannelKind, ContactPost, word_named

if TYPE_CHECKING:
    from services.channel_keeping import Keeping
    from services.office import Office

To = Annotated[
    str, typer.Option("--to", metavar="地址", help="试发到这个邮箱、号码或用户；不填则写成文件")
]
KindName = Annotated[str, typer.Argument(metavar="渠道", help="如 mail、gateway、wecom_robot")]
KindOption = Annotated[
    str, typer.Option("--kind", metavar="渠道", help="试哪个渠道，如 mail、sms；默认按地址判断")
]
Unit = Annotated[str, typer.Argument(metavar="单位", help="单位名称")]
OfPost = Annotated[
    str | None, typer.Option("--post", metavar="职务", help="属于谁：liaison、deputy、head")
]
WayId = Annotated[str, typer.Argument(metavar="编号", help="渠道编号，见 duban channel list")]
Secret = Annotated[
    str,
    typer.Option(
        "--url", metavar="地址", prompt="渠道地址（不显示）", hide_input=True, help="不填则询问"
    ),
]
Address = Annotated[
    str,
    typer.Option(
        "--address", metavar="地址", prompt="地址（不显示）", hide_input=True, help="不填则询问"
    ),
]

LIST = with_examples("列出渠道；密钥不显示。", "duban channel list", "duban channel list --json")
TEST = with_examples(
    "试一个渠道：发一条测试消息，如实报告对方的答复。",
    "duban channel test",
    "duban channel test --to zhang@example.gov.cn",
    "duban channel test --kind sms --to 13800000000",
)
SET = with_examples(
    "设置全办共用的渠道，地址加密保存；环境变量里的设置优先。",
    "duban channel set mail --as admin",
)
ADD = with_examples(
    "给单位增加一个渠道，如群机器人；排在邮箱之后，拒收时依次改用。",
    "duban channel add 区住建局 wecom_robot --as admin",
    "duban channel add 区住建局 sms --address 13800000000 --post liaison --as admin",
)
REMOVE = with_examples("停用单位的一个渠道。", "duban channel remove 3f9a0c12 --as admin")
ROTATE = with_examples("更换渠道密钥，全部地址重新加密。", "duban channel rotate-key --as admin")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    channel = typer.Typer(help="消息渠道。", no_args_is_help=True)
    channel.command("list", help=LIST)(list_channels)
    channel.command("test", help=TEST)(try_out)
    channel.command("set", help=SET)(set_channel)
    channel.command("add", help=ADD)(add_channel)
    channel.command("remove", help=REMOVE)(remove_channel)
    channel.command("rotate-key", help=ROTATE)(rotate_key)
    app.add_typer(channel, name="channel")


def list_channels(*, as_json: AsJson = False) -> None:
    """Print the office's channels and those of units, without their secrets."""
    from services.channel_keeping import listed
    from services.office import open_office

    office = open_office()
    with office.reading() as session:
        found = list(listed(session, office))
    if as_json:
        output.print_json("channels", {"channels": found})
        return
    rows = (
        (each.id.hex[:8] if each.id else "", each.unit or "（全办）", each.kind.label, each.shown,
         each.person or "", each.origin)
        for each in found
    )  # fmt: skip
    output.show_table("渠道", ("编号", "单位", "渠道", "地址", "联系人", "来源"), rows)


def try_out(*, to: To = "", kind: KindOption = "", as_json: AsJson = False) -> None:
    """Send one test message and say what the other side answered; exit 5 when it did not accept."""
    from services.channels import try_channel
    from services.office import open_office

    wanted = word_named(ChannelKind, kind) if kind else None
    outcome = try_channel(open_office(must_exist=False), address=to, kind=wanted)
    if as_json:
        output.print_json("channel", output.plain(outcome))
    else:
        written = "".join(f"，见 {path}" for path in outcome.paths)
        output.show(
            f"{outcome.verdict.label}{'：' + outcome.reason if outcome.reason else ''}{written}"
        )
    if not outcome.is_accepted:
        raise typer.Exit(output.PARTLY_DELIVERED)


def set_channel(
    kind: KindName, *, who: Who, url: Secret, dry_run: DryRun = False, as_json: AsJson = False
) -> None:
    """Set a channel that the whole office shares."""
    from services.channel_keeping import set_office_channel

    wanted = word_named(ChannelKind, kind)
    with _keeping(who, dry_run=dry_run) as (office, session, keeping):
        shown = set_office_channel(session, office, wanted, url, keeping)
    done = Done(told=f"已设置{wanted.label}：{shown}", answer={"kind": wanted, "shown": shown})
    tell("channel_set", done, dry_run=dry_run, as_json=as_json)


def add_channel(
    unit: Unit,
    kind: KindName,
    *,
    who: Who,
    address: Address,
    post: OfPost = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Add a way to a unit."""
    from services.channel_keeping import NewWay, add_way

    new = NewWay(
        unit=unit,
        kind=word_named(ChannelKind, kind),
        address=address,
        post=word_named(ContactPost, post) if post else None,
    )
    with _keeping(who, dry_run=dry_run) as (office, session, keeping):
        shown = add_way(session, office, new, keeping)
    done = Done(
        told=f"{unit} 已增加{new.kind.label}：{shown}",
        answer={"unit": unit, "kind": new.kind, "shown": shown},
    )
    tell("channel_added", done, dry_run=dry_run, as_json=as_json)


def remove_channel(
    way: WayId, *, who: Who, dry_run: DryRun = False, as_json: AsJson = False
) -> None:
    """Stop using a way to a unit."""
    from services.channel_keeping import remove_way

    with _keeping(who, dry_run=dry_run) as (office, session, keeping):
        way_id = _way_id(session, office, way)
        remove_way(session, way_id, keeping)
    tell("channel_removed", Done(told="已停用。", answer={"id": way_id}), dry_run=dry_run,
         as_json=as_json)  # fmt: skip


def _way_id(session: Any, office: "Office", name: str) -> UUID:  # noqa: ANN401 - as Acting has it
    """Return the way whose id begins so; UsageError when not exactly one does."""
    from services.channel_keeping import listed

    digits = name.lower().replace("-", "")
    found = {each.id for each in listed(session, office) if each.id and digits}
    fit = [way_id for way_id in found if way_id is not None and way_id.hex.startswith(digits)]
    if len(fit) != 1:
        raise UsageError(f"没有编号为“{name}”的渠道", advice="用 duban channel list 查看编号。")
    return fit[0]


def rotate_key(*, who: Who, as_json: AsJson = False) -> None:
    """Seal every channel's secret with a new key."""
    from services.accounts import actor_named
    from services.channel_keeping import Keeping
    from services.key_rotation import rotate
    from services.office import open_office

    office = open_office()
    with office.reading() as session:
        actor = actor_named(session, who, now=office.now())
    count = rotate(office, Keeping(actor=actor, now=office.now()))
    done = Done(told=f"密钥已更换，{count} 个地址已重新加密。", answer={"secrets": count})
    tell("channel_key", done, dry_run=False, as_json=as_json)


@contextmanager
def _keeping(who: str, *, dry_run: bool) -> Iterator[tuple["Office", Any, "Keeping"]]:
    """Give the office, a session and who keeps its channels; all is kept at the end."""
    from services.accounts import actor_named
    from services.channel_keeping import Keeping
    from services.office import open_office

    with at_work(open_office(), dry_run=dry_run) as (office, session):
        now = office.now()
        yield office, session, Keeping(actor=actor_named(session, who, now=now), now=now)
