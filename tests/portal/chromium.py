"""A real browser: Debian's Chromium, driven over loopback, and what axe finds in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
# Only what is wrong is worked out: what passes would cost as much again.
RUN_AXE = """tags => axe.run(document, {
  runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false,
  selectors: false,
})"""
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def missing() -> str:
    """Return what these tests cannot run without, empty when all is there."""
    parts = ROOT / "portal" / "parts" / "htmx.min.js"
    wanted = {"Chromium": CHROMIUM, "axe-core（make test 用 Node.js 取得）": AXE, "网页部件": parts}
    return "、".join(name for name, path in wanted.items() if not path.exists())


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a running browser."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


def elsewhere(page: Page, home: str) -> list[str]:
    """Return a list that fills with every request that goes anywhere but to our server."""
    found: list[str] = []

    def seen(request: Request) -> None:
        if not request.url.startswith((home, "data:", "blob:")):
            found.append(request.url)

    page.on("request", seen)
    return found


def violations(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA on the page as it stands."""
    # The page's own policy lets no other script in; the browser's driver may evaluate one.
    page.evaluate(AXE.read_text("utf-8"))
    found: Any = page.evaluate(RUN_AXE, STANDARD)
    return [
        f"{fault['id']}: {fault['help']}: {node['html'][:120]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
