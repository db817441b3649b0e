"""`duban notice list`, `show`, `preview` and `pull`: notices looked at, and taken away as files."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output
from cli.lists import Group, MinDays, ShownLight
from cli.notices import Named, add_acts
from cli.options import AsJson, AsOf, DryRun, Folder, PlanCode, UnitName, day, with_examples
from supervision.vocabulary import Light, NoticeState, Rung, word_named

if TYPE_CHECKING:  # each command imports what it needs, so that all of them start fast
    from db.plan_tables import Plan
    from services.notice_lists import Narrowed
    from services.notice_shown import ListedNotice, MatterShown
    from services.office import Office

OfRung = Annotated[
    str | None, typer.Option("--rung", metavar="梯级", help="如 blue 蓝色督办、interview 约谈建议")
]
InState = Annotated[
    str | None, typer.Option("--state", metavar="状态", help="如 draft 草稿、lapsed 逾期未复")
]
WithEnded = Annotated[bool, typer.Option("--all", help="已升级、已撤回、已作废的也列")]
ZipFile = Annotated[
    Path | None, typer.Option("--zip", metavar="文件", help="打成一个压缩包，而不是写到目录")
]

LIST = with_examples(
    "列出督办通知：待签发的草稿和已签发的通知，可按单位、专班、灯、梯级、逾期天数、状态筛选。",
    "duban notice list",
    "duban notice list --unit 区城管局 --rung blue --json",
)
SHOW = with_examples(
    "查看一份通知：所涉事项、签发送达、答复审核。",
    "duban notice show 2025-3",
    "duban notice show T07",
)
PREVIEW = with_examples(
    "把一份通知写成 Word 文件看看：草稿标明“草稿”，已印发的与存档一致。",
    "duban notice preview T07 --out 预览",
)
PULL = with_examples(
    "调阅督办通知：按条件取出全部文书（已印发的与存档一致，草稿标明“草稿”），"
    "附清单（.xlsx、.csv）和调度表，写到目录或打成压缩包。",
    "duban notice pull --unit 区城管局 --out 调阅",
    "duban notice pull --light red --min-days 30 --zip 红灯督办.zip",
)


def add_to(app: typer.Typer) -> None:
    """Add the group `notice` to the program: what looks at notices, and what acts on them."""
    notice = typer.Typer(
        help="督办通知：查看、起草、签发、印发、送达、答复、作废、调阅。", no_args_is_help=True
    )
    notice.command("list", help=LIST)(list_notices)
    notice.command("show", help=SHOW)(show)
    notice.command("preview", help=PREVIEW)(preview)
    notice.command("pull", help=PULL)(pull)
    add_acts(notice)
    app.add_typer(notice, name="notice")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Look:
    """What looking at notices needs: a session that only reads, and the day."""

    office: "Office"
    session: Any
    plan: "Plan"
    as_of: date


@contextmanager
def _looking(as_of: str | None, plan: str | None) -> Iterator[_Look]:
    from services.office import open_office
    from services.plans import the_plan

    when = day(as_of) if as_of else None
    office = open_office()
    with office.reading() as session:
        yield _Look(
            office=office,
            session=session,
            plan=the_plan(session, plan),
            as_of=when or office.today(),
        )


def _narrowed(
    *,
    unit: str | None,
    group: str | None,
    light: str | None,
    rung: str | None,
    state: str | None,
    min_days: int | None,
    with_ended: bool,
) -> "Narrowed":
    from services.notice_lists import Narrowed

    return Narrowed(
        unit=unit,
        group=group,
        light=word_named(Light, light) if light else None,
        rung=word_named(Rung, rung) if rung else None,
        state=word_named(NoticeState, state) if state else None,
        min_days=min_days,
        with_ended=with_ended,
    )


def list_notices(
    *,
    unit: UnitName = None,
    group: Group = None,
    light: ShownLight = None,
    rung: OfRung = None,
    min_days: MinDays = None,
    state: InState = None,
    with_ended: WithEnded = False,
    as_of: AsOf = None,
    plan: PlanCode = None,
    as_json: AsJson = False,
) -> None:
    """Print the notices that fit."""
    from services.notice_lists import listed

    narrowed = _narrowed(
        unit=unit, group=group, light=light, rung=rung, state=state, min_days=min_days,
        with_ended=with_ended,
    )  # fmt: skip
    with _looking(as_of, plan) as look:
        rows = listed(look.session, look.office, look.plan, narrowed, as_of=look.as_of)
        found = [notice for notice, _ in rows]
    items = sum(len(notice.items) for notice in found)
    if as_json:
        answer = {"as_of": look.as_of, "total": len(found), "matters": items, "notices": found}
        output.print_json("notices", answer)
        return
    columns = ("文号/编号", "梯级", "文种", "状态", "单位", "事项", "送达", "答复截止", "备注")
    title = f"督办通知 {len(found)} 份，涉及 {items} 项（截至 {look.as_of}）"
    output.show_table(title, columns, (_row(notice) for notice in found))


def _row(notice: "ListedNotice") -> tuple[Any, ...]:
    return (
        notice.reference,
        notice.rung.label,
        notice.form.label,
        notice.state.label,
        notice.unit,
        "、".join(f"{one.code}（{one.state.label}）" for one in notice.items),
        notice.delivered_on,
        notice.reply_due_on,
        notice.end_reason or notice.remark,
    )


def show(
    named: Named, *, as_of: AsOf = None, plan: PlanCode = None, as_json: AsJson = False
) -> None:
    """Print one notice."""
    from services.notice_lists import one_of
    from services.notice_sheets import kind_name

    with _looking(as_of, plan) as look:
        notice, _ = one_of(look.session, look.office, look.plan, named, as_of=look.as_of)
    if as_json:
        output.print_json("notice", {"as_of": look.as_of, "notice": notice})
        return
    output.show(f"{notice.reference} {kind_name(notice.rung, notice.form)}：{notice.unit}")
    output.show("　".join(f"{label}{value}" for label, value in _life(notice) if value))
    columns = ("编号", "任务/项目", "通知", "灯", "逾期天数", "答复")
    output.show_table("所涉事项", columns, (_matter(matter) for matter in notice.items))


def _life(notice: "ListedNotice") -> tuple[tuple[str, Any], ...]:
    return (
        ("状态：", notice.state.label),
        ("起草：", notice.drafted_on),
        ("签发：", notice.signed_on and f"{notice.signed_on} {notice.signed_by}"),
        ("印发：", notice.issued_on),
        ("送达：", notice.delivered_on and f"{notice.delivered_on}（{notice.delivered_how}）"),
        ("签收：", notice.acknowledged_on),
        ("答复截止：", notice.reply_due_on),
        ("说明：", notice.end_reason or notice.remark),
    )


def _matter(matter: "MatterShown") -> tuple[Any, ...]:
    answer = matter.answer
    said = (
        "" if answer is None else f"{answer.answered_on} {answer.text}（{answer.decision.label}）"
    )
    return (
        matter.code,
        matter.title,
        matter.state.label,
        f"{matter.light.label}（{matter.rule}）",
        matter.days_overdue or "",
        said,
    )


def preview(
    named: Named,
    *,
    out: Folder = Path(),
    as_of: AsOf = None,
    plan: PlanCode = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Write one notice to a file."""
    from services.notice_lists import one_of
    from services.notice_pull import paper_of

    with _looking(as_of, plan) as look:
        found = one_of(look.session, look.office, look.plan, named, as_of=look.as_of)
        file = paper_of(look.session, look.office, look.plan, found, look.as_of)
    written = _write(out, [(file.name, file.content)], dry_run=dry_run)
    if as_json:
        output.print_json("notice-preview", {"as_of": look.as_of, "file": written[0]})
    else:
        output.show(f"{'将写出' if dry_run else '已写出'} {written[0]}")


