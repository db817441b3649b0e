"""督查通报 in the browser: drafted from the frozen round, signed, published, as it was kept."""

from datetime import date

import pytest
from sqlmodel import select

from db.notice_tables import Circular
from services.office import Office
from services.tick import tick
from supervision.vocabulary import CircularState, Role
from tests.clock import Clock
from tests.people import is_record_whole
from tests.portal.conftest import SignedIn
from tests.reporting import CLOSES, HOUSING, PERIOD, hand_in

PATH = f"/circulars/plan/{PERIOD}"


@pytest.fixture
def closed(reporting: Office, clock: Clock) -> Office:
    """Give an office whose round closed: one report in time, one late, one missing."""
    hand_in(reporting, "T01", percent=40)
    hand_in(reporting, "T02", unit=HOUSING, as_of=date(2025, 3, 27))
    clock.turn_to(CLOSES)
    tick(reporting, today=CLOSES)
    return reporting


def state(office: Office) -> CircularState:
    with office.reading() as session:
        return session.exec(select(Circular)).one().state


def test_a_circular_is_read_signed_and_published_by_whom_it_concerns(
    closed: Office, signed_in: SignedIn
) -> None:
    officer = signed_in(Role.OFFICE, unit=None, name="diaoduyuan")
    approver = signed_in(Role.APPROVER, unit=None, name="qianfaren")

    draft = approver.get(PATH).text
    approver.submit(f"{PATH}/sign")
    officer.get(PATH)
    officer.submit(f"{PATH}/publish")

    assert "关于《试行方案》2025年第一季度落实情况的通报" in draft.replace("<br>", "")
    assert "请签发人审阅签发" in draft
    assert "已印发，文号" in officer.page
    assert state(closed) is CircularState.PUBLISHED
    assert is_record_whole(closed)


@pytest.mark.usefixtures("closed")
def test_the_office_sees_no_button_to_sign_what_the_approver_signs(signed_in: SignedIn) -> None:
    officer = signed_in(Role.OFFICE, unit=None, name="diaoduyuan")

    page = officer.get(PATH).text

    assert f'action="{PATH}/sign"' not in page
    assert officer.post(f"{PATH}/sign").status_code == 403


@pytest.mark.usefixtures("reporting")
def test_nothing_is_drafted_before_the_round_is_closed(signed_in: SignedIn) -> None:
    officer = signed_in(Role.OFFICE, unit=None, name="diaoduyuan")

    page = officer.get(PATH).text

    assert "截止定格后才能起草" in page
    assert f'action="{PATH}/draft"' not in page
    assert officer.get(f"{PATH}/file").status_code == 422


@pytest.mark.usefixtures("closed")
def test_the_list_names_each_round_once_and_the_file_is_a_word_file(signed_in: SignedIn) -> None:
    supervisor = signed_in(Role.SUPERVISOR, unit=None, name="ducha")

    page = supervisor.get("/circulars").text
    file = supervisor.get(f"{PATH}/file")

    assert page.count("2025年第一季度") == 1
    assert file.content.startswith(b"PK")
    assert "attachment" in file.headers["content-disposition"]


@pytest.mark.usefixtures("closed")
def test_a_round_there_is_none_of_is_not_there(signed_in: SignedIn) -> None:
    supervisor = signed_in(Role.SUPERVISOR, unit=None, name="ducha")

    found = [supervisor.get(f"/circulars/{path}").status_code for path in ("plan/2031Q1", "x/y")]

    assert found == [404, 404]
