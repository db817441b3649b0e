"""审计: the auditor reads the record and has it verified; 帮助、体检: whoever asks is told."""

import re

import pytest
from sqlalchemy import text

from services import audit
from services.office import Office
from supervision.vocabulary import Role
from tests.builders import FINANCE
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.reporting import hand_in

TOTAL = re.compile(r"<h3>共 (\d+) 条")
ROW = re.compile(r'<th scope="row">\d+</th>')


@pytest.fixture
def auditor(signed_in: SignedIn) -> Browser:
    return signed_in(Role.AUDITOR, unit=None, name="shenji")


def total(browser: Browser, query: str = "") -> int:
    found = TOTAL.search(browser.get(f"/record{query}").text)
    assert found is not None
    return int(found.group(1))


def test_the_auditor_begins_at_the_record(auditor: Browser) -> None:
    assert auditor.get("/").url.path == "/record"


def test_the_record_is_narrowed_and_paged(auditor: Browser, reporting: Office) -> None:
    hand_in(reporting, "T01")
    everything = total(auditor)

    narrowed = {query: total(auditor, query) for query in ("?act=hand_in", "?kind=account")}
    pages = [len(ROW.findall(auditor.get(f"/record?kind=account&page={n}").text)) for n in (1, 2)]

    assert narrowed["?act=hand_in"] == 1
    assert sum(pages) == narrowed["?kind=account"] < everything
    assert total(auditor, "?actor=nobody") == 0
    assert total(auditor, f"?day={reporting.today()}") > 0
    assert total(auditor, "?day=2019-01-01") == 0


def test_a_whole_record_is_said_to_be_whole(auditor: Browser, reporting: Office) -> None:
    with reporting.transaction() as session:
        made = audit.anchor(session, reporting, day=reporting.today())
        told = audit.anchor_text(reporting, made)
    auditor.get("/record")

    page = auditor.submit("/record/verify", told=told).text

    assert "核验结果：完整" in page
    assert "锚点 1 个" in page


def test_a_changed_record_is_said_to_be_broken(auditor: Browser, reporting: Office) -> None:
    with reporting.transaction() as session:
        session.connection().execute(text("UPDATE event SET actor = 'x' WHERE sequence = 2"))
    auditor.get("/record")

    page = auditor.submit("/record/verify").text

    assert "核验结果：不完整" in page
    assert "第 2 条起不成立" in page


def test_an_anchor_that_is_not_ours_is_told(auditor: Browser) -> None:
    auditor.get("/record")

    assert auditor.submit("/record/verify", told="duban 审计锚点").status_code == 422


def test_the_office_is_led_to_where_things_are_put_right(signed_in: SignedIn) -> None:
    page = signed_in(Role.OFFICE, unit=None, name="diaoduyuan").get("/health").text

    assert 'href="/contacts?missing=contact"' in page
    assert "duban " not in page


def test_a_unit_sees_how_it_is_reached_and_whom_to_ask(signed_in: SignedIn) -> None:
    liaison = signed_in(Role.LIAISON)

    page = liaison.get("/account/notifications").text

    assert f"{FINANCE}的联系人" in page
    assert "还没有登记联络员" in page
    assert 'href="/account/notifications"' in liaison.get("/help").text
