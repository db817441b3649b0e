"""Feeds: a calendar's and a feed reader's program read them by a token that its person revokes."""

import re
from datetime import date
from xml.etree import ElementTree as ET

from icalendar import Calendar
from sqlmodel import select
from starlette.types import ASGIApp

from db.life_tables import Account
from services.office import Office
from supervision.vocabulary import ItemState, Role
from tests.builders import FINANCE, change_item
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.portal.sent_notices import send_notice
from tests.portal.test_foreign_forms import contents

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = re.compile(r"http://127\.0\.0\.1:8000(/feeds/[\w-]{43}/\w+\.\w+)")
DUE = date(2025, 12, 31)


def address_made(browser: Browser, kind: str) -> str:
    """Return the path of a new feed, as the page shows it once."""
    browser.get("/account/feeds")
    browser.submit(f"/account/feeds/{kind}")
    (path,) = ADDRESS.findall(browser.page)
    browser.get("/account/feeds")
    assert path not in browser.page
    return str(path)


def test_a_units_dates_are_a_calendar_of_whole_days_without_alarms(
    reporting: Office, signed_in: SignedIn, site: ASGIApp
) -> None:
    change_item(reporting, "T01", due_on=DUE, title="建成，全覆盖；" + "固废处置" * 20)
    change_item(reporting, "P01", due_on=date(2025, 6, 30), state=ItemState.CLOSED)
    path, before = address_made(signed_in(Role.LIAISON), "deadlines"), contents(reporting)

    answer = Browser(site).get(path)

    calendar = Calendar.from_ical(answer.content)
    days = {
        str(each["SUMMARY"]).split("：")[1].split()[0]: each for each in calendar.walk("VEVENT")
    }
    assert set(days) == {"T01", "P01", "2025年第一季度调度"}
    assert days["T01"].decoded("DTSTART") == DUE
    assert str(days["T01"]["SUMMARY"]).endswith("固废处置")
    assert (str(days["T01"]["STATUS"]), str(days["P01"]["STATUS"])) == ("CONFIRMED", "CANCELLED")
    assert calendar.walk("VALARM") == []
    assert max(map(len, answer.content.split(b"\r\n"))) <= 75
    assert answer.headers["content-type"].startswith("text/calendar")
    known = {"If-None-Match": answer.headers["etag"]}
    assert Browser(site).send("GET", path, headers=known, follow=False).status_code == 304
    assert Browser(site).send("HEAD", path).headers["last-modified"].endswith("GMT")
    change_item(reporting, "T01", due_on=date(2026, 3, 31))
    moved = Calendar.from_ical(Browser(site).send("GET", path, headers=known).content)
    assert {str(each["UID"]) for each in moved.walk("VEVENT")} == {
        str(each["UID"]) for each in days.values()
    }
    change_item(reporting, "T01", due_on=DUE)
    assert contents(reporting) == before


def test_papers_that_went_out_are_a_feed_for_overseers(
    reporting: Office, signed_in: SignedIn, site: ASGIApp
) -> None:
    send_notice(reporting, "T01", unit=FINANCE, number=3)
    path = address_made(signed_in(Role.SUPERVISOR, unit=None), "oversight")

    answer = Browser(site).get(path)

    feed = ET.fromstring(answer.content)
    (entry,) = feed.findall(f"{ATOM}entry")
    for part in ("id", "title", "updated"):  # RFC 4287 §4.1: what a feed and an entry must have
        assert feed.findtext(f"{ATOM}{part}")
        assert entry.findtext(f"{ATOM}{part}")
    assert "〔2025〕3号" in (entry.findtext(f"{ATOM}title") or "")
    assert (entry.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
    assert answer.headers["content-type"].startswith("application/atom+xml")


def test_a_feed_ends_with_a_new_address_by_hand_and_with_its_account(
    reporting: Office, signed_in: SignedIn, site: ASGIApp
) -> None:
    browser = signed_in(Role.LIAISON, name="联络员")
    first = address_made(browser, "deadlines")
    second = address_made(browser, "deadlines")
    assert [Browser(site).get(path).status_code for path in (first, second)] == [404, 200]

    browser.submit("/account/feeds/deadlines/revoke")
    third = address_made(browser, "deadlines")
    codes = [Browser(site).get(path).status_code for path in (second, third)]
    other_kind = Browser(site).get(third.replace("deadlines.ics", "oversight.atom"))
    with reporting.transaction() as session:
        for account in session.exec(select(Account).where(Account.name == "联络员")):
            account.disabled_at = reporting.now()

    assert codes == [404, 200]
    assert other_kind.status_code == 404
    assert Browser(site).get(third).status_code == 404
    with reporting.reading() as session:
        token = third.split("/")[2]
        assert token not in repr(
            session.connection().exec_driver_sql("SELECT * FROM feedtoken").all()
        )


def test_nobody_is_offered_a_feed_that_is_not_for_him(signed_in: SignedIn) -> None:
    browser = signed_in(Role.LIAISON)
    browser.get("/account/feeds")

    assert "时限日历" in browser.page
    assert "逾期通知与通报" not in browser.page
    fields = browser.form("/account/feeds/deadlines")
    assert browser.post("/account/feeds/oversight", fields).status_code == 403
