"""The pages of supervisors, signers and whoever receives a notice, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from services.office import Office
from supervision.vocabulary import Role
from tests.builders import FINANCE
from tests.noticing import FIRST, HOUSING, Ladder
from tests.noticing import ladder as ladder  # noqa: PLC0414 - a fixture
from tests.portal import chromium
from tests.portal.conftest import give_account
from tests.portal.screens import look_at, opened

pytestmark = [
    pytest.mark.skipif(bool(chromium.missing()), reason=f"未运行：缺少{chromium.missing()}"),
]
WATCHER, BOSS, DESK, HEAD = "ducha", "qianfaren", "diaoduyuan", "fuzeren"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.chromium() as found:
        yield found


@pytest.fixture
def home(ladder: Ladder, tmp_path: Path) -> Iterator[str]:
    """Give the address of a server: one notice is a draft, one was sent."""
    ladder.on(FIRST)
    ladder.send("T01")
    office: Office = ladder.office
    give_account(office, WATCHER, Role.SUPERVISOR)
    give_account(office, BOSS, Role.APPROVER)
    give_account(office, DESK, Role.OFFICE)
    give_account(office, HEAD, Role.HEAD, unit=FINANCE)
    url = office.engine.url.render_as_string(hide_password=False)
    with chromium.server(tmp_path, url, now=office.now().isoformat()) as address:
        yield address


def test_the_pages_of_a_supervisor_are_clean_by_axe_and_fit_a_telephone(
    browser: Browser, home: str
) -> None:
    page = opened(browser, home, WATCHER)
    outside = chromium.elsewhere(page, home)
    assert page.url == f"{home}/overdue"
    faults = look_at(page, "overdue")
    page.get_by_role("link", name="区财政局").click()
    faults += look_at(page, "overdue-items")
    page.goto(f"{home}/notices/pull")
    faults += look_at(page, "notices-pull")
    page.goto(f"{home}/notices?state=delivered")
    faults += look_at(page, "notices")

    page.get_by_role("link", name="章无废办督").click()

    assert faults + look_at(page, "notice-sent") == []
    assert outside == []


def test_a_notice_is_signed_without_a_script(browser: Browser, home: str) -> None:
    page = opened(browser, home, BOSS, java_script_enabled=False)
    page.goto(f"{home}/notices?state=draft")
    page.get_by_role("link", name=f"草稿 {HOUSING}").click()
    page.get_by_role("button", name="签发", exact=True).click()

    assert "已签发，待办公室编号印发" in page.get_by_role("status").inner_text()


def test_who_signs_and_who_answers_see_pages_that_axe_finds_nothing_in(
    browser: Browser, home: str
) -> None:
    boss = opened(browser, home, BOSS)
    boss.goto(f"{home}/notices?state=draft")
    boss.get_by_role("link", name=f"草稿 {HOUSING}").click()
    faults = look_at(boss, "notice-draft")
    head = opened(browser, home, HEAD)
    head.goto(f"{home}/received")
    faults += look_at(head, "notices-received")
    head.get_by_role("link", name="章无废办督").click()
    faults += look_at(head, "notice-to-answer")
    head.get_by_label("办理情况").fill("完成九成")
    head.get_by_role("button", name="提交答复").click()
    faults += look_at(head, "notice-answer-with-faults")
    head.get_by_label("未按期完成的原因").fill("设备到货晚")
    head.get_by_role("button", name="提交答复").click()
    head.get_by_text("已答复2项").wait_for()
    desk = opened(browser, home, DESK)
    desk.goto(f"{home}/notices?state=answered")

    desk.get_by_role("link", name="章无废办督").click()

    assert faults + look_at(desk, "notice-to-review") == []
