"""`duban template`: the Word templates of papers, the shipped ones and an office's own."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import output
from cli.options import AsJson, with_examples

if TYPE_CHECKING:
    from services.own_templates import Inspected

What = Annotated[
    str | None,
    typer.Argument(metavar="种类|文件", help="如 supervision、督办通知，或一个 .docx 文件"),
]
KindName = Annotated[str, typer.Argument(metavar="种类", help="如 supervision 或 督办通知")]
KindOption = Annotated[
    str | None, typer.Option("--kind", metavar="种类", help="文件是哪种文书的模板")
]
Target = Annotated[Path, typer.Argument(metavar="文件", help="写到哪个 .docx 文件")]

LINT = with_examples(
    "检查模板：不认识的词、缺少的词、没有配对的标签、宏与外部引用，以及与 GB/T 9704 不符之处。"
    "有错误时退出码为 3；仅有提示时为 0。",
    "duban template lint",
    "duban template lint supervision",
    "duban template lint 自己的模板.docx --kind supervision",
)
LIST = with_examples("列出每种文书现在用哪个模板。", "duban template list")
EXPORT = with_examples(
    "把随附的模板写成文件，用 Word 修改后放到数据目录的 templates/<种类>/document.docx 即可生效。",
    "duban template export supervision var/templates/supervision/document.docx",
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    template = typer.Typer(help="文书模板。", no_args_is_help=True)
    template.command("lint", help=LINT)(lint)
    template.command("list", help=LIST)(list_templates)
    template.command("export", help=EXPORT)(export)
    app.add_typer(template, name="template")


def lint(what: What = None, *, kind: KindOption = None, as_json: AsJson = False) -> None:
    """Print what is wrong with templates; exit 3 when one of them cannot be used."""
    found = _looked_at(what, kind)
    if as_json:
        output.print_json("template_lint", {"templates": found})
    else:
        for one in found:
            _show(one)
    if not all(one.is_usable for one in found):
        raise typer.Exit(output.FINDINGS)


def _looked_at(what: str | None, kind: str | None) -> "list[Inspected]":
    from services.own_templates import inspect_file, inspected, kind_named
    from services.settings import read_settings

    named = None if kind is None else kind_named(kind)
    if what is None:
        return inspected(read_settings(), kind=named)
    if what.endswith(".docx") or Path(what).is_file():
        return [inspect_file(Path(what), named)]
    return inspected(read_settings(), kind=kind_named(what))


def _show(one: "Inspected") -> None:
    output.show(f"{one.kind.label}（{one.file}）：{'可以使用' if one.is_usable else '不能使用'}")
    for fault in one.faults:
        output.show(f"  {'提示' if fault.is_warning else '错误'}：{fault.text}")


def list_templates(*, as_json: AsJson = False) -> None:
    """Print which template every kind of paper is made from."""
    from services.own_templates import listed
    from services.settings import read_settings

    found = listed(read_settings())
    if as_json:
        output.print_json("templates", {"templates": found})
        return
    rows = (
        (one.kind.value, one.kind.label, "本单位" if one.is_own else "随附", one.file)
        for one in found
    )
    output.show_table("文书模板", ("种类", "文书", "来源", "文件"), rows)


def export(kind: KindName, file: Target, *, as_json: AsJson = False) -> None:
    """Write a shipped template to a file."""
    from services.own_templates import export as write_shipped
    from services.own_templates import kind_named

    wanted = kind_named(kind)
    written = write_shipped(wanted, file)
    if as_json:
        output.print_json("template_export", {"kind": wanted, "file": written})
        return
    output.say(f"已写到 {written}。修改后请运行 duban template lint 检查。")
