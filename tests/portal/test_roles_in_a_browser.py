"""Each role through its quarter in a real browser, some without any script, one by keyboard alone.

The pictures lie in `var/pictures`; those of the handbook are copied from there.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.dispatch_tables import filled
from tests.portal import chromium
from tests.portal.prepared import (
    ANSWERER,
    BOSS,
    BUREAU,
    CHIEF,
    OFFICER,
    REPORTED,
    TO_GRADE,
    TO_SIGN,
    WATCHER,
    WRITER,
)
from tests.portal.screens import PICTURES, look_at, opened

pytestmark = [
    pytest.mark.skipif(bool(chromium.missing()), reason=f"未运行：缺少{chromium.missing()}"),
    pytest.mark.xdist_group("browser"),
]
PROGRESS = "完成年度固体废物申报登记，登记企业213家，较上季新增18家；危险废物经营单位检查全覆盖。"
IN_WORKBOOK = "T17"


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def told(page: Page) -> str:
    return page.get_by_role("status").inner_text()


def test_a_bureau_walks_through_its_quarter(
    browser_window: Browser, home: str, tmp_path: Path
) -> None:
    liaison = opened(browser_window, home, WRITER)
    faults = look_at(liaison, "unit-todo", shown_in_handbook=True)
    follow(liaison, "继续填报下一项")
    liaison.get_by_label("本季进展").fill("《通知》已印发各镇街和相关单位，召开宣贯会1次。")
    liaison.get_by_label("累计进度（%）").fill("85")
    liaison.get_by_label("下步计划").fill("12月底前完成培训和督导。")
    liaison.get_by_text("草稿已于").wait_for()
    faults += look_at(liaison, "unit-report", shown_in_handbook=True)
    press(liaison, "下一步：核对")
    press(liaison, "送本单位负责人审签")
    faults += look_at(liaison, "unit-todo-after-asking")

    head = opened(browser_window, home, CHIEF)
    head.locator("section", has_text="待审签").get_by_role("link").first.click()
    faults += look_at(head, "unit-approval", shown_in_handbook=True)
    press(head, "同意报送")
    assert "已报送" in told(head)
    head.locator("section", has_text="待签收").get_by_role("link").first.click()
    press(head, "签收这个事项")
    follow(head, "上传佐证材料")
    picture = tmp_path / "现场照片.png"
    picture.write_bytes(head.screenshot())
    head.get_by_label("材料种类").select_option(label="照片")
    head.locator("#file").set_input_files(picture)
    press(head, "上传")
    assert "已上传 现场照片.png" in told(head)

    assert faults == []


def test_a_bureau_reports_by_workbook(browser_window: Browser, home: str, tmp_path: Path) -> None:
    page = opened(browser_window, home, CHIEF)
    page.goto(f"{home}/todo/workbook")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="2024Q4").click()
    file = tmp_path / "填好的调度表.xlsx"
    downloading.value.save_as(file)
    done: dict[tuple[str, str], str | float | None] = {(IN_WORKBOOK, "progress"): PROGRESS}
    file.write_bytes(filled(file.read_bytes(), done))

    page.locator("#file").set_input_files(file)
    press(page, "上传并核对")
    faults = look_at(page, "unit-workbook-check", shown_in_handbook=True)
    press(page, "确认报送这 1 项")

    assert "已报送 1 项" in told(page)
    assert faults == []


def test_the_office_decides_on_what_waits_without_any_script(
    browser_window: Browser, home: str
) -> None:
    page = opened(browser_window, home, OFFICER, java_script_enabled=False)
    page.goto(f"{home}/desk/lists/reports")
    follow(page, REPORTED)
    page.wait_for_url("**/reports/2024Q3")
    accept = page.get_by_role("button", name="通过")
    assert accept.get_attribute("accesskey") == "t"
    accept.press("Enter")
    page.wait_for_url(lambda url: "2024Q3" not in url)
    assert "已审定" in told(page)

    page.goto(f"{home}/decisions")
    follow(page, "销号申请待复核")
    follow(page, TO_GRADE)
    page.get_by_label("等次").select_option("良好")
    press(page, "同意销号")
    assert "已销号，等次良好" in told(page)

    page.goto(f"{home}/outbox?waits=1")
    page.get_by_role("row", name=BUREAU).get_by_role("link").first.click()
    page.get_by_label("接听人").fill("王建国")
    page.get_by_label("答复").fill("今日下班前报送")
    press(page, "登记电话告知")
    assert "已了结" in told(page)


def test_a_notice_is_seen_signed_answered_and_reviewed(browser_window: Browser, home: str) -> None:
    watcher = opened(browser_window, home, WATCHER)
    assert watcher.url == f"{home}/overdue"
    follow(watcher, "区委宣传部")
    faults = look_at(watcher, "overdue-of-a-unit")
    watcher.goto(f"{home}/notices?state=delivered")
    follow(watcher, "章无废办督")

    boss = opened(browser_window, home, BOSS, java_script_enabled=False)
    boss.goto(f"{home}/notices?state=draft")
    boss.get_by_role("row", name=TO_SIGN).get_by_role("link", name="草稿").click()
    press(boss, "签发")
    assert "已签发，待办公室编号印发" in told(boss)

    head = opened(browser_window, home, ANSWERER)
    head.goto(f"{home}/received")
    follow(head, "章无废办督")
    head.get_by_label("办理情况").fill("完成九成")
    press(head, "提交答复")
    faults += look_at(head, "notice-answer-with-faults")
    head.get_by_label("未按期完成的原因").fill("设备到货晚")
    press(head, "提交答复")
    head.get_by_text("已答复1项").wait_for()

    desk = opened(browser_window, home, OFFICER)
    desk.goto(f"{home}/notices?state=answered")
    follow(desk, "章无废办督")

    assert faults + look_at(desk, "notice-to-review") == []


def test_how_everything_stands_prints_on_one_sheet(browser_window: Browser, home: str) -> None:
    page = opened(browser_window, home, WATCHER)
    page.goto(f"{home}/one-page")

    printed = page.pdf(path=PICTURES / "one-page.pdf", format="A4", prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_the_menu_opens_by_keyboard_and_closes_by_escape(
    browser_window: Browser, home: str
) -> None:
    page = opened(browser_window, home, OFFICER)
    group = page.locator("header summary", has_text="文书")
    group.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="督查通报").wait_for()
    faults = look_at(page, "menu-open")

    page.keyboard.press("Escape")

    assert not page.get_by_role("link", name="督查通报").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "文书"
    assert faults == []
