"""Every page in a real browser: nothing for axe to find, no request elsewhere, fit for a telephone.

Pictures of what was seen are kept in `var/pictures`, to be looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from services import report_drafts
from services.obligations import obligation_of
from services.office import Office
from services.report_drafts import Pen
from supervision.vocabulary import Role
from tests.builders import item_of
from tests.portal import chromium
from tests.portal.conftest import PASSWORD, give_account
from tests.portal.screens import look_at, opened
from tests.reporting import PERIOD, liaison

pytestmark = [
    pytest.mark.skipif(bool(chromium.missing()), reason=f"未运行：缺少{chromium.missing()}"),
]
LIAISON, HEAD = "lianluoyuan", "fuzeren"


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A page somebody looks at; `{T01}` is that item."""

    name: str
    path: str
    who: str = HEAD


PAGES = (
    Seen(name="sign-in", path="/sign-in", who=""),
    Seen(name="todo", path="/todo"),
    Seen(name="todo-part", path="/todo/part/to_report"),
    Seen(name="workbook", path="/todo/workbook"),
    Seen(name="item", path="/items/{T01}"),
    Seen(name="report", path="/items/{T01}/report"),
    Seen(name="report-of-a-project", path="/items/{P01}/report"),
    Seen(name="report-check", path="/items/{P01}/report/check"),
    Seen(name="extension", path="/items/{T01}/extension"),
    Seen(name="close-out", path="/items/{T01}/close-out"),
    Seen(name="evidence", path="/items/{T01}/evidence"),
    Seen(name="account", path="/account"),
    Seen(name="password", path="/account/password"),
    Seen(name="not-here", path="/nowhere"),
)


@pytest.fixture
def home(reporting: Office, tmp_path: Path) -> Iterator[str]:
    """Give the address of a server with the reporting office, its liaison and its head."""
    give_account(reporting, LIAISON, Role.LIAISON, unit="区财政局")
    give_account(reporting, HEAD, Role.HEAD, unit="区财政局")
    keep_a_draft(reporting, "P01")
    url = reporting.engine.url.render_as_string(hide_password=False)
    with chromium.server(tmp_path, url, now=reporting.now().isoformat()) as address:
        yield address


def keep_a_draft(office: Office, code: str) -> None:
    with office.transaction() as session:
        owed = obligation_of(session, item_of(session, code), PERIOD)
        pen = Pen(actor=liaison(session), as_of=office.today(), now=office.now())
        typed = {"progress": "主体结构封顶，完成设备采购。", "percent": "60", "problems": "无"}
        report_drafts.keep_draft(session, owed, typed, pen)


def address(office: Office, home: str, path: str) -> str:
    with office.reading() as session:
        for code in ("T01", "P01"):
            path = path.replace(f"{{{code}}}", str(item_of(session, code).id))
    return home + path


@pytest.mark.parametrize("who", ["", HEAD], ids=["anybody", "head"])
def test_every_page_is_clean_by_axe_asks_nobody_else_and_fits_a_telephone(
    browser_window: Browser, home: str, reporting: Office, who: str
) -> None:
    told: list[str] = []
    page = opened(browser_window, home, who)
    page.on("console", lambda line: told.append(line.text))
    outside = chromium.elsewhere(page, home)
    faults: list[str] = []

    for seen in (seen for seen in PAGES if seen.who == who):
        page.goto(address(reporting, home, seen.path))
        faults += look_at(page, seen.name)

    assert faults == []
    assert outside == []
    assert [line for line in told if "404" not in line] == []


def test_what_is_wrong_is_told_first_and_has_the_focus(
    browser_window: Browser, home: str, reporting: Office
) -> None:
    page = opened(browser_window, home, HEAD)
    page.goto(address(reporting, home, "/items/{T01}/report"))
    page.get_by_label("累计进度（%）").fill("很多")
    page.get_by_role("button", name="下一步：核对").click()
    page.wait_for_selector("#faults")

    focused = page.evaluate("document.activeElement.id")

    assert focused == "faults"
    assert look_at(page, "report-with-faults") == []
    page.get_by_role("link", name="累计进度应为整数").click()
    assert page.evaluate("document.activeElement.id") == "percent"


def test_a_script_keeps_the_draft_while_a_person_writes(
    browser_window: Browser, home: str, reporting: Office
) -> None:
    page = opened(browser_window, home, HEAD)
    page.goto(address(reporting, home, "/items/{T01}/report"))
    page.get_by_label("本季进展").fill("正在写")
    page.get_by_label("累计进度（%）").focus()

    page.get_by_text("草稿已于09:00保存").wait_for()

    page.reload()
    assert page.get_by_label("本季进展").input_value() == "正在写"


def test_a_report_is_handed_in_without_any_script(browser_window: Browser, home: str) -> None:
    page = opened(browser_window, home, HEAD, java_script_enabled=False)
    page.get_by_role("link", name="继续填报下一项").click()
    page.get_by_label("本季进展").fill("完成主体施工")
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("button", name="下一步：核对").click()

    page.get_by_role("button", name="确认报送").click()

    assert "已报送，待办公室审核" in page.get_by_role("status").inner_text()


def test_a_report_is_handed_in_by_the_keyboard_alone(browser_window: Browser, home: str) -> None:
    page = opened(browser_window, home, "")
    page.goto(f"{home}/sign-in")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    type_into(page, "name", HEAD)
    type_into(page, "password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}/todo")
    press_on(page, "继续填报下一项")
    page.wait_for_url("**/report")
    type_into(page, "progress", "完成主体施工")
    press_on(page, "下一步：核对")
    page.wait_for_url("**/check")

    press_on(page, "确认报送")
    page.wait_for_url(f"{home}/todo")

    assert "已报送" in page.get_by_role("status").inner_text()


def type_into(page: Page, field: str, text: str) -> None:
    """Go on by Tab until the field has the focus, and type."""
    tab_until(page, f"document.activeElement.id === '{field}'")
    page.keyboard.type(text)


def press_on(page: Page, label: str) -> None:
    """Go on by Tab until what bears the label has the focus, see that it shows, press Enter."""
    tab_until(page, f"document.activeElement.textContent.includes('{label}')")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")


def tab_until(page: Page, reached: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(reached):
            return
    pytest.fail(f"Tab never led there: {reached}")
