"""一页情况: every number opens a list of as many rows, on any day; what needs a decision stands."""

import re
from datetime import date
from html import unescape

import pytest

from services.office import Office
from services.one_page import LATE, MISSING, one_page
from services.tick import tick
from supervision.vocabulary import Role
from tests.builders import change_item
from tests.clock import Clock
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.reporting import CLOSES, HOUSING, hand_in

NUMBER = re.compile(
    r'href="(/one-page/items\?[^"]+)">(?:<span class="visually-hidden">[^<]*</span>)?\D*?(\d+)'
)


@pytest.fixture
def closed(reporting: Office, clock: Clock) -> Office:
    """Give an office whose round closed: T01 reported, T02 late, P01 not; T01 is overdue."""
    hand_in(reporting, "T01", percent=40)
    hand_in(reporting, "T02", unit=HOUSING, as_of=date(2025, 3, 27))
    change_item(reporting, "T01", due_on=date(2025, 3, 15))
    clock.turn_to(CLOSES)
    tick(reporting, today=CLOSES)
    return reporting


def leader(signed_in: SignedIn, role: Role = Role.APPROVER) -> Browser:
    return signed_in(role, unit=None, name="lingdao")


def rows(page: str) -> int:
    return page.count('<th scope="row">')


@pytest.mark.usefixtures("closed")
def test_every_number_opens_a_list_of_as_many_rows(signed_in: SignedIn) -> None:
    browser = leader(signed_in)
    page = browser.get("/one-page").text

    numbers = {unescape(path): int(number) for path, number in NUMBER.findall(page)}

    assert len(numbers) > 3
    assert {path: rows(browser.get(path).text) for path in numbers} == numbers


@pytest.mark.parametrize(
    ("day", "missing", "late"),
    [
        (date(2025, 3, 25), [], []),
        (date(2025, 3, 26), ["T02", "P01"], []),
        (date(2025, 4, 1), ["P01"], ["T02"]),
    ],
    ids=["until the due day", "the day after", "when one came late"],
)
def test_reports_are_missing_or_late_as_they_were_on_the_day(
    closed: Office, day: date, missing: list[str], late: list[str]
) -> None:
    with closed.reading() as session:
        found = one_page(session, closed, as_of=day)

    assert sorted(line.item.code for line in found.of(MISSING)) == sorted(missing)
    assert [line.item.code for line in found.of(LATE)] == late


@pytest.mark.usefixtures("closed")
def test_what_waits_for_a_signature_is_named(signed_in: SignedIn) -> None:
    page = leader(signed_in).get("/one-page").text

    assert "2025年第一季度督查通报</a>待签发" in page
    assert "督办通知草稿待签发" in page


@pytest.mark.usefixtures("closed")
def test_a_supervisor_is_given_no_link_to_a_desk_he_may_not_open(signed_in: SignedIn) -> None:
    page = leader(signed_in, Role.SUPERVISOR).get("/one-page").text

    assert "/desk/lists" not in page


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("day", ["2031-01-01", "zuotian"], ids=["to come", "no day"])
def test_a_day_that_cannot_be_is_told_and_today_is_shown(signed_in: SignedIn, day: str) -> None:
    answer = leader(signed_in).get(f"/one-page?as_of={day}")

    assert answer.status_code == 422
    assert "以下按今天统计" in answer.text
    assert 'value="2025-04-01"' in answer.text
