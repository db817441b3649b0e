"""Links to sign in by: asked for alike, sent to the person, good for a quarter of an hour."""

import re

from sqlmodel import col, select
from starlette.types import ASGIApp

from db.life_tables import Account
from portal.app import served
from services.office import Office
from supervision.vocabulary import Role
from tests.builders import FINANCE
from tests.clock import Clock
from tests.linking import made_public, sent
from tests.portal.browser import Browser
from tests.portal.conftest import give_account


def opened(site: ASGIApp, path: str) -> Browser:
    """Give the browser of somebody who has opened a page."""
    browser = Browser(site)
    browser.get(path)
    return browser


def test_a_link_to_sign_in_by_is_asked_for_alike_and_lasts_a_quarter_of_an_hour(
    reporting: Office, clock: Clock
) -> None:
    public = made_public(reporting)
    site = served(public)
    give_account(public, "lisi", Role.LIAISON, unit=FINANCE)
    give_account(public, "diaodu", Role.OFFICE)
    with public.transaction() as session:
        for account in session.exec(select(Account).where(col(Account.name) != "guanliyuan")):
            account.full_name = "李四"
    sent(public)

    answers = {asked(site, name) for name in ("lisi", "diaodu", "nobody", "guanliyuan")}
    (path,) = sent(public).links()
    clock.go_forward(minutes=14)
    browser = opened(site, path)
    entered = browser.submit(path)

    assert len(answers) == 1
    assert (entered.status_code, "李四" in entered.text) == (200, True)
    assert opened(site, "/account").page.count("李四") == 0
    assert Browser(site).get(path).status_code == 410
    for _ in range(4):
        clock.go_forward(seconds=1)
        asked(site, "lisi")
    later = sent(public).links()
    assert len(later) == 2  # three an hour, the first among them
    clock.go_forward(minutes=15)
    assert [Browser(site).get(each).status_code for each in later] == [410, 410]


def asked(site: ASGIApp, name: str) -> tuple[int, str]:
    """Return what somebody sees who asks for a link; each page has a token of its own."""
    browser = Browser(site)
    browser.get("/sign-in/link")
    answer = browser.submit("/sign-in/link", name=name)
    return answer.status_code, re.sub(
        r'"[\w+/=-]{20,}"', "", re.sub(r"hx-headers.*", "", answer.text)
    )
