"""会议 in the browser: recorded once with who came, and each unit's number opens its list."""

import re
from html import unescape
from typing import Any

from services.office import Office
from supervision.vocabulary import Role
from tests.people import is_record_whole
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.reporting import OPENS

NUMBER = re.compile(r'href="(/meetings\?unit=[^"]+)"><span[^>]*>[^<]*</span> (\d+)<')
MET: dict[str, Any] = {
    "kind": "push",
    "held_on": OPENS.isoformat(),
    "subject": "第一次推进会",
    "present": "区财政局、区住建局",
    "codes": "t01，P01",
    "minutes": "每月通报进度。",
}


def meet(browser: Browser, **typed: str) -> None:
    browser.get("/meetings")
    browser.submit("/meetings", **{**MET, **typed})


def test_a_meeting_is_recorded_once_and_each_number_opens_as_many(
    reporting: Office, signed_in: SignedIn
) -> None:
    clerk = signed_in(Role.OFFICE, unit=None, name="diaoduyuan")
    meet(clerk)
    assert "推进会议“第一次推进会”已登记" in clerk.page
    meet(clerk)
    assert "登记过，未作改动" in clerk.page
    meet(
        clerk,
        subject="联络员例会",
        kind="liaisons",
        present="区财政局",
        absent="区住建局",
        codes="",
    )

    numbers = {unescape(path): int(number) for path, number in NUMBER.findall(clerk.page)}

    assert sorted(numbers.values()) == [1, 1, 2]
    rows = {path: clerk.get(path).text.count('<th scope="row">') for path in numbers}
    assert rows == numbers
    assert "P01、T01" in clerk.get("/meetings").text
    assert is_record_whole(reporting)


def test_what_is_missing_or_unknown_is_told_and_nothing_is_recorded(signed_in: SignedIn) -> None:
    clerk = signed_in(Role.OFFICE, unit=None, name="diaoduyuan")

    meet(clerk, subject="", present="")
    assert "请填写议题" in clerk.page
    assert "请填写到会单位" in clerk.page
    meet(clerk, present="区某某局")
    assert "区某某局" in clerk.page
    meet(clerk, absent="区财政局")
    assert "到会情况写了两种" in clerk.page

    assert "没有会议记录" in clerk.get("/meetings").text


def test_a_supervisor_reads_and_records_none(signed_in: SignedIn) -> None:
    supervisor = signed_in(Role.SUPERVISOR, unit=None, name="ducha")

    assert "登记一次会议" not in supervisor.get("/meetings").text
