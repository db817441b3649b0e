"""Every page in a real browser: axe finds nothing, no request elsewhere, fit for a telephone.

They stand in `pages.py`. Pictures of what was seen are kept in `var/pictures`, to be looked at.
"""

import pytest
from playwright.sync_api import Browser, Page

from portal.app import create_app
from services.office import Office
from tests.portal import chromium
from tests.portal.addresses import address
from tests.portal.conftest import PASSWORD
from tests.portal.pages import NO_PAGE, PAGES, Seen
from tests.portal.prepared import CHIEF
from tests.portal.routes import doors_of
from tests.portal.screens import look_at, opened, reaches

pytestmark = [
    pytest.mark.skipif(bool(chromium.missing()), reason=f"未运行：缺少{chromium.missing()}"),
    pytest.mark.xdist_group("browser"),
]
BY_PERSON = {who: [seen for seen in PAGES if seen.who == who] for who in {s.who for s in PAGES}}
REPORT = next(seen for seen in PAGES if seen.name == "report")


@pytest.mark.parametrize("who", sorted(BY_PERSON), ids=lambda who: who or "anybody")
def test_every_page_is_clean_by_axe_asks_nobody_else_and_fits_a_telephone(
    browser_window: Browser, home: str, walked: Office, who: str
) -> None:
    told: list[str] = []
    page = opened(browser_window, home, who)
    page.on("console", lambda line: told.append(line.text))
    outside = chromium.elsewhere(page, home)
    faults: list[str] = []

    for seen in BY_PERSON[who]:
        faults += seen_through(page, home, walked, seen)

    assert faults == []
    assert outside == []
    assert [line for line in told if "404" not in line] == []


def seen_through(page: Page, home: str, office: Office, seen: Seen) -> list[str]:
    """Open a page, see that it is the page meant, look at it, and go to its main action."""
    answer = page.goto(home + address(office, seen))
    assert answer is not None
    wanted = 404 if seen.name == "not-here" else 200
    if answer.status != wanted:
        return [f"{seen.name}: answered {answer.status}"]
    faults = look_at(page, seen.name, shown_in_handbook=seen.shown_in_handbook)
    return faults + ([f"{seen.name}: {f}" for f in reaches(page, seen.main)] if seen.main else [])


def test_every_page_there_is_is_looked_at(reporting: Office) -> None:
    found = {door.path for door in doors_of(create_app(reporting)) if door.method == "GET"}

    looked_at = {seen.route.replace("{company_id}", "{unit_id}") for seen in PAGES}

    assert found - looked_at - set(NO_PAGE) == set()
    assert set(NO_PAGE) - found == set()


def test_what_is_wrong_is_told_first_and_has_the_focus(
    browser_window: Browser, home: str, walked: Office
) -> None:
    page = opened(browser_window, home, CHIEF)
    page.goto(home + address(walked, REPORT))
    page.get_by_label("累计进度（%）").fill("很多")
    page.get_by_role("button", name="下一步：核对").click()
    page.wait_for_selector("#faults")

    focused = page.evaluate("document.activeElement.id")

    assert focused == "faults"
    assert look_at(page, "report-with-faults") == []
    page.get_by_role("link", name="累计进度应为整数").click()
    assert page.evaluate("document.activeElement.id") == "percent"


def test_a_script_keeps_the_draft_while_a_person_writes(
    browser_window: Browser, home: str, walked: Office
) -> None:
    page = opened(browser_window, home, CHIEF)
    page.goto(home + address(walked, REPORT))
    page.get_by_label("本季进展").fill("正在写")
    page.get_by_label("累计进度（%）").focus()

    page.get_by_text("草稿已于09:00保存").wait_for()

    page.reload()
    assert page.get_by_label("本季进展").input_value() == "正在写"


def test_a_report_is_handed_in_without_any_script(browser_window: Browser, home: str) -> None:
    page = opened(browser_window, home, CHIEF, java_script_enabled=False)
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
    type_into(page, "name", CHIEF)
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
