"""Signing in and out: sessions, their ends, and what slows a guesser down (SEC4, SEC6)."""

import pytest
from sqlmodel import col, select
from starlette.types import ASGIApp

from db.record_tables import Event
from db.session_tables import PortalSession
from portal.app import served
from services import accounts, sessions
from services.office import Office
from supervision.vocabulary import Role
from tests.clock import Clock
from tests.people import person
from tests.portal.browser import Browser
from tests.portal.conftest import PASSWORD, SignedIn, give_account, sign_in


def is_in(browser: Browser) -> bool:
    return browser.get("/account", follow=False).status_code == 200


def test_a_person_with_the_right_password_is_let_in(signed_in: SignedIn) -> None:
    browser = signed_in(Role.LIAISON)

    assert is_in(browser)


def test_nobody_sees_a_page_without_signing_in_and_is_led_back_to_it(
    browser: Browser, reporting: Office
) -> None:
    give_account(reporting, "zhangsan", Role.OFFICE)
    turned_away = browser.get("/account", follow=False)

    browser.get(turned_away.headers["location"])
    answer = browser.submit("/sign-in", follow=False, name="zhangsan", password=PASSWORD)

    assert turned_away.headers["location"] == "/sign-in?next=/account"
    assert answer.headers["location"] == "/account"


