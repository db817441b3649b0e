"""报送审核: last quarter beside this one, a verdict on the version that was read, the next item."""

import pytest

from services.office import Office
from supervision.vocabulary import ObligationState, Role
from tests import reporting as reported
from tests.builders import item_of
from tests.people import prove
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.reporting import contribute, hand_in


@pytest.fixture
def officer(signed_in: SignedIn) -> Browser:
    return signed_in(Role.OFFICE, unit=None, name="diaoduyuan")


def path_of(office: Office, code: str = "T01") -> str:
    with office.reading() as session:
        return f"/items/{item_of(session, code).id}/reports/2025Q1"


def test_a_report_stands_with_all_its_review_rests_on(officer: Browser, reporting: Office) -> None:
    hand_in(reporting, progress="完成三个标段", percent=40)
    contribute(reporting, "已办理用地手续")
    prove(reporting, "T01", text="台账")

    page = officer.get(path_of(reporting)).text

    for said in ("完成三个标段", "已办理用地手续", "台账.txt", "没有上季可对照"):
        assert said in page


def test_what_is_accepted_leads_on_to_the_next(officer: Browser, reporting: Office) -> None:
    hand_in(reporting, "T01")
    hand_in(reporting, "P01")
    officer.get(path_of(reporting))

    answer = officer.submit(f"{path_of(reporting)}/accept")

    assert answer.url.path == path_of(reporting, "P01")
    assert "T01 已审定。下一件：P01" in answer.text
    assert reported.state(reporting) is ObligationState.ACCEPTED


def test_the_last_one_leads_back_to_the_queue(officer: Browser, reporting: Office) -> None:
    hand_in(reporting)
    officer.get(path_of(reporting))

    answer = officer.submit(f"{path_of(reporting)}/return", reason="请补充数据")

    assert answer.url.path == "/desk/lists/reports"
    assert "报送都审完了" in answer.text
    assert reported.versions(reporting) == [(1, "已开工", "refused")]


def test_nothing_is_sent_back_without_a_reason(officer: Browser, reporting: Office) -> None:
    hand_in(reporting)
    officer.get(path_of(reporting))

    answer = officer.submit(f"{path_of(reporting)}/return")

    assert answer.status_code == 422
    assert "退回须写明原因" in answer.text
    assert reported.state(reporting) is ObligationState.REPORTED


def test_a_newer_version_than_the_one_read_is_not_accepted(
    officer: Browser, reporting: Office
) -> None:
    hand_in(reporting)
    officer.get(path_of(reporting))
    hand_in(reporting, progress="已完工")

    answer = officer.submit(f"{path_of(reporting)}/accept")

    assert answer.status_code == 422
    assert "已有新的报送（第2版）" in answer.text
    assert reported.state(reporting) is ObligationState.REPORTED


def test_a_quarter_without_a_report_is_refused_in_words(
    officer: Browser, reporting: Office
) -> None:
    answer = officer.get(path_of(reporting))

    assert answer.status_code == 422
    assert "本季尚未报送" in answer.text


def test_nobody_reviews_the_report_of_his_own_unit(signed_in: SignedIn, reporting: Office) -> None:
    hand_in(reporting)
    reviewer = signed_in(Role.REVIEWER, name="shenheren")

    answer = reviewer.get(path_of(reporting))

    assert answer.status_code == 403
    assert "须回避" in answer.text


def test_the_items_page_says_that_a_report_waits_and_names_people_not_accounts(
    officer: Browser, reporting: Office
) -> None:
    hand_in(reporting)
    item = path_of(reporting).removesuffix("/reports/2025Q1")
    officer.get(item)
    assert f'href="{path_of(reporting)}"' in officer.page
    assert "审核 2025Q1 报送" in officer.page
    officer.get(path_of(reporting))
    officer.submit(f"{path_of(reporting)}/return", reason="请补充数据")

    officer.get(item)

    assert "退回：请补充数据" in officer.page
    assert "目前无须办理" in officer.page
    assert "diaoduyuan" not in officer.page
