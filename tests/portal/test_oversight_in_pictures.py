"""What leaders and supervisors read and record, on the issued plan, in a real browser."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from services.office import Office
from services.tick import tick
from supervision.vocabulary import Role
from tests.clock import Clock
from tests.portal import chromium
from tests.portal.conftest import give_account
from tests.portal.screens import PICTURES, look_at, opened

pytestmark = pytest.mark.skipif(
    bool(chromium.missing()), reason=f"未运行：缺少{chromium.missing()}"
)
OPENED, TODAY = date(2024, 12, 10), date(2025, 1, 6)  # the round of 2024Q4 opens, and is over
WHO = "lingdao"
PAGES = {
    "circulars": "/circulars",
    "circular": "/circulars/{plan}/2024Q4",
    "papers": "/papers",
    "inspections": "/inspections",
    "statistics": "/statistics",
    "feeds": "/account/feeds",
    "one-page": "/one-page",
    "one-page-then": "/one-page?as_of=2024-12-20",
    "one-page-items": "/one-page/items?by=overdue",
}


@pytest.fixture
def home(zhanggong: Office, clock: Clock, tmp_path: Path) -> Iterator[str]:
    """Give the address of a portal on the issued plan, when the round of 2024Q4 is over."""
    for day in (OPENED, TODAY):
        clock.turn_to(day)
        tick(zhanggong, today=day)
    give_account(zhanggong, WHO, Role.OFFICE, Role.APPROVER, Role.SUPERVISOR)
    url = zhanggong.engine.url.render_as_string(hide_password=False)
    with chromium.server(tmp_path, url, now=zhanggong.now().isoformat()) as address:
        yield address


def test_every_page_is_clean_and_fits_a_telephone(browser_window: Browser, home: str) -> None:
    page = opened(browser_window, home, WHO)
    outside = chromium.elsewhere(page, home)
    page.goto(f"{home}/circulars")
    first = page.get_by_role("link", name="2024年第四季度").get_attribute("href") or ""
    faults: list[str] = []

    for name, path in PAGES.items():
        page.goto(home + path.replace("{plan}", first.split("/")[2]))
        faults += look_at(page, name)

    assert faults == []
    assert outside == []


def test_how_everything_stands_prints_on_one_sheet(browser_window: Browser, home: str) -> None:
    page = opened(browser_window, home, WHO)
    page.goto(f"{home}/one-page")

    printed = page.pdf(path=PICTURES / "one-page.pdf", format="A4", prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
