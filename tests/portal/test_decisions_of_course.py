"""Settling, suspending, cancelling, reopening, and what a person says of a light, on pages."""

import pytest

from services.office import Office
from supervision.vocabulary import ItemState, Light, Role
from tests.builders import change_item
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.portal.deciding import look, place


@pytest.fixture
def officer(signed_in: SignedIn) -> Browser:
    return signed_in(Role.OFFICE, unit=None, name="diaoduyuan")


@pytest.fixture
def approver(signed_in: SignedIn) -> Browser:
    return signed_in(Role.APPROVER, unit=None, name="qianfaren")


def test_a_historic_item_found_unfinished_starts_afresh(
    officer: Browser, reporting: Office
) -> None:
    change_item(reporting, "T01", historic=True)
    here = place(reporting) + "/settlement"
    officer.get(here)

    officer.submit(here, reason="经核未完成")

    assert "重新起算" in officer.page
    assert look(reporting)[2] is False


def test_an_item_is_suspended_and_resumed(officer: Browser, reporting: Office) -> None:
    here = place(reporting) + "/suspension"
    officer.get(here)
    early = officer.submit(here, reason="上位政策调整", review_on="2025-03-01")
    assert early.status_code == 422
    officer.submit(here, reason="上位政策调整", review_on="2025-06-30")
    assert look(reporting)[0] is ItemState.SUSPENDED
    officer.get(here)

    officer.submit(f"{here}/resume", reason="条件已具备")

    assert look(reporting)[0] is ItemState.IN_PROGRESS


def test_an_item_is_cancelled_by_a_signed_document_only(
    approver: Browser, reporting: Office
) -> None:
    here = place(reporting) + "/cancellation"
    approver.get(here)
    assert approver.submit(here, reason="任务调整").status_code == 422

    approver.submit(here, reason="任务调整", document="章无废办〔2025〕3号")

    assert look(reporting)[0] is ItemState.CANCELLED


def test_a_closed_item_is_taken_up_again(officer: Browser, reporting: Office) -> None:
    change_item(reporting, "T01", state=ItemState.CLOSED, closed_on=reporting.today())
    here = place(reporting) + "/reopening"
    officer.get(here)

    officer.submit(here, reason="复查不达标")

    assert look(reporting)[0] is ItemState.IN_PROGRESS


def test_a_light_set_by_hand_is_shown_with_its_reason_and_taken_back(
    signed_in: SignedIn, reporting: Office
) -> None:
    supervisor = signed_in(Role.SUPERVISOR, unit=None, name="ducha")
    here = place(reporting) + "/light"
    supervisor.get(here)
    supervisor.submit(here, light=Light.YELLOW.value, reason="关键设备未到货")
    supervisor.get(here)
    assert "黄灯，关键设备未到货" in supervisor.page

    supervisor.submit(f"{here}/clear", clear_reason="设备已到货")

    supervisor.get(here)
    assert "没有，按规则判定" in supervisor.page


def test_a_date_judged_past_keeping_is_revoked(officer: Browser, reporting: Office) -> None:
    here = place(reporting) + "/unable"
    officer.get(here)
    officer.submit(here, reason="用地未批")
    officer.get(here)
    assert "用地未批" in officer.page

    officer.submit(f"{here}/revoke", revoke_reason="用地已批")

    assert "判定已撤销" in officer.page
