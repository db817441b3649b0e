"""`duban report`: quarterly reports handed in, reviewed, and added to by supporting units."""

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated

import typer

from cli import output
from cli.acting import Acting, Done, acts
from cli.options import AsJson, InRound, ItemCode, PlanCode, Reason, with_examples
from supervision.errors import UsageError

if TYPE_CHECKING:
    from db.life_tables import ProgressReport
    from db.record_tables import Obligation
    from services.report_reviews import Review

Progress = Annotated[str, typer.Option("--progress", metavar="文字", help="本季进展")]
Percent = Annotated[int | None, typer.Option("--percent", metavar="进度", help="累计进度，0到100")]
Stage = Annotated[str | None, typer.Option("--stage", metavar="文字", help="形象进度")]
Problems = Annotated[str | None, typer.Option("--problems", metavar="文字", help="存在问题")]
HelpWanted = Annotated[str | None, typer.Option("--help-wanted", metavar="文字", help="需协调事项")]
NextStep = Annotated[str | None, typer.Option("--next-step", metavar="文字", help="下步计划")]
Invested = Annotated[
    str | None, typer.Option("--invested", metavar="万元", help="累计完成投资，只填项目")
]
EvidenceNote = Annotated[str | None, typer.Option("--evidence", metavar="文字", help="佐证说明")]
Body = Annotated[str, typer.Option("--text", metavar="文字", help="本单位的配合情况")]
Version = Annotated[
    int | None, typer.Option("--version", metavar="版次", help="审的是第几版；已有新版时不办理")
]

SHOW = with_examples(
    "看一个事项本季的报送表，已填好上季内容；并列出配合单位的情况。",
    "duban report show T07 --round 2024Q4",
)
HAND_IN = with_examples(
    "报送本季进展。未审定前可以改报，每次改报是新的一版；重复报送同样内容不会新增。",
    "duban report hand-in T07 --progress 完成主体施工 --percent 60 --as hbj",
    "duban report hand-in P03 --progress 设备已安装 --invested 1200.5 --as zs",
)
CONTRIBUTE = with_examples(
    "配合单位填写配合情况，供牵头单位一并报送。",
    "duban report contribute T07 --text 已提供用地手续 --as zrzy",
)
ACCEPT = with_examples("审定一项报送。", "duban report accept T07 --as lisi")
SEND_BACK = with_examples(
    "退回一项报送，写明理由；该单位下一份提醒会写明须重报。",
    "duban report send-back T07 --reason 缺少数据来源 --as lisi",
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    report = typer.Typer(help="季度进展报送。", no_args_is_help=True)
    report.command("show", help=SHOW)(show)
    report.command("hand-in", help=HAND_IN)(hand_in)
    report.command("contribute", help=CONTRIBUTE)(contribute)
    report.command("accept", help=ACCEPT)(accept)
    report.command("send-back", help=SEND_BACK)(send_back)
    app.add_typer(report, name="report")


def _owed(act: Acting, code: str, period: str | None) -> "Obligation":
    from services.obligations import obligation_of
    from services.round_status import round_of

    found = round_of(act.session, act.plan, period)
    return obligation_of(act.session, act.item(code), found.period)


def show(
    code: ItemCode, *, in_round: InRound = None, plan: PlanCode = None, as_json: AsJson = False
) -> None:
    """Print the form of a report as its unit finds it."""
    from services.office import open_office
    from services.plans import the_plan
    from services.report_forms import form_of

    with open_office().reading() as session:
        form = form_of(session, the_plan(session, plan), code, in_round)
    if as_json:
        output.print_json("report-form", output.plain(form))
        return
    output.show(
        f"{form.code} {form.title}｜{form.period}｜{form.state.label}"
        + (f"（第{form.version}版）" if form.version else "")
    )
    if form.review_reason:
        output.show(f"退回意见：{form.review_reason}")
    output.show_table("报送表", ("栏目", "内容"), form.labelled())
    if form.inputs:
        output.show_table("配合情况", ("单位", "内容"), form.inputs.items())


@acts("report")
def hand_in(
    act: Acting,
    code: ItemCode,
    *,
    progress: Progress,
    percent: Percent = None,
    stage: Stage = None,
    problems: Problems = None,
    help_wanted: HelpWanted = None,
    next_step: NextStep = None,
    evidence: EvidenceNote = None,
    invested: Invested = None,
    in_round: InRound = None,
) -> Done:
    """Hand a report in, or a new version of it."""
    from services import reports
    from services.report_content import ReportContent

    content = ReportContent(
        progress=progress,
        percent=percent,
        stage=stage,
        problems=problems,
        help_wanted=help_wanted,
        next_step=next_step,
        evidence_note=evidence,
        invested_wan=_money(invested),
    )
    owed = _owed(act, code, in_round)
    report = reports.hand_in(act.session, owed, content, act.actor, as_of=act.as_of, now=act.now)
    return _done(code, owed, report, f"已报送，第{report.version}版。")


def _money(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation as error:
        raise UsageError(f"“{text}”不是金额", advice="请按万元写数字，如 1200.5。") from error


@acts("contribution")
def contribute(act: Acting, code: ItemCode, *, text: Body, in_round: InRound = None) -> Done:
    """Keep what a supporting unit adds."""
    from services import reports

    owed, named = _owed(act, code, in_round), code.upper()
    given = reports.contribute(act.session, owed, text, act.actor, as_of=act.as_of, now=act.now)
    return Done(
        told=f"{named} 配合情况已填写，第{given.version}版。",
        answer={"code": named, "version": given.version},
    )


@acts("report")
def accept(
    act: Acting, code: ItemCode, *, version: Version = None, in_round: InRound = None
) -> Done:
    """Accept the report of an item."""
    from services import report_reviews

    owed = _owed(act, code, in_round)
    report = report_reviews.accept(act.session, owed, _review(act, version=version))
    return _done(code, owed, report, "已审定。")


@acts("report")
def send_back(
    act: Acting,
    code: ItemCode,
    *,
    reason: Reason = "",
    version: Version = None,
    in_round: InRound = None,
) -> Done:
    """Send the report of an item back."""
    from services import report_reviews

    owed, review = _owed(act, code, in_round), _review(act, version=version, reason=reason)
    report = report_reviews.send_back(act.session, owed, review)
    return _done(code, owed, report, "已退回。")


def _review(act: Acting, *, version: int | None, reason: str = "") -> "Review":
    from services.report_reviews import Review

    return Review(actor=act.actor, as_of=act.as_of, now=act.now, reason=reason, version=version)


def _done(code: str, owed: "Obligation", report: "ProgressReport", told: str) -> Done:
    answer = {
        "code": code.upper(),
        "state": owed.state,
        "version": report.version,
        "reported_by": report.reported_by,
        "as_of": report.as_of,
    }
    return Done(told=f"{answer['code']} {told}", answer=answer)
