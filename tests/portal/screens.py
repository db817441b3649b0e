"""Looking at pages: somebody's browser window, a picture of it, and what is wrong with it."""

from playwright.sync_api import Browser, FloatRect, Page, ViewportSize

from tests.portal import chromium
from tests.portal.conftest import PASSWORD

PICTURES = chromium.ROOT / "var" / "pictures"
NARROW: ViewportSize = {"width": 390, "height": 844}
WIDE: ViewportSize = {"width": 1280, "height": 900}
TOP: FloatRect = {"x": 0, "y": 0, "width": 1280, "height": 720}
MOST_TABS, AT_ONCE = 160, 20
NOTE_WHERE_THE_FOCUS_GOES = """() => {
  window.met = [];
  document.addEventListener("focusin", ({target}) => {
    const words = [target.textContent, ...[...(target.labels || [])].map(l => l.textContent)];
    const {outlineStyle, boxShadow} = getComputedStyle(target);
    window.met.push([words.join(" "), outlineStyle !== "none" || boxShadow !== "none"]);
  });
}"""


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


def look_at(page: Page, name: str, *, shown_in_handbook: bool = False) -> list[str]:
    """Take a picture of the page, wide and narrow, and return what is wrong with it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    if shown_in_handbook:
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=PICTURES / f"{name}-top.png", clip=TOP)
    _picture(page, name)
    faults = chromium.violations(page)
    page.set_viewport_size(NARROW)
    _picture(page, f"{name}-narrow")
    wide = page.evaluate("document.documentElement.scrollWidth")
    faults += [f"{wide} px wide"] if wide > NARROW["width"] else []
    page.set_viewport_size(WIDE)
    return [f"{name}: {fault}" for fault in faults]


def _picture(page: Page, name: str) -> None:
    page.screenshot(path=PICTURES / f"{name}.jpg", type="jpeg", quality=60, full_page=True)


def reaches(page: Page, label: str) -> list[str]:
    """Go on by Tab until what bears the label has the focus; return what is wrong with that."""
    page.evaluate(NOTE_WHERE_THE_FOCUS_GOES)
    for _ in range(MOST_TABS // AT_ONCE):
        for _ in range(AT_ONCE):
            page.keyboard.press("Tab")
        met = page.evaluate("label => window.met.filter(each => each[0].includes(label))", label)
        if met:
            return [] if met[0][1] else [f"{label} does not show that it has the focus"]
    return [f"Tab never led to {label}"]
