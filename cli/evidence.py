"""`duban evidence`: files and statements that prove what was done, and whether they are whole."""

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from cli import output
from cli.acting import Done, acting, scratch_folder, tell
from cli.options import AsJson, AsOf, DryRun, ItemCode, PlanCode, Who, with_examples
from supervision.errors import UsageError
from supervision.vocabulary import EvidenceKind, word_named

OneFile = Annotated[
    Path | None, typer.Argument(metavar="文件", help="要上传的文件；线下说明不用文件")
]
Kind = Annotated[
    str, typer.Option("--kind", metavar="类别", help="如 photo 照片、minutes 会议纪要")
]
Text = Annotated[str, typer.Option("--text", metavar="说明", help="线下说明的内容")]
VouchedBy = Annotated[str, typer.Option("--vouched-by", metavar="姓名", help="线下说明的复核人")]

ADD = with_examples(
    "上传佐证。类型按文件内容认定；同一份材料重复上传只记一次。",
    "duban evidence add T07 验收报告.pdf --kind acceptance --as hbj",
    "duban evidence add T07 --kind offline --text 现场已查看 --vouched-by 王五 --as hbj",
)
LIST = with_examples("列出一个事项的佐证。", "duban evidence list T07 --json")
VERIFY = with_examples(
    "逐个重新计算佐证文件的指纹；有缺失或改动时退出码为 3。", "duban evidence verify"
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    evidence = typer.Typer(help="佐证材料。", no_args_is_help=True)
    evidence.command("add", help=ADD)(add)
    evidence.command("list", help=LIST)(list_evidence)
    evidence.command("verify", help=VERIFY)(verify)
    app.add_typer(evidence, name="evidence")


def add(
    code: ItemCode,
    file: OneFile = None,
    *,
    kind: Kind,
    who: Who,
    text: Text = "",
    vouched_by: VouchedBy = "",
    as_of: AsOf = None,
    plan: PlanCode = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Keep the file first, outside any transaction, then put it on record."""
    from services import evidence

    chosen = word_named(EvidenceKind, kind)
    data = _read(file) if chosen is not EvidenceKind.OFFLINE else text.encode()
    with acting(who=who, as_of=as_of, plan=plan, dry_run=True) as act:  # may it be brought at all?
        bringing = evidence.Bringing(
            actor=act.actor, as_of=act.as_of, most_mb_a_year=act.office.settings.evidence_unit_mb
        )
        evidence.allow(act.session, act.item(code), bringing, size=len(data))
    with scratch_folder() if dry_run else nullcontext() as folder:
        office = replace(act.office, scratch=folder)
        if file is None:
            kept = evidence.kept_statement(office, text, vouched_by=vouched_by)
        else:
            kept = evidence.kept(office, data, kind=chosen, name=file.name)
    with acting(who=who, as_of=as_of, plan=plan, dry_run=dry_run) as act:
        row, is_new = evidence.attach(act.session, act.item(code), kept, bringing, now=act.now)
        answer = row.model_dump() | {"code": code.upper(), "is_new": is_new}
    what = "已登记" if is_new else "已有同一份材料，未重复登记"
    told = f"{what}：{kept.name}（{chosen.label}，{kept.content.media_type}）。"
    done = Done(told=told, answer={"evidence": answer})
    tell("evidence", done, dry_run=dry_run, as_json=as_json)


def _read(file: Path | None) -> bytes:
    if file is None:
        raise UsageError("缺少要上传的文件", advice="写上文件名；线下说明请用 --kind offline。")
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"读不到文件 {file}", advice="请检查文件名和读取权限。") from error


def list_evidence(code: ItemCode, *, plan: PlanCode = None, as_json: AsJson = False) -> None:
    """Print what proves an item's progress."""
    from db import evidence
    from services.moves import item_shown
    from services.office import open_office
    from services.plans import the_plan

    with open_office().reading() as session:
        item = item_shown(session, the_plan(session, plan), code)
        found = [row.model_dump() for row in evidence.of_item(session, item.id)]
    if as_json:
        output.print_json("evidence", {"code": item.code, "evidence": found})
        return
    output.show_table(
        f"{item.code} 佐证 {len(found)} 件",
        ("类别", "名称", "类型", "字节", "上传人", "日期"),
        (_row(row) for row in found),
    )


def _row(row: dict[str, Any]) -> tuple[Any, ...]:
    by = row["brought_by"] + (f"（{row['vouched_by']}署名）" if row["vouched_by"] else "")
    return (
        row["kind"].label, row["name"], row["media_type"], row["size"], by, row["as_of"]
    )  # fmt: skip


def verify(*, as_json: AsJson = False) -> None:
    """Hash every piece of evidence again; exit 3 when one is missing or changed."""
    from services.evidence import faults
    from services.office import open_office

    office = open_office()
    with office.reading() as session:
        found = list(faults(session, office))
    if as_json:
        output.print_json("evidence-faults", {"total": len(found), "faults": found})
    elif found:
        rows = ((fault.code, fault.name, fault.what, fault.stored_as) for fault in found)
        output.show_table("有问题的佐证", ("编号", "名称", "问题", "存放位置"), rows)
    else:
        output.show("佐证文件齐全，未被改动。")
    if found:
        raise typer.Exit(output.FINDINGS)
