"""Looking at pages: somebody's browser window, a picture of it, and what is wrong with it."""

from playwright.sync_api import Browser, Page, ViewportSize

from tests.portal import chromium
from tests.portal.conftest import PASSWORD

PICTURES = chromium.ROOT / "var" / "pictures"
NARROW: ViewportSize = {"width": 390, "height": 844}
WIDE: ViewportSize = {"width": 1280, "height": 900}


def sign_in(page: Page, home: str, name: str) -> None:
    page.goto(f"{home}/sign-in")
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def opened(browser: Browser, home: str, who: str, *, java_script_enabled: bool = True) -> Page:
    """Return a page of a browser of its own, in which that person is signed in."""
    context = browser.new_context(
        locale="zh-CN", viewport=WIDE, java_script_enabled=java_script_enabled
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    if who:
        sign_in(page, home, who)
    return page


def look_at(page: Page, name: str) -> list[str]:
    """Take a picture of the page, wide and narrow, and return what is wrong with it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.set_viewport_size(WIDE)
    page.screenshot(path=PICTURES / f"{name}-top.png")  # what the handbook shows
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    faults = chromium.violations(page)
    page.set_viewport_size(NARROW)
    page.screenshot(path=PICTURES / f"{name}-narrow.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth")
    faults += [f"{wide} px wide"] if wide > NARROW["width"] else []
    page.set_viewport_size(WIDE)
    return [f"{name}: {fault}" for fault in faults]
