"""The pages of post, people, accounts and record in a real browser, on the issued plan."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlmodel import select

from db.plan_tables import Contact, Unit
from db.record_tables import Message
from services.office import Office
from services.tick import tick
from supervision.vocabulary import ContactPost, MessageState, Role, UnitKind
from tests.clock import Clock
from tests.people import unit_id
from tests.portal import chromium
from tests.portal.conftest import give_account
from tests.portal.screens import look_at, opened

pytestmark = pytest.mark.skipif(
    bool(chromium.missing()), reason=f"未运行：缺少{chromium.missing()}"
)
TODAY = date(2024, 12, 12)
UNIT = "章贡生态环境局"
REFUSED = "550 5.1.1 没有这个邮箱：收件人已停用"
PAGES: dict[str, dict[str, str]] = {
    "diaoduyuan": {
        "office-outbox": "/outbox",
        "office-outbox-waiting": "/outbox?waits=1",
        "office-message": "/outbox/{message}",
        "office-contacts": "/contacts",
        "office-contacts-missing": "/contacts?missing=sponsor",
        "office-unit": "/contacts/units/{unit}",
        "office-company": "/contacts/units/{company}",
        "office-contacts-import": "/contacts/import",
        "office-health": "/health",
        "office-help": "/help",
        "office-plans": "/plans",
        "office-findings": "/plans/zhanggong/findings",
    },
    "guanli": {
        "admin-accounts": "/accounts",
        "admin-account-new": "/accounts/new",
        "admin-health": "/health",
        "admin-channels": "/channels",
    },
    "shenji": {"audit-record": "/record"},
    "ducha": {"supervisor-overdue": "/", "supervisor-pull": "/notices/pull"},
    "lianluoyuan": {"unit-notifications": "/account/notifications"},
}


@pytest.fixture
def home(zhanggong: Office, clock: Clock, tmp_path: Path) -> Iterator[str]:
    """Give the address of a portal on the issued plan, one of whose messages was refused."""
    clock.turn_to(TODAY)
    tick(zhanggong, today=TODAY)
    give_account(zhanggong, "diaoduyuan", Role.OFFICE)
    give_account(zhanggong, "guanli", Role.ADMINISTRATOR)
    give_account(zhanggong, "shenji", Role.AUDITOR)
    give_account(zhanggong, "ducha", Role.SUPERVISOR)
    give_account(zhanggong, "lianluoyuan", Role.LIAISON, unit=UNIT)
    with zhanggong.transaction() as session:
        bureau = unit_id(session, UNIT)
        for post, name in ((ContactPost.LIAISON, "王建国"), (ContactPost.HEAD, "李红")):
            session.add(Contact(unit_id=bureau, post=post, name=name, phone="13800001234"))
        message = session.exec(select(Message).where(Message.unit_id == bureau)).first()
        assert message is not None
        message.state, message.reason = MessageState.REFUSED, REFUSED
        session.add(message)
    url = zhanggong.engine.url.render_as_string(hide_password=False)
    with chromium.server(tmp_path, url, now=zhanggong.now().isoformat()) as address:
        yield address


def places(office: Office) -> dict[str, str]:
    """Return what stands for the ids in addresses."""
    with office.reading() as session:
        bureau = unit_id(session, UNIT)
        is_theirs = Message.unit_id == bureau
        message = session.exec(select(Message.id).where(is_theirs)).first()
        company = session.exec(select(Unit.id).where(Unit.kind == UnitKind.COMPANY)).first()
        return {"message": str(message), "unit": str(bureau), "company": str(company)}


def test_every_page_is_clean_and_fits_a_telephone(
    browser_window: Browser, home: str, zhanggong: Office
) -> None:
    faults: list[str] = []
    outside: list[str] = []

    for who, paths in PAGES.items():
        page = opened(browser_window, home, who)
        outside = chromium.elsewhere(page, home)
        for name, path in paths.items():
            page.goto(home + path.format(**places(zhanggong)))
            faults += look_at(page, name)
        faults += [f"{who} asked {url}" for url in outside]

    assert faults == []


def test_a_message_that_was_refused_is_settled_by_a_call_without_any_script(
    browser_window: Browser, home: str
) -> None:
    page = opened(browser_window, home, "diaoduyuan", java_script_enabled=False)
    page.goto(f"{home}/outbox?waits=1")
    page.get_by_role("row", name=UNIT).get_by_role("link").click()
    page.get_by_label("接听人").fill("王建国")
    page.get_by_label("答复").fill("今日下班前报送")

    page.get_by_role("button", name="登记电话告知").click()

    assert "已了结" in page.get_by_role("status").inner_text()
