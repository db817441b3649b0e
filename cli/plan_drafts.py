"""`duban plan draft`: a document kept while it is settled, by these commands or in the portal."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output
from cli.acting import Done, at_work, tell
from cli.options import AsJson, DryRun, InputFile, PlanCode, Reason, Who, day, with_examples
from supervision.errors import UsageError

if TYPE_CHECKING:
    from services.historic_words import Clerk
    from services.office import Office
    from services.plan_progress import Progress

Draft = Annotated[str, typer.Argument(metavar="代码", help="计划代码，如 wufei-2026")]
Baseline = Annotated[
    str | None,
    typer.Option("--baseline", metavar="日期", help="从哪一天起督办；默认今天，已过期的先核定"),
]
START = with_examples(
    "上传一份计划文件作为核对稿，逐步核对后再立项；与网页上的“导入计划”是同一份。",
    "duban plan draft start 方案.docx --plan wufei-2026 --as bgs",
)
LIST = with_examples("列出核对稿，最近的在前。", "duban plan draft list")
SHOW = with_examples(
    "查看核对稿还有哪些待处理；--json 另给出每处存疑和原文各行的去处。",
    "duban plan draft show wufei-2026",
)
SETTLE = with_examples(
    "把填好的核对文件并入核对稿：存疑的处理、更正、督导单位、成员、历史事项。",
    "duban plan findings 方案.docx --settlement 核对.yaml",
    "duban plan draft settle wufei-2026 核对.yaml --as bgs",
)
ADOPT = with_examples(
    "确认立项：存疑都已处理才能办理。不会因此发送消息。",
    "duban plan draft adopt wufei-2026 --as bgs --dry-run",
)
DROP = with_examples(
    "放弃一份核对稿，不立项。", "duban plan draft drop wufei-2026 --reason 传错文件 --as bgs"
)


def add_to(plan: typer.Typer) -> None:
    """Add these commands to `duban plan`."""
    draft = typer.Typer(help="核对稿：上传、核对、立项。", no_args_is_help=True)
    draft.command("start", help=START)(start)
    draft.command("list", help=LIST)(list_drafts)
    draft.command("show", help=SHOW)(show)
    draft.command("settle", help=SETTLE)(settle)
    draft.command("adopt", help=ADOPT)(adopt)
    draft.command("drop", help=DROP)(drop)
    plan.add_typer(draft, name="draft")


@contextmanager
def _settling(who: str, *, dry_run: bool) -> Iterator[tuple["Office", Any, "Clerk"]]:
    """Give what settling needs: the office, a session, and who acts, who may adopt plans."""
    from services.accounts import actor_named
    from services.historic_words import Clerk
    from services.office import open_office
    from supervision.rights import require
    from supervision.vocabulary import Permission

    with at_work(open_office(), dry_run=dry_run) as (office, session):
        actor = actor_named(session, who, now=office.now())
        require(Permission.ADOPT_PLAN, actor)
        yield office, session, Clerk(actor=actor, as_of=office.today(), now=office.now())


def start(
    file: InputFile,
    *,
    plan: PlanCode = None,
    baseline: Baseline = None,
    by: Who,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Read a document and keep it as a draft."""
    from services import plan_drafts, plan_progress
    from services.plan_uploads import read_upload

    if plan is None:
        raise UsageError("请指明计划代码", advice="加上 --plan 代码，如 --plan wufei-2026。")
    if not file.is_file():
        raise UsageError(f"找不到文件“{file}”", advice="请核对路径和文件名（含后缀）后重试。")
    with _settling(by, dry_run=dry_run) as (office, session, clerk):
        uploaded = read_upload(office, file.read_bytes(), name=file.name)
        day_one = day(baseline) if baseline else None
        draft = plan_drafts.start(session, uploaded, clerk, code=plan, baseline_on=day_one)
        done = _done(plan_progress.progress_of(session, draft), "核对稿已建立")
    tell("plan-draft", done, dry_run=dry_run, as_json=as_json)