@pytest.mark.parametrize("led_to", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_nobody_is_led_to_another_site(browser: Browser, reporting: Office, led_to: str) -> None:
    give_account(reporting, "zhangsan", Role.OFFICE)
    browser.get("/sign-in")

    answer = browser.submit(
        "/sign-in", follow=False, name="zhangsan", password=PASSWORD, next=led_to
    )

    assert answer.headers["location"] == "/"


def test_a_session_is_stored_as_a_hash_and_begins_anew_with_each_sign_in(
    browser: Browser, reporting: Office
) -> None:
    give_account(reporting, "zhangsan", Role.OFFICE)
    sign_in(browser, "zhangsan")
    first = browser.cookies["duban_session"]

    sign_in(browser, "zhangsan")

    assert browser.cookies["duban_session"] != first
    with reporting.reading() as session:
        hashes = [row.token_hash for row in session.exec(select(PortalSession))]
    assert len(set(hashes)) == 2
    assert all(stored not in first for stored in hashes)


def test_signing_in_anew_ends_the_session_there_was(signed_in: SignedIn) -> None:
    browser = signed_in(Role.OFFICE, unit=None, name="zhangsan")
    former = Browser(browser.app, cookies=dict(browser.cookies))

    sign_in(browser, "zhangsan")

    assert is_in(browser)
    assert not is_in(former)


def test_under_tls_a_session_is_bound_to_the_host_and_out_of_reach_of_scripts(
    reporting: Office,
) -> None:
    give_account(reporting, "zhangsan", Role.OFFICE)
    url = "https://duban.example.gov.cn"
    settings = reporting.settings.model_copy(update={"portal_url": url})
    browser = Browser(served(Office(settings, reporting.engine, reporting.now)))
    browser.get("/sign-in")

    answer = browser.submit("/sign-in", follow=False, name="zhangsan", password=PASSWORD)

    given = answer.headers.get_list("set-cookie")
    (cookie,) = [each for each in given if each.startswith("__Host-duban_session=W")]
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "domain" not in cookie.lower()


@pytest.mark.parametrize(
    ("minutes", "stays"),
    [pytest.param(29, True, id="29 minutes idle"), pytest.param(30, False, id="30 minutes idle")],
)
def test_an_idle_session_ends(
    signed_in: SignedIn, clock: Clock, minutes: int, *, stays: bool
) -> None:
    browser = signed_in(Role.OFFICE, unit=None)

    clock.go_forward(minutes=minutes)

    assert is_in(browser) is stays


def test_a_busy_session_ends_after_twelve_hours(signed_in: SignedIn, clock: Clock) -> None:
    browser = signed_in(Role.OFFICE, unit=None)
    for _ in range(25):
        clock.go_forward(minutes=28)
        assert is_in(browser)

    clock.go_forward(minutes=25)

    assert not is_in(browser)


def test_a_cookie_from_before_signing_out_is_worth_nothing(signed_in: SignedIn) -> None:
    browser = signed_in(Role.OFFICE, unit=None)
    kept = dict(browser.cookies)
    browser.get("/account")

    browser.submit("/sign-out")

    assert not is_in(browser)
    browser.cookies = kept
    assert not is_in(browser)


@pytest.mark.parametrize("change", ["grant", "revoke", "disable"])
def test_a_session_ends_when_its_account_changes(
    signed_in: SignedIn, reporting: Office, clock: Clock, change: str
) -> None:
    browser = signed_in(Role.OFFICE, Role.REVIEWER, unit=None, name="zhangsan")
    clock.go_forward(minutes=1)

    with reporting.transaction() as session:
        by = person(session, "管理员", Role.ADMINISTRATOR)
        today, now = reporting.today(), reporting.now()
        if change == "disable":
            accounts.disable(session, "zhangsan", by, today=today, now=now)
        else:
            role = Role.APPROVER if change == "grant" else Role.REVIEWER
            getattr(accounts, change)(session, "zhangsan", role, by, today=today, now=now)

    assert not is_in(browser)


def test_a_new_password_ends_every_other_session(signed_in: SignedIn, clock: Clock) -> None:
    browser = signed_in(Role.OFFICE, unit=None, name="zhangsan")
    elsewhere = Browser(browser.app)
    sign_in(elsewhere, "zhangsan")
    clock.go_forward(minutes=1)
    browser.get("/account/password")

    new = "Qiu-Tian-2026x"
    browser.submit("/account/password", old=PASSWORD, new=new, again=new)

    assert is_in(browser)
    assert not is_in(elsewhere)


@pytest.mark.parametrize(
    "tampered",
    [
        pytest.param("", id="empty"),
        pytest.param("x.y.z", id="made up"),
        pytest.param("é", id="not ascii"),
    ],
)
def test_a_cookie_that_is_not_ours_is_nobody(browser: Browser, tampered: str) -> None:
    browser.cookies["duban_session"] = tampered

    answer = browser.get("/account", follow=False)

    assert answer.headers["location"].startswith("/sign-in")


def test_five_wrong_passwords_lock_a_name_for_a_quarter_of_an_hour(
    browser: Browser, reporting: Office, clock: Clock
) -> None:
    give_account(reporting, "zhangsan", Role.OFFICE)
    for _ in range(5):
        sign_in(browser, "zhangsan", "wrong")

    sign_in(browser, "zhangsan")
    assert not is_in(browser)
    clock.go_forward(minutes=15)
    sign_in(browser, "zhangsan")

    assert "5次密码错误的登录" in browser.page
    assert is_in(browser)


def test_the_owner_is_told_of_wrong_passwords(browser: Browser, reporting: Office) -> None:
    give_account(reporting, "zhangsan", Role.OFFICE)
    sign_in(browser, "zhangsan", "wrong")

    sign_in(browser, "zhangsan")

    assert "1次密码错误的登录" in browser.page


def test_an_unknown_name_is_answered_like_a_known_one(browser: Browser, reporting: Office) -> None:
    give_account(reporting, "zhangsan", Role.OFFICE)
    answers = []
    for name in ("zhangsan", "nobody--"):
        browser.get("/sign-in")
        page = browser.submit("/sign-in", name=name, password="wrong").text
        for changing in (name, *browser.form("/sign-in").values()):
            page = page.replace(changing, "") if changing else page
        answers.append(page)

    assert answers[0] == answers[1]


def test_at_most_fifty_passwords_an_hour_are_looked_at(
    reporting: Office, site: ASGIApp, clock: Clock
) -> None:
    give_account(reporting, "zhangsan", Role.OFFICE)
    browser = Browser(site)
    browser.get("/sign-in")
    looked_at = 0

    for number in range(200):
        browser.address = f"10.0.0.{number}"
        clock.go_forward(seconds=18)
        answer = browser.submit("/sign-in", name="zhangsan", password=f"guess {number}")
        looked_at += "账号或密码不正确" in answer.text

    assert 5 <= looked_at <= 50


def test_one_address_cannot_try_one_guess_on_every_name(browser: Browser) -> None:
    browser.get("/sign-in")

    looked_at = sum(
        "账号或密码不正确" in browser.submit("/sign-in", name=f"name{n}", password="x").text
        for n in range(120)
    )

    assert looked_at == 100


def test_every_result_is_on_record_and_no_unknown_name_is(
    browser: Browser, reporting: Office
) -> None:
    give_account(reporting, "zhangsan", Role.OFFICE)
    sign_in(browser, "zhangsan", "wrong")
    sign_in(browser, "Secret-Typed-As-Name", "wrong")
    sign_in(browser, "zhangsan")

    with reporting.reading() as session:
        found = [
            (event.act, event.actor)
            for event in session.exec(select(Event).order_by(col(Event.sequence)))
            if "sign_in" in event.act
        ]

    assert found == [
        ("fail_sign_in", "zhangsan"),
        ("fail_sign_in", "未知账号"),
        ("sign_in", "zhangsan"),
    ]


def test_a_token_has_at_least_128_bits() -> None:
    assert sessions.TOKEN_BYTES * 8 >= 128
