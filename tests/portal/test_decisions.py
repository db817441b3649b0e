"""待我决定: every number opens its list, every line leads to its form, and who must stand back."""

import re

import pytest

from services.office import Office
from supervision.vocabulary import ItemState, Role
from tests.builders import change_item
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.portal.deciding import DUE, LATER, ask_later, ask_to_close, look, object_to, place
from tests.reporting import HOUSING

NUMBER = re.compile(r'<li><span class="number">(\d+)</span>.*?href="/desk/lists/(\w+)"')


@pytest.fixture
def officer(signed_in: SignedIn) -> Browser:
    return signed_in(Role.OFFICE, unit=None, name="diaoduyuan")


@pytest.fixture
def approver(signed_in: SignedIn) -> Browser:
    return signed_in(Role.APPROVER, unit=None, name="qianfaren")


@pytest.fixture
def reviewer(signed_in: SignedIn) -> Browser:
    return signed_in(Role.REVIEWER, unit=None, name="shenheren")


def numbers(browser: Browser) -> dict[str, int]:
    browser.get("/decisions")
    return {name: int(number) for number, name in NUMBER.findall(browser.page)}


def test_every_number_opens_a_list_whose_lines_lead_to_the_form(
    officer: Browser, reporting: Office
) -> None:
    ask_later(reporting)
    object_to(reporting)
    change_item(reporting, "T02", historic=True)

    found = numbers(officer)

    assert found == {"extension_reviews": 1, "disputes": 1, "historic": 1}
    for name, number in found.items():
        officer.get(f"/desk/lists/{name}")
        forms = re.findall(r'href="(/items/[\w-]+/[\w/-]+)"', officer.page)
        assert len(forms) == number
        assert officer.get(forms[0]).status_code == 200
        assert 'method="post" action="/items/' in officer.page


def test_an_extension_is_reviewed_by_the_office_and_granted_by_an_approver(
    officer: Browser, approver: Browser, reporting: Office
) -> None:
    ask_later(reporting)
    here = place(reporting) + "/extension"
    officer.get(f"{here}/review")
    assert "设备未到货" in officer.page

    officer.submit(f"{here}/review", opinion="情况属实")
    approver.get(f"{here}/decision")
    assert "情况属实" in approver.page
    approver.submit(f"{here}/decision/approve", document="章无废办〔2025〕9号")

    assert "T01 已同意延至2025-08-31" in approver.page
    assert look(reporting)[1] == LATER


def test_an_extension_is_refused_with_its_reason(
    officer: Browser, approver: Browser, reporting: Office
) -> None:
    ask_later(reporting)
    here = place(reporting) + "/extension"
    officer.get(f"{here}/review")
    officer.submit(f"{here}/review", opinion="理由不充分")
    approver.get(f"{here}/decision")
    bare = approver.submit(f"{here}/decision/refuse")
    assert bare.status_code == 422
    assert "请填写不同意的理由" in approver.page

    approver.submit(f"{here}/decision/refuse", reason="理由不充分")

    assert "未予同意" in approver.page
    assert look(reporting)[1] == DUE


def test_a_close_out_is_graded_by_a_second_person_who_sees_its_proof(
    officer: Browser, reviewer: Browser, reporting: Office
) -> None:
    ask_to_close(reporting)
    here = place(reporting) + "/close-out"
    officer.get(f"{here}/review")
    officer.submit(f"{here}/review", opinion="材料齐全")
    reviewer.get(f"{here}/decision")
    assert "已建成投运" in reviewer.page
    assert "台账.txt" in reviewer.page
    assert "材料齐全" in reviewer.page

    reviewer.submit(f"{here}/decision", grade="good")

    assert "T01 已销号，等次良好" in reviewer.page
    assert look(reporting)[0] is ItemState.CLOSED


def test_who_reviewed_a_close_out_is_told_why_he_may_not_grade_it(
    reviewer: Browser, reporting: Office
) -> None:
    ask_to_close(reporting)
    here = place(reporting) + "/close-out"
    reviewer.get(f"{here}/review")
    reviewer.submit(f"{here}/review", opinion="材料齐全")

    reviewer.get(f"{here}/decision")

    assert "您已申请或初审过本次销号，须由另一名审核人或签发人复核" in reviewer.page
    assert "同意销号</button>" not in reviewer.page
    assert "退回重办</button>" in reviewer.page


def test_a_close_out_is_sent_back_to_be_carried_on(officer: Browser, reporting: Office) -> None:
    ask_to_close(reporting)
    here = place(reporting) + "/close-out/review"
    officer.get(here)

    officer.submit(f"{here}/return", return_reason="缺少验收材料")

    assert "已退回重办" in officer.page
    assert look(reporting)[0] is ItemState.IN_PROGRESS


@pytest.mark.parametrize("path", ["close-out/review", "close-out/decision", "light"])
def test_a_person_of_a_responsible_unit_is_told_to_stand_back(
    path: str, signed_in: SignedIn, reporting: Office
) -> None:
    ask_to_close(reporting)
    ours = signed_in(Role.REVIEWER, Role.SUPERVISOR, name="benjuren")

    answer = ours.get(f"{place(reporting)}/{path}")

    assert answer.status_code == 403
    assert "其所在单位是责任单位，须回避" in ours.page


def test_a_dispute_is_answered_and_stands_on_the_list_no_more(
    officer: Browser, reporting: Office
) -> None:
    object_to(reporting)
    here = place(reporting) + "/dispute/answer"
    officer.get(here)
    assert "不属本单位职责" in officer.page

    officer.submit(here, opinion="按方案分工，仍由你局牵头")

    assert "异议已答复" in officer.page
    assert "disputes" not in numbers(officer)


def test_a_dispute_is_upheld_by_giving_the_item_to_another_lead(
    officer: Browser, reporting: Office
) -> None:
    object_to(reporting)
    here = place(reporting) + "/dispute/answer"
    officer.get(here)
    nobody = officer.submit(f"{here}/reassign", lead="没有的单位", reason="职责调整")
    assert nobody.status_code == 422
    assert "没有的单位" in officer.page

    officer.submit(f"{here}/reassign", lead=HOUSING, reason="职责调整")

    assert f"已改由{HOUSING}牵头" in officer.page
    officer.get(place(reporting))
    assert f"{HOUSING}（牵头）" in officer.page


def test_an_item_offers_only_what_may_be_decided_about_it(
    officer: Browser, approver: Browser, reporting: Office
) -> None:
    ask_to_close(reporting)
    here = place(reporting)
    officer.get(here)
    theirs = officer.page
    approver.get(here)

    assert f'href="{here}/close-out/review"' in theirs
    assert f'href="{here}/cancellation"' not in theirs
    assert f'href="{here}/reopening"' not in theirs
    assert f'href="{here}/close-out/review"' not in approver.page


def test_nothing_to_decide_says_so(officer: Browser, reporting: Office) -> None:
    officer.get(f"{place(reporting)}/close-out/review")

    assert "没有待初审的销号申请" in officer.page
    assert '<form method="post" action="/items' not in officer.page