def pull(
    *,
    unit: UnitName = None,
    group: Group = None,
    light: ShownLight = None,
    rung: OfRung = None,
    min_days: MinDays = None,
    state: InState = None,
    with_ended: WithEnded = False,
    out: Folder = Path(),
    zip_file: ZipFile = None,
    as_of: AsOf = None,
    plan: PlanCode = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Write the notices that fit to files."""
    from services.notice_pull import bundle, pull_notices

    narrowed = _narrowed(
        unit=unit, group=group, light=light, rung=rung, state=state, min_days=min_days,
        with_ended=with_ended,
    )  # fmt: skip
    with _looking(as_of, plan) as look:
        pulled = pull_notices(look.session, look.office, look.plan, narrowed, as_of=look.as_of)
    files = [(file.name, file.content) for file in pulled.files]
    if zip_file is not None:
        out, files = zip_file.parent, [(zip_file.name, bundle(pulled.files))]
    written = _write(out, files, dry_run=dry_run)
    matters = sum(len(notice.items) for notice in pulled.notices)
    counted = {"total": len(pulled.notices), "matters": matters}
    if as_json:
        names = [file.name for file in pulled.files]
        answer = {"as_of": look.as_of, **counted, "files": names, "written": written}
        output.print_json("notice-pull", {**answer, "notices": pulled.notices})
    else:
        output.show(f"督办通知 {counted['total']} 份，涉及 {matters} 项，文件：")
        for file in written:
            output.show(f"  {file}")
    if pulled.lacking:
        output.say(pulled.lacking)


def _write(folder: Path, files: list[tuple[str, bytes]], *, dry_run: bool) -> list[Path]:
    """Write files into a folder and return where; with `dry_run` only say where."""
    if not dry_run:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files:
            (folder / name).write_bytes(content)
    return [folder / name for name, _ in files]
