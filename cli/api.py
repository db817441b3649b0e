"""`duban api`: the description of the interface, for whoever writes the other system."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cli import output
from cli.options import with_examples

Out = Annotated[
    Path | None, typer.Option("--out", metavar="文件", help="写到这个文件，不写则输出到屏幕")
]

SCHEMA = with_examples(
    "输出接口说明（OpenAPI）：有哪些地址、要哪些内容、答复什么。不需要数据库。",
    "duban api schema --out openapi.json",
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    api = typer.Typer(help="接口：给对接系统的说明。", no_args_is_help=True)
    api.callback()(_group)
    api.command("schema", help=SCHEMA)(schema)
    app.add_typer(api, name="api")


def _group() -> None:
    """Keep `schema` a command of its own while it is the only one."""


def schema(*, out: Out = None) -> None:
    """Print the description, or write it to a file."""
    from api.app import description
    from services.office import open_office

    text = json.dumps(description(open_office(must_exist=False)), ensure_ascii=False, indent=2)
    if out is None:
        output.show(text)
        return
    out.write_text(text + "\n", "utf-8")
    output.say(f"已写入 {out}。")
