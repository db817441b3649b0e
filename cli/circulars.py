"""`duban circular`: drafted from a closed round, signed, published, looked at."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output
from cli.acting import Acting, Done, acts
from cli.options import AsJson, DryRun, InRound, PlanCode, with_examples

if TYPE_CHECKING:  # each command imports what it needs, so that all of them start fast
    from services.circular_papers import RoundCircular

Out = Annotated[
    Path | None, typer.Option("--out", metavar="目录", help="把文件写到这个目录，不写则只看")
]

DRAFT = with_examples(
    "按已关闭调度的定格数据起草督查通报；已有草稿的不变。每日处理也会自动起草。",
    "duban circular draft --round 2024Q4 --as lisi",
)
SIGN = with_examples("签发督查通报。", "duban circular sign --round 2024Q4 --as wangqz")
PUBLISH = with_examples(
    "印发已签发的督查通报：编号、成文、存档，并发给各责任单位。",
    "duban circular publish --round 2024Q4 --as lisi",
)
SHOW = with_examples(
    "查看督查通报，可写成 Word 文件：草稿标明“草稿”，已印发的与存档一致。",
    "duban circular show --round 2024Q4",
    "duban circular show --out 通报",
)
LIST = with_examples("列出各轮调度的督查通报。", "duban circular list --json")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    circular = typer.Typer(help="督查通报：起草、签发、印发、查看。", no_args_is_help=True)
    circular.command("draft", help=DRAFT)(draft)
    circular.command("sign", help=SIGN)(sign)
    circular.command("publish", help=PUBLISH)(publish)
    circular.command("show", help=SHOW)(show)
    circular.command("list", help=LIST)(list_circulars)
    app.add_typer(circular, name="circular")


@acts("circular")
def draft(act: Acting, *, in_round: InRound = None) -> Done:
    """Draft the circular on a closed round."""
    from services import circulars

    one = circulars.draft(act.session, act.plan, in_round, act.hand(), act.office.policy)
    return _done(one, "通报草稿已备，待签发。")


@acts("circular")
def sign(act: Acting, *, in_round: InRound = None) -> Done:
    """Sign a drafted circular."""
    from services import circulars

    one = circulars.named(act.session, act.plan, in_round)
    circulars.sign(act.session, one, act.hand())
    return _done(one, "通报已签发，待编号印发。")


@acts("circular")
def publish(act: Acting, *, in_round: InRound = None) -> Done:
    """Publish a signed circular."""
    from services import circulars

    one = circulars.named(act.session, act.plan, in_round)
    published = circulars.publish(act.session, act.office, one, act.hand())
    told = f"{published.circular.number_text} 已印发，已向 {published.units} 个单位排入发件箱。"
    return _done(one, told, units=published.units, hash=published.paper.hash)


def _done(one: "RoundCircular", told: str, **more: Any) -> Done:  # noqa: ANN401 - fields
    return Done(told=f"{one.quarter}：{told}", answer={"circular": _shown(one), **more})


def _shown(one: "RoundCircular") -> dict[str, Any]:
    """Return a circular as its JSON has it."""
    circular = one.circular
    return {
        "period": one.round.period,
        "state": circular.state,
        "title": one.title,
        "number": circular.number_text,
        "drafted_on": circular.drafted_on,
        "due_on": circular.due_on,
        "signed_by": circular.signed_by,
        "signed_on": circular.signed_on,
        "published_on": circular.published_on,
        "snapshot": circular.snapshot_hash,
    }


def show(
    *,
    in_round: InRound = None,
    out: Out = None,
    plan: PlanCode = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Print a circular, and write its file if a folder is named."""
    from services.circular_papers import content, file_name
    from services.circulars import shown as circular_on
    from services.office import open_office
    from services.plans import the_plan

    office = open_office()
    with office.reading() as session:
        one = circular_on(session, the_plan(session, plan), in_round)
        shown = _shown(one)
        file = None if out is None else out / file_name(one)
        data = b"" if file is None else content(session, office, one)
    if file is not None and not dry_run:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    if as_json:
        output.print_json("circular", {"circular": shown, "file": file})
        return
    output.show(f"{shown['title']}（{shown['state'].label}）")
    for label, value in (("文号", "number"), ("应于此前印发", "due_on"), ("签发", "signed_on")):
        output.show(f"{label}：{shown[value] or ''}")
    if file is not None:
        output.show(f"{'将写出' if dry_run else '已写出'} {file}")


def list_circulars(*, plan: PlanCode = None, as_json: AsJson = False) -> None:
    """Print the circulars of a plan."""
    from db import circulars
    from services.circular_papers import RoundCircular
    from services.office import open_office
    from services.plans import the_plan

    with open_office().reading() as session:
        found = the_plan(session, plan)
        rows = [
            _shown(RoundCircular(plan=found, round=each, circular=circular))
            for circular, each in circulars.of_plan(session, found.id)
        ]
    if as_json:
        output.print_json("circulars", {"total": len(rows), "circulars": rows})
        return
    columns = ("季度", "状态", "文号", "起草", "签发", "印发", "应于此前印发")
    keys = ("number", "drafted_on", "signed_on", "published_on", "due_on")
    output.show_table(
        f"督查通报 {len(rows)} 期",
        columns,
        ((row["period"], row["state"].label, *(row[key] for key in keys)) for row in rows),
    )
