"""The office's pages on the issued plan, in the round of 2024Q4, in a real browser."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from services import reports
from services.obligations import obligation_of
from services.office import Office
from services.report_content import ReportContent
from services.tick import tick
from supervision.vocabulary import Role
from tests.builders import item_of
from tests.clock import Clock
from tests.people import the_plan
from tests.portal import chromium
from tests.portal.conftest import give_account
from tests.portal.screens import look_at, opened
from tests.reporting import liaison

pytestmark = pytest.mark.skipif(
    bool(chromium.missing()), reason=f"未运行：缺少{chromium.missing()}"
)
LAST, TODAY = date(2024, 9, 12), date(2024, 12, 12)
UNIT, CODE = "章贡生态环境局", "T07"
OFFICER = "diaoduyuan"
PAGES = {
    "office-desk": "/desk",
    "office-desk-list": "/desk/lists/historic",
    "office-gaps": "/desk/gaps",
    "office-undelivered": "/desk/undelivered",
    "office-library": "/items",
    "office-library-overdue": "/items?overdue=1&kind=task",
    "office-indicators": "/indicators",
    "office-rounds": "/rounds",
    "office-round": "/rounds/{plan}/2024Q4",
    "office-round-items": "/rounds/{plan}/2024Q4/items?show=owed",
    "office-round-preview": "/rounds/preview",
    "office-review-queue": "/desk/lists/reports",
    "office-review": "/items/{item}/reports/2024Q4",
    "office-rules": "/rules",
    "office-calendar": "/calendar",
}


@pytest.fixture
def home(zhanggong: Office, clock: Clock, tmp_path: Path) -> Iterator[str]:
    """Give the address of a portal on the issued plan, in the round of 2024Q4."""
    clock.turn_to(TODAY)
    report(zhanggong, "2024Q3", LAST, "完成申报登记195家，检查产废单位40家次。", percent=60)
    report(zhanggong, "2024Q4", TODAY, "完成申报登记213家，较上季新增18家。", percent=85)
    give_account(zhanggong, OFFICER, Role.OFFICE, Role.APPROVER)
    url = zhanggong.engine.url.render_as_string(hide_password=False)
    with chromium.server(tmp_path, url, now=zhanggong.now().isoformat()) as address:
        yield address


def report(office: Office, period: str, day: date, progress: str, *, percent: int) -> None:
    """Have the round of the day opened, and the item reported on in it."""
    tick(office, today=day)
    with office.transaction() as session:
        owed = obligation_of(session, item_of(session, CODE), period)
        said = ReportContent(progress=progress, percent=percent, next_step="按季推进。")
        reports.hand_in(session, owed, said, liaison(session, UNIT), as_of=day, now=office.now())


def test_every_page_of_the_office_is_clean_and_fits_a_telephone(
    browser_window: Browser, home: str, zhanggong: Office
) -> None:
    page = opened(browser_window, home, OFFICER)
    outside = chromium.elsewhere(page, home)
    faults: list[str] = []

    with zhanggong.reading() as session:
        places = {"plan": the_plan(session).code, "item": item_of(session, CODE).id}
    for name, path in PAGES.items():
        page.goto(home + path.format(**places))
        faults += look_at(page, name)

    assert faults == []
    assert outside == []


def test_a_report_is_accepted_by_the_keyboard_and_without_scripts(
    browser_window: Browser, home: str
) -> None:
    page = opened(browser_window, home, OFFICER, java_script_enabled=False)
    page.goto(f"{home}/desk/lists/reports")
    page.get_by_role("link", name=CODE).first.click()
    page.wait_for_url("**/reports/2024Q3")

    accept = page.get_by_role("button", name="通过")
    assert accept.get_attribute("accesskey") == "t"
    accept.press("Enter")
    page.wait_for_url(lambda url: "2024Q3" not in url)

    assert "已审定" in page.get_by_role("status").inner_text()
