"""The pages of decisions on the issued plan, in a real browser, with what waits on each."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from db.dossiers import units_of
from services import close_outs, extensions
from services.extensions import Wish
from services.item_events import Said, dispute
from services.item_views import plan_of
from services.office import Office
from services.tick import tick
from supervision.extensions import months_after
from supervision.rights import Actor
from supervision.vocabulary import Move, Role
from tests.builders import item_of
from tests.clock import Clock
from tests.people import hand, head, move, prove
from tests.portal import chromium
from tests.portal.conftest import give_account
from tests.portal.screens import look_at, opened
from tests.reporting import dispatcher

pytestmark = pytest.mark.skipif(
    bool(chromium.missing()), reason=f"未运行：缺少{chromium.missing()}"
)
TODAY = date(2024, 12, 12)
OFFICER = "diaoduyuan"
ASKS_LATER, GRANTED_SOON, ASKS_TO_CLOSE, TO_GRADE, DISPUTES = "T08", "T09", "T10", "T11", "T12"
HISTORIC = "T01"
PAGES = {
    "decisions": ("/decisions", ""),
    "decision-extension-review": ("/items/{}/extension/review", ASKS_LATER),
    "decision-extension": ("/items/{}/extension/decision", GRANTED_SOON),
    "decision-close-out-review": ("/items/{}/close-out/review", ASKS_TO_CLOSE),
    "decision-close-out": ("/items/{}/close-out/decision", TO_GRADE),
    "decision-dispute": ("/items/{}/dispute/answer", DISPUTES),
    "decision-historic": ("/items/{}/settlement", HISTORIC),
    "decision-suspension": ("/items/{}/suspension", DISPUTES),
    "decision-cancellation": ("/items/{}/cancellation", DISPUTES),
    "decision-nothing": ("/items/{}/reopening", DISPUTES),
    "decision-light": ("/items/{}/light", DISPUTES),
    "decision-unable": ("/items/{}/unable", DISPUTES),
    "decision-links": ("/items/{}", DISPUTES),
    "rule-templates": ("/rules/templates", ""),
}


@pytest.fixture
def home(zhanggong: Office, clock: Clock, tmp_path: Path) -> Iterator[str]:
    """Give the address of a portal on the issued plan with one of each sort to be decided."""
    clock.turn_to(TODAY)
    tick(zhanggong, today=TODAY)
    for code in (ASKS_LATER, GRANTED_SOON):
        ask_later(zhanggong, code)
    for code in (ASKS_TO_CLOSE, TO_GRADE):
        ask_to_close(zhanggong, code)
    review(zhanggong)
    object_to(zhanggong)
    give_account(zhanggong, OFFICER, Role.OFFICE, Role.APPROVER, Role.REVIEWER, unit=None)
    url = zhanggong.engine.url.render_as_string(hide_password=False)
    with chromium.server(tmp_path, url, now=zhanggong.now().isoformat()) as address:
        yield address


def lead_of(office: Office, code: str) -> str:
    """Return the name of the unit that answers for an item."""
    with office.reading() as session:
        found = units_of(session, item_of(session, code).id)
        return next(unit.name for unit in found if unit.answers)


def ask_later(office: Office, code: str) -> None:
    unit = lead_of(office, code)
    with office.transaction() as session:
        item = item_of(session, code)
        wish = Wish(
            new_due_on=months_after(item.due_on or TODAY, 2),
            reason="设备招标流标，须重新组织，预计推迟两个月。",
            progress="已完成前期审批，招标文件修改完毕。",
        )
        theirs = hand_of(office, head(session, unit))
        extensions.ask(session, plan_of(session, item), item, theirs, wish)


def ask_to_close(office: Office, code: str) -> None:
    unit = lead_of(office, code)
    prove(office, code, unit=unit, text=f"{code}的台账")
    with office.transaction() as session:
        theirs = head(session, unit)
        move(office, session, code, Move.ACKNOWLEDGE, theirs)
        said = "各项工作内容已全部完成，台账齐全。"
        close_outs.ask(session, item_of(session, code), hand(office, theirs), summary=said)


def review(office: Office) -> None:
    """Let another dispatcher give the opinions that the approver rests on."""
    with office.transaction() as session:
        other = dispatcher(session)
        extensions.review(
            session,
            item_of(session, GRANTED_SOON),
            hand_of(office, other),
            opinion="情况属实，建议同意。",
        )
        closing = item_of(session, TO_GRADE)
        close_outs.review(session, closing, hand(office, other), opinion="材料齐全，建议销号。")


def object_to(office: Office) -> None:
    unit = lead_of(office, DISPUTES)
    with office.transaction() as session:
        said = Said(
            actor=head(session, unit),
            as_of=TODAY,
            now=office.now(),
            reason="此项工作已划转其他单位，不属本单位职责。",
        )
        dispute(session, item_of(session, DISPUTES), said)


def hand_of(office: Office, actor: Actor) -> extensions.Hand:
    return extensions.Hand(actor=actor, as_of=TODAY, now=office.now(), policy=office.policy)


def test_every_page_of_a_decision_is_clean_and_fits_a_telephone(
    browser_window: Browser, home: str, zhanggong: Office
) -> None:
    page = opened(browser_window, home, OFFICER)
    outside = chromium.elsewhere(page, home)
    faults: list[str] = []

    for name, (path, code) in PAGES.items():
        with zhanggong.reading() as session:
            place = path.format(item_of(session, code).id) if code else path
        page.goto(home + place)
        faults += look_at(page, name)

    assert faults == []
    assert outside == []


def test_a_close_out_is_graded_without_any_script(browser_window: Browser, home: str) -> None:
    page = opened(browser_window, home, OFFICER, java_script_enabled=False)
    page.goto(f"{home}/decisions")
    page.get_by_role("link", name="销号申请待复核").click()
    page.get_by_role("link", name=TO_GRADE).click()
    page.get_by_label("等次").select_option("良好")

    page.get_by_role("button", name="同意销号").click()

    assert "已销号，等次良好" in page.get_by_role("status").inner_text()
