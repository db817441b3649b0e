"""投递台: what reached nobody on top, each number with its list, and what is done about it."""

import re

import pytest
from starlette.types import ASGIApp

from notifications.message import Verdict
from portal.app import served
from services.office import Office
from services.tick import tick
from supervision.vocabulary import MessageState, Role
from tests.people import is_record_whole
from tests.portal.browser import Browser
from tests.portal.conftest import give_account, sign_in
from tests.services.test_delivery_states import DAY, UNIT, answering, by_mail, of_unit, run

__all__ = ["by_mail"]

NUMBER = re.compile(r'<span class="number">(\d+)</span>.*?href="/outbox\?([\w=]+)"', re.DOTALL)
ROW = re.compile(r'<th scope="row"><a href="/outbox/(\w+)">')


@pytest.fixture
def refused(by_mail: Office) -> Office:
    """An office whose message to one unit was refused by its liaison and its deputy."""
    tick(by_mail, today=DAY)
    run(by_mail, answering(liaison=[Verdict.REFUSED], deputy=[Verdict.REFUSED]))
    return by_mail


@pytest.fixture
def site(refused: Office) -> ASGIApp:
    return served(refused)


@pytest.fixture
def clerk(site: ASGIApp, refused: Office) -> Browser:
    give_account(refused, "diaoduyuan", Role.OFFICE)
    browser = Browser(site)
    sign_in(browser, "diaoduyuan")
    return browser


def last(office: Office) -> str:
    """Return the address of the unit's last message, which nothing replaces."""
    return f"/outbox/{of_unit(office)[-1].id.hex}"


def test_every_number_opens_a_list_with_as_many_rows(clerk: Browser) -> None:
    clerk.get("/outbox")
    numbers = {query: int(number) for number, query in NUMBER.findall(clerk.page)}

    rows = {query: len(ROW.findall(clerk.get(f"/outbox?{query}").text)) for query in numbers}

    assert numbers["waits=1"] == 1
    assert numbers["state=refused"] == 2
    assert rows == numbers


def test_what_reached_nobody_stands_on_top(clerk: Browser, refused: Office) -> None:
    page = clerk.get("/outbox").text

    assert f"/outbox/{ROW.findall(page)[0]}" == last(refused)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (f"unit={UNIT}", 2),
        (f"unit={UNIT}&state=sent", 0),
        (f"unit={UNIT}&day={DAY}", 2),
        ("day=2019-01-01", 0),
        (f"unit={UNIT}&kind=notice", 0),
        (f"unit={UNIT}&channel=mail", 2),
    ],
    ids=["unit", "state", "day", "another-day", "kind", "channel"],
)
def test_the_list_is_narrowed_by_what_stands_in_the_address(
    clerk: Browser, query: str, count: int
) -> None:
    page = clerk.get(f"/outbox?{query}").text

    assert f"<h2>共 {count} 条" in page
    assert len(ROW.findall(page)) == count


def test_a_unit_there_is_none_of_is_told(clerk: Browser) -> None:
    assert clerk.get("/outbox?unit=没有这个局").status_code == 422


def test_a_message_is_shown_with_every_try_and_its_address_is_masked(
    clerk: Browser, refused: Office
) -> None:
    message = of_unit(refused)[-1]

    page = clerk.get(last(refused)).text

    assert message.subject in page
    assert "对方拒收" in page
    assert message.address not in page
    assert f"{message.address[0]}***@" in page


def test_a_message_is_sent_again_by_another_channel_once(clerk: Browser, refused: Office) -> None:
    before = len(of_unit(refused))
    clerk.get(last(refused))
    form = f"{last(refused)}/resend"
    fields = clerk.form(form) | {"channel": "file"}

    clerk.send("POST", form, data=fields)
    clerk.send("POST", form, data=fields)

    *_, old, copy = of_unit(refused)
    assert len(of_unit(refused)) == before + 1
    assert (copy.replaces_id, copy.state) == (old.id, MessageState.PENDING)
    assert "已排入待发" in clerk.page or "接替" in clerk.page
    assert is_record_whole(refused)


def test_resending_needs_a_channel(clerk: Browser, refused: Office) -> None:
    clerk.get(last(refused))

    answer = clerk.submit(f"{last(refused)}/resend")

    assert answer.status_code == 422
    assert "请选择渠道" in answer.text


def test_a_telephone_call_settles_a_message(clerk: Browser, refused: Office) -> None:
    clerk.get(last(refused))

    page = clerk.submit(f"{last(refused)}/call", spoke_to="王主任", answer="今日下班前报送").text

    assert of_unit(refused)[-1].state is MessageState.TOLD
    assert "告知 王主任：今日下班前报送" in page
    assert "重发" not in page


def test_a_call_without_an_answer_is_not_taken(clerk: Browser, refused: Office) -> None:
    clerk.get(last(refused))

    answer = clerk.submit(f"{last(refused)}/call", spoke_to="王主任")

    assert answer.status_code == 422
    assert 'value="王主任"' in answer.text
    assert of_unit(refused)[-1].state is MessageState.REFUSED


def test_a_message_is_set_aside_with_a_reason(clerk: Browser, refused: Office) -> None:
    clerk.get(last(refused))

    clerk.submit(f"{last(refused)}/park", reason="号码有误，正在核实")

    assert of_unit(refused)[-1].state is MessageState.PARKED


def test_a_message_there_is_none_of_is_not_there(clerk: Browser) -> None:
    assert clerk.get("/outbox/00000000").status_code == 404
