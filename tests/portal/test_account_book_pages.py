"""账号: who keeps accounts sees them all; what he does to one is on record and takes hold."""

import re

import httpx
import pytest
from sqlmodel import select

from db.life_tables import Account
from services.office import Office
from supervision.vocabulary import Role
from tests.builders import FINANCE
from tests.people import is_record_whole
from tests.portal.browser import Browser
from tests.portal.conftest import PASSWORD, SignedIn

NUMBER = re.compile(r'<span class="number">(\d+)</span>.*?href="(/accounts\?[^"]*)"', re.DOTALL)
ROW = re.compile(r'<th scope="row"><a href="/accounts/')
NEW = {"name": "xinren", "full_name": "李四", "role": "liaison", "unit": FINANCE}


@pytest.fixture
def keeper(signed_in: SignedIn) -> Browser:
    return signed_in(Role.ADMINISTRATOR, unit=None, name="guanli")


def address(office: Office, name: str) -> str:
    with office.reading() as session:
        account = session.exec(select(Account).where(Account.name == name)).one()
        return f"/accounts/{account.id}"


def hand_in(keeper: Browser, typed: dict[str, str]) -> httpx.Response:
    return keeper.post("/accounts/new", keeper.form("/accounts/new") | typed)


def test_the_administrator_begins_at_the_accounts(keeper: Browser) -> None:
    assert keeper.get("/").url.path == "/accounts"


def test_every_number_opens_a_list_with_as_many_rows(
    keeper: Browser, signed_in: SignedIn, reporting: Office
) -> None:
    signed_in(Role.LIAISON)
    path = address(reporting, f"{FINANCE}承办单位联络员")
    keeper.get(path)
    keeper.submit(f"{path}/disable")
    keeper.get("/accounts")
    numbers = {path: int(number) for number, path in NUMBER.findall(keeper.page)}

    rows = {path: len(ROW.findall(keeper.get(path).text)) for path in numbers}

    assert numbers["/accounts?standing=disabled"] == 1
    assert rows == numbers


def test_a_new_person_signs_in_and_has_to_choose_a_password(
    keeper: Browser, reporting: Office
) -> None:
    keeper.get("/accounts/new")
    answer = hand_in(keeper, NEW | {"password": PASSWORD})
    person = Browser(keeper.app)
    person.get("/sign-in")

    led_to = person.submit("/sign-in", name="xinren", password=PASSWORD)

    assert answer.url.path == address(reporting, "xinren")
    assert led_to.url.path == "/account/password"
    assert is_record_whole(reporting)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"password": "123"}, "密码"),
        ({"password": PASSWORD, "unit": ""}, "须指明所在单位"),
        ({"password": PASSWORD, "name": "guanli"}, "已存在"),
        ({"password": ""}, "请填写初始密码"),
    ],
    ids=["weak", "no-unit", "taken", "no-password"],
)
def test_what_cannot_be_made_is_told_and_the_password_not_shown(
    keeper: Browser, typed: dict[str, str], told: str
) -> None:
    keeper.get("/accounts/new")

    answer = hand_in(keeper, NEW | typed)

    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="李四"' in answer.text
    assert PASSWORD not in answer.text


def test_roles_are_given_and_taken(keeper: Browser, signed_in: SignedIn, reporting: Office) -> None:
    signed_in(Role.LIAISON, name="lianluoyuan")
    path = address(reporting, "lianluoyuan")
    keeper.get(path)

    given = keeper.submit(f"{path}/grant", role="head").text
    taken = keeper.post(f"{path}/revoke", keeper.form(f"{path}/revoke") | {"role": "liaison"}).text

    assert "<dd>承办单位联络员、承办单位负责人</dd>" in given
    assert "<dd>承办单位负责人</dd>" in taken


def test_an_administrator_is_given_no_other_role(keeper: Browser, reporting: Office) -> None:
    path = address(reporting, "guanli")
    keeper.get(path)

    answer = keeper.submit(f"{path}/grant", role="office")

    assert answer.status_code == 422
    assert "不能兼任其他角色" in answer.text


def test_whoever_is_disabled_is_out_at_once(
    keeper: Browser, signed_in: SignedIn, reporting: Office
) -> None:
    liaison = signed_in(Role.LIAISON, name="lianluoyuan")
    path = address(reporting, "lianluoyuan")
    keeper.get(path)

    keeper.submit(f"{path}/disable")

    assert liaison.get("/todo").url.path == "/sign-in"


def test_an_account_is_signed_out_everywhere(
    keeper: Browser, signed_in: SignedIn, reporting: Office
) -> None:
    liaison = signed_in(Role.LIAISON, name="lianluoyuan")
    path = address(reporting, "lianluoyuan")
    page = keeper.get(path).text

    told = keeper.submit(f"{path}/end-sessions").text

    assert "127.0.0.1" in page
    assert "已退出 1 处登录" in told
    assert liaison.get("/todo").url.path == "/sign-in"


def test_an_account_there_is_none_of_is_not_there(keeper: Browser) -> None:
    assert keeper.get("/accounts/00000000-0000-4000-8000-000000000000").status_code == 404
