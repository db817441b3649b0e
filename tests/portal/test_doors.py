"""What must hold of every route there is: a guard, and headers that protect."""

import re

import pytest
from starlette.types import ASGIApp

from portal.access import Anyone, OfEvidence, OfItem
from portal.app import create_app, served
from portal.envelope import PAGE_POLICY, WITH_TOKEN
from portal.forms import TEXT_LIMIT
from services.office import Office
from services.settings import read_settings
from supervision.vocabulary import Role
from tests.builders import item_of
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.portal.routes import doors_of

OPEN_TO_ALL = {
    "GET /static/{name}",
    "GET /sign-in",
    "POST /sign-in",
    "GET /sign-in/link",
    "POST /sign-in/link",
}
NOWHERE = "00000000-0000-4000-8000-000000000000"


def addressed(office: Office, path: str) -> str:
    """Return a path with its places filled in: the item T01, and else nothing there is."""
    with office.reading() as session:
        item_id = str(item_of(session, "T01").id)
    filled = path.replace("{item_id}", item_id).replace("{name}", "duban.css")
    return re.sub(r"\{\w+\}", NOWHERE, filled)


def test_every_route_names_one_guard(reporting: Office) -> None:
    found = doors_of(create_app(reporting))

    assert len(found) > 5
    assert [door.name for door in found if len(door.guards) != 1] == []


def test_only_signing_in_and_its_files_are_open_to_all(reporting: Office) -> None:
    found = doors_of(create_app(reporting))

    assert {door.name for door in found if isinstance(door.guard, Anyone)} == OPEN_TO_ALL


def test_whoever_names_an_item_in_an_address_guards_it(reporting: Office) -> None:
    found = doors_of(create_app(reporting))

    unguarded = [
        door.name
        for door in found
        if ("{item_id}" in door.path and not isinstance(door.guard, OfItem))
        or ("{evidence_id}" in door.path and not isinstance(door.guard, OfEvidence))
    ]
    assert unguarded == []


def test_every_answer_carries_the_protecting_headers(
    reporting: Office, signed_in: SignedIn
) -> None:
    browser = signed_in(Role.LIAISON)

    for door in doors_of(create_app(reporting)):
        answer = browser.send(door.method, addressed(reporting, door.path), follow=False)
        headers = answer.headers
        assert headers["x-content-type-options"] == "nosniff"
        policy = "strict-origin" if door.path.startswith(WITH_TOKEN) else "same-origin"
        assert headers["referrer-policy"] == policy
        assert "frame-ancestors 'none'" in headers["content-security-policy"] or (
            "sandbox" in headers["content-security-policy"]
        )
        assert "server" not in headers


def test_the_policy_of_pages_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    assert "unsafe" not in PAGE_POLICY
    assert "default-src 'none'" in PAGE_POLICY
    assert "http" not in PAGE_POLICY


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/api/docs"])
def test_no_documentation_is_served(signed_in: SignedIn, path: str) -> None:
    assert signed_in(Role.OFFICE, unit=None).get(path).status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PUT", "DELETE", "OPTIONS"])
def test_no_other_method_is_answered(browser: Browser, method: str) -> None:
    assert browser.send(method, "/sign-in").status_code == 405


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="declared"),
        pytest.param({"Transfer-Encoding": "chunked"}, id="streamed"),
    ],
)
def test_a_form_beyond_its_limit_is_refused_before_it_is_parsed(
    browser: Browser, headers: dict[str, str]
) -> None:
    browser.get("/sign-in")
    content = b"name=" + b"x" * TEXT_LIMIT

    answer = browser.send(
        "POST",
        "/sign-in",
        content=content,
        headers=headers | {"Content-Type": "application/x-www-form-urlencoded"},
    )

    assert answer.status_code == 413


@pytest.mark.parametrize("parts", [pytest.param(10_000, id="10,000 tiny parts")])
def test_a_form_of_countless_parts_is_refused(browser: Browser, parts: int) -> None:
    browser.get("/sign-in")

    answer = browser.post("/sign-in", {f"p{n}": "x" for n in range(parts)})

    assert answer.status_code in (400, 413)


def test_under_tls_cookies_are_bound_to_the_host(reporting: Office) -> None:
    url = reporting.engine.url.render_as_string(hide_password=False)
    settings = read_settings(database_url=url, portal_url="https://duban.example.gov.cn")
    public = served(Office(settings, reporting.engine, reporting.now))

    answer = Browser(public).get("/sign-in")

    (cookie,) = answer.headers.get_list("set-cookie")
    assert cookie.startswith("__Host-")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie
    assert "strict-transport-security" in answer.headers


def test_on_this_machine_alone_a_plain_cookie_will_do(site: ASGIApp) -> None:
    answer = Browser(site).get("/sign-in")

    (cookie,) = answer.headers.get_list("set-cookie")
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax"))
    assert "Secure" not in cookie
