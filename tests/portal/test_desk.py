"""工作台: every number opens its list, and the list has as many rows as the number says."""

import re

import pytest

from services.moves import Wanted, move_item
from services.office import Office
from supervision.vocabulary import DeskList, Move, Role
from tests import reporting as reported
from tests.builders import change_item, item_of
from tests.people import head
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.reporting import hand_in

NUMBER = re.compile(r'<li><span class="number">(\d+)</span>.*?href="/desk/lists/(\w+)"', re.DOTALL)


@pytest.fixture
def officer(signed_in: SignedIn) -> Browser:
    return signed_in(Role.OFFICE, unit=None, name="diaoduyuan")


def numbers(browser: Browser) -> dict[str, int]:
    """Return the number beside every list the desk names."""
    browser.get("/desk")
    return {name: int(number) for number, name in NUMBER.findall(browser.page)}


def rows(browser: Browser, name: str) -> int:
    browser.get(f"/desk/lists/{name}")
    return len(re.findall(r"^  <li>$", browser.page, re.MULTILINE))


def test_the_office_begins_at_its_desk(officer: Browser) -> None:
    answer = officer.get("/")

    assert answer.url.path == "/desk"


def test_every_number_opens_a_list_with_as_many_rows(officer: Browser, reporting: Office) -> None:
    hand_in(reporting, "T01")
    hand_in(reporting, "P01")
    change_item(reporting, "T02", historic=True)

    found = numbers(officer)

    assert found == {"reports": 2, "historic": 1}
    assert {name: rows(officer, name) for name in found} == found


def test_a_report_that_was_reviewed_waits_no_more(officer: Browser, reporting: Office) -> None:
    hand_in(reporting, "T01")
    reported.accept(reporting, "T01")

    assert numbers(officer) == {}


def test_a_reviewer_of_a_responsible_unit_is_told_why_he_stands_back(
    signed_in: SignedIn, reporting: Office
) -> None:
    hand_in(reporting, "T01")
    reviewer = signed_in(Role.REVIEWER, name="shenheren")

    page = reviewer.get("/desk/lists/reports").text

    assert "您不能办理这一件：其所在单位是责任单位，须回避" in page


def test_what_others_deal_with_names_them(signed_in: SignedIn, reporting: Office) -> None:
    hand_in(reporting, "T01")
    approver = signed_in(Role.APPROVER, unit=None, name="qianfaren")

    page = approver.get("/desk").text

    assert "报送待审核<small>（由调度员、审核人办理）</small>" in page
    assert "目前没有要由您办理的" in page


def test_items_whose_review_date_has_come_stand_on_the_list(
    officer: Browser, reporting: Office
) -> None:
    with reporting.transaction() as session:
        item = item_of(session, "T01")
        wanted = Wanted(move=Move.ACKNOWLEDGE, actor=head(session), as_of=reporting.today())
        move_item(session, item, wanted, now=reporting.now())
    change_item(reporting, "T01", state="suspended", review_on=reporting.today())

    assert numbers(officer)[DeskList.SUSPENDED] == 1


def test_a_list_there_is_none_of_is_not_there(officer: Browser) -> None:
    assert officer.get("/desk/lists/nonsense").status_code == 404


def test_gaps_are_named(officer: Browser) -> None:
    page = officer.get("/desk/gaps").text

    assert "区财政局" in page
    assert "尚无联络员" in page
