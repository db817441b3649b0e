"""A bureau's last quarter of 2024 on the issued plan, walked by its liaison and its head.

The pictures lie in `var/pictures`; those of the handbook are copied from there.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from services.office import Office
from services.tick import tick
from supervision.vocabulary import Role
from tests.clock import Clock
from tests.dispatch_tables import filled
from tests.portal import chromium
from tests.portal.conftest import give_account
from tests.portal.screens import look_at, opened

pytestmark = pytest.mark.skipif(
    bool(chromium.missing()), reason=f"未运行：缺少{chromium.missing()}"
)
UNIT = "章贡生态环境局"
TODAY = date(2024, 12, 12)
LIAISON, HEAD = "lianluoyuan", "fuzeren"
PROGRESS = "完成年度固体废物申报登记，登记企业213家，较上季新增18家；危险废物经营单位检查全覆盖。"


@pytest.fixture
def home(zhanggong: Office, clock: Clock, tmp_path: Path) -> Iterator[str]:
    """Give the address of a portal on the issued plan, in the round of 2024Q4."""
    clock.turn_to(TODAY)
    tick(zhanggong, today=TODAY)
    give_account(zhanggong, LIAISON, Role.LIAISON, unit=UNIT)
    give_account(zhanggong, HEAD, Role.HEAD, unit=UNIT)
    url = zhanggong.engine.url.render_as_string(hide_password=False)
    with chromium.server(tmp_path, url, now=zhanggong.now().isoformat()) as address:
        yield address


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_a_bureau_walks_through_its_quarter(
    browser_window: Browser, home: str, tmp_path: Path
) -> None:
    liaison = opened(browser_window, home, LIAISON)
    faults = look_at(liaison, "unit-todo")
    follow(liaison, "继续填报下一项")
    liaison.get_by_label("本季进展").fill(PROGRESS)
    liaison.get_by_label("累计进度（%）").fill("85")
    liaison.get_by_label("下步计划").fill("12月底前完成年度总结。")
    liaison.get_by_text("草稿已于").wait_for()
    faults += look_at(liaison, "unit-report")
    press(liaison, "下一步：核对")
    faults += look_at(liaison, "unit-report-check")
    press(liaison, "送本单位负责人审签")
    faults += look_at(liaison, "unit-todo-after-asking")

    head = opened(browser_window, home, HEAD)
    head.locator("section", has_text="待审签").get_by_role("link").first.click()
    faults += look_at(head, "unit-approval")
    press(head, "同意报送")
    assert "已报送" in head.get_by_role("status").inner_text()
    head.locator("section", has_text="待签收").get_by_role("link").first.click()
    press(head, "签收这个事项")
    faults += look_at(head, "unit-item")
    follow(head, "上传佐证材料")
    picture = tmp_path / "现场照片.png"
    picture.write_bytes(head.screenshot())
    head.get_by_label("材料种类").select_option(label="照片")
    head.locator("#file").set_input_files(picture)
    press(head, "上传")
    assert "已上传 现场照片.png" in head.get_by_role("status").inner_text()
    faults += look_at(head, "unit-evidence")

    assert faults == []


def test_a_bureau_reports_by_workbook(browser_window: Browser, home: str, tmp_path: Path) -> None:
    page = opened(browser_window, home, HEAD)
    page.goto(f"{home}/todo/workbook")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="调度表.xlsx").click()
    file = tmp_path / "填好的调度表.xlsx"
    downloading.value.save_as(file)
    done: dict[tuple[str, str], str | float | None] = {("T07", "progress"): PROGRESS}
    file.write_bytes(filled(file.read_bytes(), done))

    page.locator("#file").set_input_files(file)
    press(page, "上传并核对")
    faults = look_at(page, "unit-workbook-check")
    press(page, "确认报送这 1 项")

    assert "已报送 1 项" in page.get_by_role("status").inner_text()
    assert faults == []
