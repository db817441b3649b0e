"""渠道: the administrator sees by what ways messages leave, addresses masked, and closes one."""

import re

import pytest
from sqlmodel import select
from starlette.types import ASGIApp

from db.plan_tables import ChannelAddress
from portal.app import served
from services.office import Office
from supervision.vocabulary import ChannelKind, Role
from tests.portal.browser import Browser
from tests.portal.conftest import give_account, sign_in
from tests.services.test_delivery_states import LIAISON, by_mail

__all__ = ["by_mail"]


@pytest.fixture
def site(by_mail: Office) -> ASGIApp:
    return served(by_mail)


@pytest.fixture
def keeper(site: ASGIApp, by_mail: Office) -> Browser:
    give_account(by_mail, "guanli", Role.ADMINISTRATOR)
    browser = Browser(site)
    sign_in(browser, "guanli")
    return browser


def in_use(office: Office) -> int:
    with office.reading() as session:
        query = select(ChannelAddress).where(ChannelAddress.kind == ChannelKind.MAIL)
        return sum(row.removed_on is None for row in session.exec(query))


def test_as_many_ways_are_listed_as_the_number_says_and_masked(
    keeper: Browser, by_mail: Office
) -> None:
    page = keeper.get("/channels").text

    assert f'<span class="count">{in_use(by_mail)} 个' in page
    assert len(re.findall(r'<th scope="row">', page)) == in_use(by_mail)
    assert LIAISON not in page


def test_a_way_is_closed_once(keeper: Browser, by_mail: Office) -> None:
    before = in_use(by_mail)
    keeper.get("/channels")
    (path, *_) = re.findall(r'action="(/channels/[\w-]+/remove)"', keeper.page)
    fields = keeper.form(path)

    keeper.send("POST", path, data=fields)
    keeper.send("POST", path, data=fields)

    assert in_use(by_mail) == before - 1
