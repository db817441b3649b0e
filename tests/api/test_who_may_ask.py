"""SEC1, SEC3: which token gets in where, and that two units never see each other."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.routing import APIRoute

from api.access import Guard, OfItem, OfNotice, OfTheOffice
from api.app import DESCRIPTION, create_api
from portal.app import served
from services.integration_tokens import listed, revoke_token
from services.office import Office
from services.settings import read_settings
from supervision.integrations import SCOPES, role_of
from supervision.rights import RIGHTS
from supervision.vocabulary import Scope
from tests.api.systems import OFFICE, System, a_token, administrator, furnished, places
from tests.builders import FINANCE
from tests.clock import Clock
from tests.portal.browser import Browser
from tests.reporting import HOUSING

pytestmark = [pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
# What each address asks for, written down a second time by hand.
NEEDS = {
    "GET /items": Scope.READ_ITEMS,
    "GET /items/{item_id}": Scope.READ_ITEMS,
    "GET /units": Scope.READ_ITEMS,
    "GET /overdue": Scope.READ_OVERDUE,
    "GET /results": Scope.EXPORT_RESULTS,
    "GET /rounds": Scope.READ_ROUNDS,
    "GET /rounds/{plan}/{period}": Scope.READ_ROUNDS,
    "GET /obligations": Scope.READ_ROUNDS,
    "GET /items/{item_id}/reports": Scope.READ_REPORTS,
    "POST /items/{item_id}/reports": Scope.WRITE_REPORTS,
    "POST /items/{item_id}/acknowledge": Scope.ACKNOWLEDGE,
    "POST /items/{item_id}/extensions": Scope.ASK_EXTENSION,
    "GET /notices": Scope.READ_NOTICES,
    "GET /notices/{notice_id}": Scope.READ_NOTICES,
    "GET /notices/{notice_id}/file": Scope.READ_NOTICES,
    "GET /circulars": Scope.READ_CIRCULARS,
    "GET /circulars/{plan}/{period}/file": Scope.READ_CIRCULARS,
}
SUMMARIES = {"GET /rounds/{plan}/{period}", "GET /circulars", "GET /results"}
SUMMARIES |= {"GET /circulars/{plan}/{period}/file"}
# Of the finance bureau: it leads T01, supports T03, and T02 is none of its business.
OWN, SUPPORTED, OTHER, NONE = "T01", "T03", "T02", "none"
NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def full(office: Office, clock: Clock) -> Office:
    return furnished(office, clock)


def doors(office: Office) -> dict[str, tuple[Guard, ...]]:
    """Return every address under the version with the guards that stand before it."""
    found = {}
    for route in create_api(office).routes:
        assert isinstance(route, APIRoute)
        if route.path != DESCRIPTION:
            (method,) = route.methods or {"?"}
            found[f"{method} {route.path.removeprefix('/api/v1')}"] = guards_of(route)
    return found


def guards_of(route: APIRoute) -> tuple[Guard, ...]:
    calls = (dependency.call for dependency in route.dependant.dependencies)
    found: list[Guard] = [call for call in calls if isinstance(call, Guard)]  # type: ignore[misc]
    return tuple(found)


def filled(office: Office, door: str, owner: str) -> tuple[str, str]:
    """Return the method and the address of a door, with what belongs to the owner in its places."""
    method, path = door.split()
    stands = dict.fromkeys(("{item_id}", "{notice_id}"), NOWHERE)
    if owner != NONE:
        stands |= places(office, owner)
    for place, value in (stands | {"{plan}": "plan", "{period}": "2024Q4"}).items():
        path = path.replace(place, value)
    return method, path


def owners_at(door: str) -> tuple[str, ...]:
    return (OWN, SUPPORTED, OTHER, NONE) if "_id}" in door else (OWN,)


def expected(door: str, scope: Scope, whose: str, owner: str) -> str:
    """Return what the table of rights and the scopes make of a request."""
    if NEEDS[door] is not scope:
        return "scope_missing"
    if whose == OFFICE:
        no_paper = "{notice_id}" in door and owner == SUPPORTED
        return "not_here" if owner == NONE or no_paper else "in"
    if door in SUMMARIES:
        return "not_allowed"
    if owner in (OTHER, NONE) or ("{notice_id}" in door and owner != OWN):
        return "not_here"
    leads_only = RIGHTS[SCOPES[scope].permission].of_answering_unit
    return "not_allowed" if leads_only and owner == SUPPORTED else "in"


async def outcome(system: System, method: str, path: str) -> str:
    sent = {"headers": {"Idempotency-Key": "who-may-ask"}, "json": {}}
    answer = await system.asked(method, path, **sent)
    if answer.status_code in (401, 403, 404):
        assert answer.headers["content-type"] == "application/problem+json"
        return str(answer.json()["code"])
    return "in"


def test_every_address_names_one_guard_that_fits_it_and_stands_in_the_table(full: Office) -> None:
    found = doors(full)

    assert {name: guards[0].scope for name, guards in found.items()} == NEEDS
    assert [name for name, guards in found.items() if len(guards) != 1] == []
    assert {n for n, (guard,) in found.items() if isinstance(guard, OfItem)} == {
        name for name in NEEDS if "{item_id}" in name
    }
    assert {n for n, (guard,) in found.items() if isinstance(guard, OfNotice)} == {
        name for name in NEEDS if "{notice_id}" in name
    }
    assert {n for n, (guard,) in found.items() if isinstance(guard, OfTheOffice)} == SUMMARIES


def cells() -> Iterator[tuple[str, Scope]]:
    for whose in (FINANCE, OFFICE):
        for scope in Scope:
            if role_of(scope, of_unit=whose != OFFICE):
                yield whose, scope


def test_every_token_gets_in_where_its_one_scope_leads_and_nowhere_else(full: Office) -> None:
    app = served(full)
    tokens = {(whose, scope): a_token(full, whose, [scope]) for whose, scope in cells()}
    asked = {
        (whose, scope, door, owner): filled(full, door, owner)
        for whose, scope in tokens
        for door, needed in NEEDS.items()
        for owner in (owners_at(door) if needed is scope else (OWN,))
    }

    async def all_of_them() -> list[str]:
        return [
            await outcome(System(app, tokens[whose, scope]), *address)
            for (whose, scope, _, _), address in asked.items()
        ]

    found = dict(zip(asked, asyncio.run(all_of_them()), strict=True))
    wanted = {
        (whose, scope, door, owner): expected(door, scope, whose, owner)
        for whose, scope, door, owner in asked
    }
    assert len(found) > 200
    assert {cell: got for cell, got in found.items() if got != wanted[cell]} == {}


def test_two_units_never_see_each_other_in_any_list_or_paper(full: Office) -> None:
    app = served(full)
    theirs = {FINANCE: ("T01", "T03", "T04", "P01"), HOUSING: ("T01", "T02", "T03")}
    lists = [door.split()[1] for door in NEEDS if door.startswith("GET") and "{" not in door]

    for unit, codes in theirs.items():
        system = System(app, a_token(full, unit))
        foreign = {"T01", "T02", "T03", "T04", "P01"} - set(codes)
        told = "".join(system.get(path, limit=200).text for path in lists)
        told += "".join(
            system.get(f"/items/{places(full, code)['{item_id}']}").text for code in codes
        )
        assert not [code for code in foreign if code in told]
        other = HOUSING if unit == FINANCE else FINANCE
        assert system.get("/items", unit=other).json()["code"] == "not_here"
        assert {one["name"] for one in system.get("/units").json()["units"]} == {unit}
        items = system.get("/items").json()
        assert {item["code"] for item in items["items"]} == set(codes)
        assert items["total"] == len(codes)

    papers = System(app, a_token(full, FINANCE, [Scope.READ_NOTICES])).get("/notices").json()
    assert [paper["first_code"] for paper in papers["notices"]] == ["T01"]


def test_a_token_that_ended_is_as_good_as_none(full: Office, clock: Clock) -> None:
    app = served(full)
    revoked, expiring = a_token(full, FINANCE), a_token(full, OFFICE)
    with full.transaction() as session:
        there = listed(session, today=full.today())
        (name,) = [token.name for token in there if token.unit == FINANCE]
        revoke_token(session, full, name, administrator(session))

    answers = [System(app, token).get("/items") for token in (None, "duban_x", "a b", revoked)]
    lives = System(app, expiring).get("/items").status_code
    clock.turn_to(full.today() + timedelta(days=365))
    expired = System(app, expiring).get("/items")

    assert [answer.status_code for answer in [*answers, expired]] == [401] * 5
    assert len({answer.text for answer in answers}) == 1
    assert answers[0].headers["www-authenticate"] == "Bearer"
    assert lives == 200


def test_a_token_that_asks_too_often_is_told_to_wait_and_others_are_not(
    full: Office, clock: Clock
) -> None:
    address = full.engine.url.render_as_string(hide_password=False)
    slow = Office(read_settings(database_url=address, api_per_minute=3), full.engine, full.now)
    app = served(slow)
    eager, other = (System(app, a_token(full, whose)) for whose in (FINANCE, HOUSING))

    codes = [eager.get("/units").status_code for _ in range(4)]
    others = other.get("/units").status_code
    clock.go_forward(minutes=1)

    assert codes == [200, 200, 200, 429]
    assert others == 200
    assert eager.get("/units").status_code == 200


def test_in_production_the_interface_is_not_described(full: Office) -> None:
    address = full.engine.url.render_as_string(hide_password=False)
    settings = read_settings(database_url=address, portal_url="https://duban.example.gov.cn")
    public = served(Office(settings, full.engine, full.now))

    assert Browser(public).get(DESCRIPTION).status_code == 404
    assert Browser(served(full)).get(DESCRIPTION).json()["openapi"].startswith("3.1")


def test_a_request_that_is_too_large_or_cannot_be_read_is_a_problem_and_does_nothing(
    full: Office,
) -> None:
    system = System(served(full), a_token(full, FINANCE))
    path = f"/items/{places(full, OWN)['{item_id}']}/reports"
    key = {"Idempotency-Key": "too-large-or-odd"}

    codes = [
        system.send("POST", path, headers=key, content=content).json()["code"]
        for content in (b"x" * 300_000, b"{", b'{"progress": "\\ud800"}', b'{"progress": NaN}')
    ]

    assert codes == ["too_large", "invalid", "invalid", "invalid"]
    assert system.get(path).json()["total"] == 0
