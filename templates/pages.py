"""Words to web pages: escaped, compiled once, and an unknown word is an error, never a blank."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2_fragments import render_block

HERE = Path(__file__).parent / "portal"


@cache
def environment() -> Environment:
    """Return the environment of pages; templates do not change while the portal runs."""
    found = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    return found


def page(name: str, words: Mapping[str, Any]) -> str:
    """Return a whole page, such as `todo.html`."""
    return environment().get_template(name).render(words)


def fragment(name: str, block: str, words: Mapping[str, Any]) -> str:
    """Return one block of a page: what a script puts into the page that is open."""
    return render_block(environment(), name, block, words)
