"""`duban notice preview` and `pull`: notices taken away as files."""

from pathlib import Path
from typing import Annotated

import typer

from cli import output
from cli.lists import Group, MinDays, ShownLight
from cli.notice_looking import InState, OfRung, WithEnded, looking, narrowed_by
from cli.notices import Named
from cli.options import AsJson, AsOf, DryRun, Folder, PlanCode, UnitName, with_examples

ZipFile = Annotated[
    Path | None, typer.Option("--zip", metavar="文件", help="打成一个压缩包，而不是写到目录")
]

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


def add_files(notice: typer.Typer) -> None:
    """Add these commands to the group `notice`."""
    notice.command("preview", help=PREVIEW)(preview)
    notice.command("pull", help=PULL)(pull)


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

    with looking(as_of, plan) as look:
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

    narrowed = narrowed_by(
        unit=unit, group=group, light=light, rung=rung, state=state, min_days=min_days,
        with_ended=with_ended,
    )  # fmt: skip
    with looking(as_of, plan) as look:
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
        output.show(f"督办通知 {counted['total']} 份，涉及 {matters} 项次，文件：")
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
