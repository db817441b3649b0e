"""A person's own password: who must change it, what it may be, what it costs to look at (SEC5)."""

import time
from pathlib import Path

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from portal.app import served
from services.office import Office
from services.settings import read_settings
from supervision.passwords import PasswordProfile
from supervision.vocabulary import Role
from tests.clock import Clock
from tests.portal.browser import Browser
from tests.portal.conftest import PASSWORD, SignedIn, give_account, sign_in

FINE = {"dengbao": "Lv-Shui-2025", "asvs": "qing shan lv shui chang zai"}


def a_browser(office: Office, profile: str, folder: Path) -> Browser:
    """Return a browser, signed in, on a portal under that profile of passwords."""
    url = office.engine.url.render_as_string(hide_password=False)
    settings = read_settings(
        database_url=url,
        data_dir=folder / "var",
        password_profile=PasswordProfile(profile),  # type: ignore[call-arg]
    )
    under = Office(settings, office.engine, office.now)
    give_account(office, "zhangsan", Role.OFFICE)
    browser = Browser(served(under))
    sign_in(browser, "zhangsan")
    return browser


def change(browser: Browser, new: str, *, again: str = "", old: str = PASSWORD) -> str:
    """Try to set a new password and return what the page says."""
    browser.get("/account/password")
    return browser.submit("/account/password", old=old, new=new, again=again or new).text


@pytest.mark.parametrize("profile", ["dengbao", "asvs"])
def test_a_password_that_fits_the_profile_is_taken(
    reporting: Office, tmp_path: Path, profile: str
) -> None:
    browser = a_browser(reporting, profile, tmp_path)

    assert "密码已修改" in change(browser, FINE[profile])


@pytest.mark.parametrize(
    ("profile", "new", "told"),
    [
        pytest.param("dengbao", "Ab1-x", "10至256个字符", id="等保: short"),
        pytest.param("dengbao", "alllowercaseletters", "三类", id="等保: one class"),
        pytest.param("dengbao", "Zhangsan-2025x", "不能包含账号名", id="等保: holds the name"),
        pytest.param("dengbao", "Aa1Aa1Aa1Aa1", "重复字符太多", id="等保: the same again"),
        pytest.param("dengbao", PASSWORD, "近期用过", id="等保: the present one"),
        pytest.param("dengbao", "x" * 257, "10至256个字符", id="等保: a book"),
        pytest.param("asvs", "Short-12345", "15至256个字符", id="ASVS: short"),
        pytest.param("asvs", "zhangsan zai gan zhou", "不能包含账号名", id="ASVS: holds the name"),
        pytest.param("asvs", "a" * 20, "重复字符太多", id="ASVS: the same again"),
    ],
)
def test_a_password_that_does_not_fit_is_refused_with_the_reason(
    reporting: Office, tmp_path: Path, profile: str, new: str, told: str
) -> None:
    browser = a_browser(reporting, profile, tmp_path)

    assert told in change(browser, new)


def test_none_of_the_last_five_comes_again(reporting: Office, tmp_path: Path, clock: Clock) -> None:
    browser = a_browser(reporting, "dengbao", tmp_path)
    old = PASSWORD
    for number in range(4):
        clock.go_forward(minutes=1)
        new = f"Di-{number}-Ge-Mi-Ma"
        assert "密码已修改" in change(browser, new, old=old)
        old = new

    clock.go_forward(minutes=1)
    assert "近期用过" in change(browser, PASSWORD, old=old)
    assert "密码已修改" in change(browser, "Di-4-Ge-Mi-Ma", old=old)
    assert "密码已修改" in change(browser, PASSWORD, old="Di-4-Ge-Mi-Ma")


def test_a_wrong_old_password_or_two_different_new_ones_change_nothing(
    signed_in: SignedIn,
) -> None:
    browser = signed_in(Role.OFFICE, unit=None)

    assert "账号或密码不正确" in change(browser, "Lv-Shui-2025", old="wrong")
    assert "两次输入的新密码不一致" in change(browser, "Lv-Shui-2025", again="Lv-Shui-2026")


def test_the_old_password_cannot_be_guessed_in_a_session_left_open(signed_in: SignedIn) -> None:
    browser = signed_in(Role.OFFICE, unit=None)
    for _ in range(5):
        change(browser, "Lv-Shui-2025", old="wrong")

    assert "密码错误次数过多" in change(browser, "Lv-Shui-2025")


def test_a_password_somebody_else_chose_is_changed_before_anything_else(
    browser: Browser, reporting: Office, clock: Clock
) -> None:
    give_account(reporting, "zhangsan", Role.LIAISON, unit="区财政局", chosen_by_himself=False)
    sign_in(browser, "zhangsan")

    assert browser.get("/todo", follow=False).headers["location"] == "/account/password"
    clock.go_forward(minutes=1)
    change(browser, "Lv-Shui-2025")
    assert browser.get("/todo", follow=False).status_code == 200


@pytest.mark.parametrize(
    ("days", "led_to"),
    [pytest.param(90, 200, id="90 days"), pytest.param(91, 303, id="91 days")],
)
def test_under_dengbao_a_password_lasts_ninety_days(
    reporting: Office, site: object, clock: Clock, days: int, led_to: int
) -> None:
    give_account(reporting, "zhangsan", Role.LIAISON, unit="区财政局")
    clock.go_forward(days=days)
    browser = Browser(site)  # type: ignore[arg-type]
    sign_in(browser, "zhangsan")

    assert browser.get("/todo", follow=False).status_code == led_to


def test_looking_at_a_password_costs_what_it_should() -> None:
    hasher = PasswordHash((Argon2Hasher(),))  # as shipped
    hashed = hasher.hash(PASSWORD)
    spent = []
    for _ in range(3):
        began = time.process_time()
        hasher.verify(PASSWORD, hashed)
        spent.append(time.process_time() - began)

    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert min(spent) < 1
