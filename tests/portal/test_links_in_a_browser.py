"""SEC7 and the statistics page in a real browser: scripts run, addresses stay where they are."""

import pytest
from playwright.sync_api import Browser, Request

from services.office import Office
from supervision.vocabulary import Role
from tests.linking import made_public, sent
from tests.portal import chromium
from tests.portal.conftest import give_account
from tests.portal.screens import look_at, opened
from tests.portal.served import serving
from tests.portal.test_foreign_forms import contents

pytestmark = pytest.mark.skipif(
    bool(chromium.missing()), reason=f"未运行：缺少{chromium.missing()}"
)


def test_a_link_opened_with_scripts_running_changes_nothing_and_tells_nobody_its_address(
    reporting: Office, browser_window: Browser
) -> None:
    path = sent(made_public(reporting)).links()[1]
    before = contents(reporting)
    asked: list[Request] = []

    with serving(reporting) as home:
        page = opened(browser_window, home, "")
        page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - playwright marks it
        page.goto(home + path, wait_until="networkidle")
        faults = look_at(page, "link")
        unchanged = contents(reporting) == before
        page.get_by_label("本季进展").fill("已开工建设")
        page.get_by_role("button", name="报送").click()
        page.get_by_text("已报送，待办公室审核").wait_for()
        told = {request.all_headers().get("referer", "") for request in asked}

    assert faults == []
    assert unchanged
    assert told == {"", f"{home}/"}


def test_the_chart_is_drawn_under_the_policy_of_pages(
    reporting: Office, browser_window: Browser
) -> None:
    give_account(reporting, "lingdao", Role.SUPERVISOR)

    with serving(reporting) as home:
        page = opened(browser_window, home, "lingdao")
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        page.goto(f"{home}/statistics", wait_until="networkidle")
        drawn = page.locator(".chart canvas").count()
        pictures = page.locator(".picture").first.is_visible()
        page.emulate_media(media="print")
        on_paper = page.locator(".picture").first.is_visible()

    assert drawn == 2
    assert refused == []
    assert (pictures, on_paper) == (False, True)
