"""The few files that pages ask for: ours, and the parts that `make setup` fetched; nothing else."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from supervision.errors import NotConfiguredError

HERE = Path(__file__).parent
FILES: Mapping[str, tuple[Path, str]] = {
    "pico.min.css": (HERE / "parts" / "pico.min.css", "text/css; charset=utf-8"),
    "duban.css": (HERE / "static" / "duban.css", "text/css; charset=utf-8"),
    "htmx.min.js": (HERE / "parts" / "htmx.min.js", "text/javascript; charset=utf-8"),
    "duban.js": (HERE / "static" / "duban.js", "text/javascript; charset=utf-8"),
    "statistics.js": (HERE / "static" / "statistics.js", "text/javascript; charset=utf-8"),
    "echarts.common.min.js": (
        HERE / "parts" / "echarts.common.min.js",
        "text/javascript; charset=utf-8",
    ),
}
# One page draws with it and has its tables without it: nothing else waits for it.
OPTIONAL = frozenset({"echarts.common.min.js"})


def require_parts() -> None:
    """Raise NotConfiguredError when a part was not fetched: the portal alone cannot work then."""
    needed = FILES.keys() - OPTIONAL
    missing = [name for name in FILES if name in needed and not FILES[name][0].exists()]
    if missing:
        raise NotConfiguredError(
            f"缺少网页部件（{'、'.join(missing)}），网页未启动，其余功能不受影响",
            advice="请安装 Node.js 后运行 make setup。",
        )


@cache
def content(name: str) -> tuple[bytes, str]:
    """Return a file and its type; KeyError for any other name, and for a part not fetched."""
    path, media_type = FILES[name]
    if name in OPTIONAL and not path.exists():
        raise KeyError(name)
    return path.read_bytes(), media_type


@cache
def addresses() -> Mapping[str, str]:
    """Return each file's address, which changes with its content: it may be kept for ever."""
    there = (name for name, (path, _) in FILES.items() if path.exists())
    return {name: f"/static/{name}?v={_mark(name)}" for name in there}


def _mark(name: str) -> str:
    return hashlib.sha256(content(name)[0]).hexdigest()[:12]
