"""The office's pages on the issued plan, in the round of 2024Q4, in a real browser."""

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
from tests.portal.screens import look_at, opened

pytestmark = pytest.mark.skipif(
    bool(chromium.missing()), reason=f"未运行：缺少{chromium.missing()}"
)
TODAY = date(2024, 12, 12)
OFFICER = "diaoduyuan"
PAGES = {
    "office-desk": "/desk",
    "office-desk-list": "/desk/lists/historic",
    "office-gaps": "/desk/gaps",
    "office-undelivered": "/desk/undelivered",
    "office-library": "/items",
    "office-library-overdue": "/items?overdue=1&kind=task",
    "office-indicators": "/indicators",
}


@pytest.fixture
def home(zhanggong: Office, clock: Clock, tmp_path: Path) -> Iterator[str]:
    """Give the address of a portal on the issued plan, in the round of 2024Q4."""
    clock.turn_to(TODAY)
    tick(zhanggong, today=TODAY)
    give_account(zhanggong, OFFICER, Role.OFFICE, Role.APPROVER)
    url = zhanggong.engine.url.render_as_string(hide_password=False)
    with chromium.server(tmp_path, url, now=zhanggong.now().isoformat()) as address:
        yield address


def test_every_page_of_the_office_is_clean_and_fits_a_telephone(
    browser_window: Browser, home: str
) -> None:
    page = opened(browser_window, home, OFFICER)
    outside = chromium.elsewhere(page, home)
    faults: list[str] = []

    for name, path in PAGES.items():
        page.goto(home + path)
        faults += look_at(page, name)

    assert faults == []
    assert outside == []
