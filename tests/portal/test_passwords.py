"""A person's own password: who must change it, what it may be, what it costs to look at (SEC5)."""

import time
from pathlib import Path
from statistics import median

import pytest
from argon2 import Type
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from portal import serving
from portal.app import served
from services.accounts import HASHER
from services.office import Office
from services.password_cost import require_costly
from services.settings import read_settings
from supervision.errors import NotConfiguredError
from supervision.passwords import PasswordProfile
from supervision.vocabulary import Role
from tests.clock import Clock
from tests.portal.browser import Browser
from tests.portal.conftest import PASSWORD, SignedIn, give_account, sign_in

FINE = {"dengbao": "Lv-Shui-2025", "asvs": "qing shan lv shui chang zai"}


def a_browser(office: Office, profile: str, folder: Path, name: str = "zhangsan") -> Browser:
    """Return a browser, signed in, on a portal under that profile of passwords."""
    url = office.engine.url.render_as_string(hide_password=False)
    settings = read_settings(
        database_url=url,
        data_dir=folder / "var",
        password_profile=PasswordProfile(profile),  # type: ignore[call-arg]
    )
    under = Office(settings, office.engine, office.now)
    give_account(office, name, Role.OFFICE)
    browser = Browser(served(under))
    sign_in(browser, name)
    return browser


def change(browser: Browser, new: str, *, again: str = "", old: str = PASSWORD) -> str:
    """Try to set a new password and return what the page says."""
    browser.get("/account/password")
    return browser.submit("/account/password", old=old, new=new, again=again or new).text


def test_each_profile_takes_what_fits_it_and_gives_the_reason_for_what_does_not(
    reporting: Office, tmp_path: Path
) -> None:
    """Which passwords fit is asked in tests/supervision/test_passwords.py."""
    browser = a_browser(reporting, "dengbao", tmp_path)
    assert "三类" in change(browser, "alllowercaseletters")
    assert "近期用过" in change(browser, PASSWORD)
    assert "密码已修改" in change(browser, FINE["dengbao"])

    under_asvs = a_browser(reporting, "asvs", tmp_path, name="lisi")
    assert "15至256个字符" in change(under_asvs, "Short-12345")
    assert "密码已修改" in change(under_asvs, FINE["asvs"])


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


def test_passwords_are_hashed_by_argon2id_and_the_portal_starts_with_nothing_less() -> None:
    require_costly(HASHER)

    assert HASHER.hash(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=1$")


@pytest.mark.parametrize(
    "hasher",
    [
        pytest.param(Argon2Hasher(time_cost=1, memory_cost=65_536), id="one pass"),
        pytest.param(Argon2Hasher(time_cost=3, memory_cost=8_192), id="8 MiB"),
        pytest.param(Argon2Hasher(type=Type.I), id="argon2i"),
    ],
)
def test_a_portal_whose_passwords_would_be_cheap_does_not_start(
    hasher: Argon2Hasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "HASHER", PasswordHash((hasher,)))

    with pytest.raises(NotConfiguredError, match="密码散列"):
        serving.serve()


@pytest.mark.proof
def test_looking_at_a_password_takes_between_a_tenth_and_half_a_second() -> None:
    hashed = HASHER.hash(PASSWORD)
    spent = []
    for _ in range(10):
        began = time.process_time()  # of one lane: what it takes on a processor of its own
        HASHER.verify(PASSWORD, hashed)
        spent.append(time.process_time() - began)

    assert 0.1 <= min(spent) <= median(spent) <= 0.5
