"""督导检查 in the browser: recorded, put right, and each unit's number opens its list."""

import re
from html import unescape

from services.office import Office
from supervision.vocabulary import Role
from tests.people import is_record_whole
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.reporting import OPENS

NUMBER = re.compile(r'href="(/inspections\?unit=[^"]+)"><span[^>]*>[^<]*</span> (\d+)<')


def inspect(browser: Browser, code: str, **typed: str) -> None:
    browser.get("/inspections")
    said = {"inspected_on": OPENS.isoformat(), "inspected_by": "督查室", "findings": "未开工"}
    fields = browser.form("/inspections") | said | typed | {"code": code}
    browser.post("/inspections", fields, follow=True)


def test_an_inspection_is_recorded_and_put_right(reporting: Office, signed_in: SignedIn) -> None:
    supervisor = signed_in(Role.SUPERVISOR, unit=None, name="ducha")
    inspect(supervisor, "T01", put_right_by="2025-04-10")
    assert "T01的督导检查已登记" in supervisor.page
    assert "待整改</span>" in supervisor.page

    supervisor.submit("/inspections/put-right")

    assert "T01已登记整改1件" in supervisor.page
    assert "已整改</td>" in supervisor.page.replace("\n", "").replace("      ", "")
    assert is_record_whole(reporting)


def test_each_number_of_a_unit_opens_a_list_of_as_many(signed_in: SignedIn) -> None:
    supervisor = signed_in(Role.SUPERVISOR, unit=None, name="ducha")
    inspect(supervisor, "T01", put_right_by="2025-04-10")
    inspect(supervisor, "P01")
    inspect(supervisor, "T02")

    numbers = {unescape(path): int(number) for path, number in NUMBER.findall(supervisor.page)}

    assert sorted(numbers.values()) == [1, 1, 2]
    rows = {path: supervisor.get(path).text.count('<th scope="row">') for path in numbers}
    assert rows == numbers


def test_what_is_missing_is_told_and_nothing_is_recorded(signed_in: SignedIn) -> None:
    supervisor = signed_in(Role.SUPERVISOR, unit=None, name="ducha")

    inspect(supervisor, "T99", findings="")
    assert "请填写情况和问题" in supervisor.page
    inspect(supervisor, "T99")

    assert "没有编号为“T99”的事项" in supervisor.page
    assert "没有检查记录" in supervisor.page


def test_an_approver_reads_and_records_none(signed_in: SignedIn) -> None:
    approver = signed_in(Role.APPROVER, unit=None, name="qianfaren")

    page = approver.get("/inspections").text

    assert "登记一次检查" not in page
    assert approver.post("/inspections").status_code == 403
