"""清单核对: what was doubtful in the issued plan is listed, as many as the number says."""

import re
from io import BytesIO

import pytest
from docx import Document
from starlette.types import ASGIApp

from portal.app import served
from services.checking import adopted_plan
from services.office import Office
from supervision.vocabulary import Role
from tests.portal.browser import Browser
from tests.portal.conftest import give_account, sign_in


@pytest.fixture
def site(zhanggong: Office) -> ASGIApp:
    return served(zhanggong)


@pytest.fixture
def officer(site: ASGIApp, zhanggong: Office) -> Browser:
    give_account(zhanggong, "diaoduyuan", Role.OFFICE)
    browser = Browser(site)
    sign_in(browser, "diaoduyuan")
    return browser


def test_the_number_opens_a_list_of_as_many_findings(officer: Browser, zhanggong: Office) -> None:
    page = officer.get("/plans").text
    (number,) = re.findall(r'<span class="number">(\d+)</span>', page)
    (path,) = re.findall(r'href="(/plans/[\w-]+/findings)"', page)

    pages = [officer.get(f"{path}?page={n}").text for n in range(1, 5)]

    assert int(number) == len(adopted_plan(zhanggong, None).findings) > 0
    assert sum(text.count("<p>处理：") for text in pages) == int(number)


def test_the_report_is_a_word_file_that_names_the_plan(officer: Browser) -> None:
    data = officer.get("/plans/zhanggong/findings/report").content

    said = "\n".join(paragraph.text for paragraph in Document(BytesIO(data)).paragraphs)

    assert "核对" in said


def test_a_plan_there_is_none_of_is_not_there(officer: Browser) -> None:
    assert officer.get("/plans/nothing/findings").status_code == 404
    assert officer.get("/plans/nothing/findings/report").status_code == 404