def list_drafts(*, as_json: AsJson = False) -> None:
    """Print the drafts."""
    from services.office import open_office
    from services.plan_progress import listed

    with open_office().reading() as session:
        total, lines = listed(session, offset=0, limit=1_000)
    if as_json:
        output.print_json("plan-drafts", {"total": total, "drafts": output.plain(lines)})
        return
    rows = [(it.code, it.title, it.state.label, it.waiting, it.started_by) for it in lines]
    output.show_table("核对稿", ("代码", "名称", "状态", "待处理", "上传"), rows)


def show(draft: Draft, *, as_json: AsJson = False) -> None:
    """Print what still waits in a draft."""
    from services import plan_drafts, plan_progress, plan_views
    from services.office import open_office

    with open_office().reading() as session:
        found = plan_drafts.latest(session, draft)
        progress = plan_progress.progress_of(session, found)
        points = plan_views.points_of(found)
        summary = plan_progress.summary_of(session, found)
    if as_json:
        listed = [
            {
                "number": point.number,
                **point.finding.model_dump(mode="json"),
                "said": output.plain(point.said),
            }
            for point in points
        ]
        ledger = summary.ledger
        lines = {
            "total": ledger.lines,
            "went_to": dict(ledger.went_to),
            "missing": [line.model_dump() for line in ledger.missing],
        }
        answer = {**_answer(progress), "findings": listed, "lines": lines}
        output.print_json("plan-draft", answer)
        return
    output.show(_told(progress, progress.state.label))
    for point in points:
        if point.is_waiting:
            output.show(f"{point.number}. [{point.finding.severity.label}] {point.finding.where}")
            output.show(f"     {point.finding.text}")


def settle(
    draft: Draft,
    file: InputFile,
    *,
    by: Who,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take a settlement file into a draft."""
    from services import plan_drafts, plan_progress, plan_rulings
    from services.settling import read_settlement

    with _settling(by, dry_run=dry_run) as (_, session, clerk):
        found = plan_drafts.latest(session, draft, to_act=True)
        settled = plan_rulings.take_settlement(session, found, clerk, read_settlement(file))
        done = _done(plan_progress.progress_of(session, found), f"已处理存疑 {settled} 处")
    tell("plan-draft", done, dry_run=dry_run, as_json=as_json)


def adopt(draft: Draft, *, by: Who, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Make a draft a plan."""
    from cli.plans import told_adopted
    from services import plan_drafts

    with _settling(by, dry_run=dry_run) as (_, session, clerk):
        found = plan_drafts.latest(session, draft, to_act=True)
        adopted = plan_drafts.adopt(session, found, clerk)
    told = "\n".join(told_adopted(adopted, will="会" if dry_run else "已"))
    done = Done(told=told, answer=output.plain(adopted))
    tell("import", done, dry_run=dry_run, as_json=as_json)


def drop(
    draft: Draft,
    *,
    reason: Reason,
    by: Who,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Give a draft up."""
    from services import plan_drafts, plan_progress

    with _settling(by, dry_run=dry_run) as (_, session, clerk):
        found = plan_drafts.latest(session, draft, to_act=True)
        plan_drafts.drop(session, found, clerk, reason=reason)
        done = _done(plan_progress.progress_of(session, found), "核对稿已放弃，没有立项")
    tell("plan-draft", done, dry_run=dry_run, as_json=as_json)


def _done(progress: "Progress", what: str) -> Done:
    return Done(told=_told(progress, what), answer=_answer(progress))


def _answer(progress: "Progress") -> dict[str, Any]:
    plain: dict[str, Any] = output.plain(progress)
    return plain


def _told(progress: "Progress", what: str) -> str:
    items = "，".join(f"{kind.label} {number} 项" for kind, number in progress.items.items())
    return (
        f"{progress.code}《{progress.title}》：{what}。{items}，历史事项 {progress.historic} 项；"
        f"还有 {progress.waiting} 处待处理，已处理 {progress.settled} 处。"
    )
