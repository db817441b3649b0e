"""`duban forecast`: which messages will go out in the days to come, if nobody acts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cli import output
from cli.options import AsJson, with_examples

if TYPE_CHECKING:  # each command imports what it needs, so that all of them start fast
    from services.simulating.coming import Forecast
    from services.simulating.results import Reason

Days = Annotated[int, typer.Option("--days", metavar="天数", help="连今天在内共多少天")]
FORECAST = with_examples(
    "预告：从现在的实际情况起，如果没有人办理，今后若干天会发什么、发给谁、依据哪条规则。只读，不发送。",
    "duban forecast",
    "duban forecast --days 7 --json",
)
DAYS = ("日期", "消息", "通知草稿", "开启调度", "通报草稿")
MESSAGES = ("日期", "单位", "渠道", "种类", "主题", "依据")
DRAFTS = ("日期", "事项", "梯级", "理由")


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("forecast", help=FORECAST)(forecast)


def forecast(*, days: Days = 30, as_json: AsJson = False) -> None:
    """Live through the days to come on a copy of the database and print what they bring."""
    from services import forecast as forecasting
    from services.office import open_office

    found = forecasting.forecast(open_office(), days=days)
    if as_json:
        answer = {
            "from": found.first,
            "to": found.last,
            "totals": found.totals,
            "days": found.days,
            "messages": found.messages,
            "drafts": found.drafts,
            "rounds": found.rounds,
        }
        output.print_json("forecast", answer)
    else:
        _show(found)


def _show(found: "Forecast") -> None:
    rows = (
        (one.date, one.messages, one.drafts, one.rounds, one.circulars)
        for one in found.days
        if one.is_eventful
    )
    title = f"预告：{found.first} 至 {found.last}，如果没有人办理（只列有事的日子）"
    output.show_table(title, DAYS, rows)
    messages = (
        (
            one.date,
            one.unit,
            one.channel.label,
            one.kind.label,
            one.subject,
            "已在待发" if one.is_queued and not one.reasons else _because(one.reasons),
        )
        for one in found.messages
    )
    output.show_table("会发出的消息", MESSAGES, messages)
    if found.drafts:
        drafts = ((one.date, one.code, one.rung.label, one.why) for one in found.drafts)
        output.show_table("会拟出的通知草稿（不经签发不会发出）", DRAFTS, drafts)
    totals = found.totals
    output.show(
        f"共{totals['messages']}份消息，发给{totals['units']}个单位；通知草稿{totals['drafts']}项，"
        f"开启调度{totals['rounds']}轮，通报草稿{totals['circulars']}件。"
    )


def _because(reasons: Sequence["Reason"]) -> str:
    from services.simulating.coming import BECAUSE

    return "；".join(
        f"{BECAUSE.get(one.rule, '')}（{one.rule}）{'、'.join(one.codes)}" for one in reasons
    )
