"""季度调度: opened by hand, looked at before it is sent, chased, closed and frozen."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlmodel import col, func, select

from db.record_tables import Act, Message
from services.office import Office
from supervision.vocabulary import Role
from tests import reporting as reported
from tests.clock import Clock
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.reporting import CLOSES, HOUSING, OPENS, hand_in

ROUND = "/rounds/plan/2025Q1"
NUMBER = re.compile(r'<a href="(/rounds/[^"]*/items\?[^"]*)">(\d+)<span')
TOTAL = re.compile(r"共 (\d+) 项。")
HEADING_ROWS = 3


@pytest.fixture
def officer(signed_in: SignedIn) -> Browser:
    return signed_in(Role.OFFICE, unit=None, name="diaoduyuan")


def rows(office: Office) -> tuple[int, int]:
    """Return how many messages and steps of chasing are on record."""
    with office.reading() as session:
        messages = session.exec(select(func.count(col(Message.id)))).one()
        return messages, session.exec(select(func.count()).select_from(Act)).one()


def test_every_number_of_a_round_opens_a_list_with_as_many_rows(
    officer: Browser, reporting: Office
) -> None:
    hand_in(reporting, "T01")
    hand_in(reporting, "P01")
    reported.accept(reporting, "P01")

    page = officer.get(ROUND).text
    found = {path.replace("&amp;", "&"): int(number) for path, number in NUMBER.findall(page)}

    assert set(found.values()) == {3, 2, 1}
    for path, number in found.items():
        listed = officer.get(path).text
        assert [int(total) for total in TOTAL.findall(listed)] == [number]
        assert len(re.findall(r"<tr>\s*<td>", listed)) == number


def test_a_round_is_narrowed_to_a_unit(officer: Browser) -> None:
    page = officer.get(f"{ROUND}/items?show=owed&unit={HOUSING}").text

    assert "T02的事项" in page
    assert "T01的事项" not in page


def test_a_preview_says_what_will_be_sent_and_keeps_nothing(
    signed_in: SignedIn, reporting: Office, clock: Clock
) -> None:
    clock.turn_to(OPENS.replace(day=18))  # five working days before the reports are due
    officer = signed_in(Role.OFFICE, unit=None, name="diaoduyuan")
    before = rows(reporting)

    page = officer.get("/rounds/preview").text

    assert "将发出 <strong>2</strong> 份提醒" in page
    assert "请尽快报送" in page
    assert rows(reporting) == before


def test_chasing_is_on_record_once_a_day(officer: Browser, reporting: Office) -> None:
    officer.get(ROUND)
    first = officer.submit(f"{ROUND}/remind").text
    second = officer.submit(f"{ROUND}/remind").text

    assert "已登记催报 3 项" in first
    assert "今天已经催过" in second
    assert len(reported.events(reporting, "remind_round")) == 1


def test_a_round_is_not_closed_while_there_is_time(officer: Browser) -> None:
    officer.get(ROUND)

    answer = officer.submit(f"{ROUND}/close")

    assert answer.status_code == 422
    assert "尚有3项未报" in answer.text


def test_a_closed_round_is_shown_as_it_was_frozen(
    signed_in: SignedIn, reporting: Office, clock: Clock
) -> None:
    hand_in(reporting, "T01")
    clock.turn_to(CLOSES.replace(month=3, day=28))
    officer = signed_in(Role.OFFICE, unit=None, name="diaoduyuan")
    officer.get(ROUND)
    assert "数据已定格" in officer.submit(f"{ROUND}/close").text

    reported.accept(reporting, "T01", as_of=CLOSES)

    page = officer.get(ROUND).text
    assert "定格校验值" in page
    assert "催报" not in page
    assert "已报待审" in officer.get(f"{ROUND}/items?show=reported").text
    assert "T01的事项" in officer.page


def test_the_workbook_has_as_many_rows_as_the_page_says(officer: Browser) -> None:
    data = officer.get(f"{ROUND}/export?show=owed&unit={HOUSING}").content

    assert load_workbook(BytesIO(data)).worksheets[0].max_row - HEADING_ROWS == 1


@pytest.mark.parametrize("path", ["/rounds/nothing/2025Q1", "/rounds/plan/2031Q1"])
def test_a_round_there_is_none_of_is_not_there(officer: Browser, path: str) -> None:
    assert officer.get(path).status_code == 404


def test_who_only_reviews_does_not_run_rounds(signed_in: SignedIn) -> None:
    reviewer = signed_in(Role.REVIEWER, unit=None, name="shenheren")

    page = reviewer.get(ROUND).text

    assert f'action="{ROUND}/remind"' not in page
