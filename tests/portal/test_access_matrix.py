"""Who gets in where: every route, for every role, to his own item, another unit's and none (SEC1).

The table is `tests/portal/access_table.py`. A route that is missing from it fails.
"""

import pytest
from starlette.types import ASGIApp

from portal.app import create_app
from services.office import Office
from supervision.vocabulary import Role
from tests.builders import FINANCE
from tests.clock import Clock
from tests.portal.access_table import NEEDS, expected, owner_at
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.portal.knocking import (
    NONE,
    OF_ITEMS,
    OTHER,
    OWN,
    SUPPORTED,
    doors_alone,
    filled_in,
    knocked,
    marks,
    open_to_all,
    places,
)
from tests.portal.routes import doors_of
from tests.reporting import OPENS

LAST = "POST /sign-out"
UNIT_ROLES = {Role.LIAISON, Role.HEAD}


def test_every_route_stands_in_the_table(reporting: Office) -> None:
    assert {door.name for door in doors_of(create_app(reporting))} == set(NEEDS)


@pytest.fixture
def reporting(office: Office, clock: Clock) -> Office:
    """Give an office in which the finance bureau leads T01, supports T03, and T02 is another's."""
    clock.turn_to(OPENS)
    open_to_all(office)
    return office


def cells() -> list[tuple[str, str]]:
    """Return (door, whose it is) for all there is to ask; signing out comes last."""
    doors = sorted(NEEDS, key=lambda door: door == LAST)
    return [
        (door, owner)
        for door in doors
        for owner in (OWN, SUPPORTED, OTHER, NONE)
        if owner == OWN or any(place in door for place in OF_ITEMS)
    ]


def somebody(role: Role | None, signed_in: SignedIn, site: ASGIApp) -> Browser:
    """Return the browser of a person of that one role, or of nobody who is known."""
    unit = FINANCE if role in UNIT_ROLES else None
    return Browser(site) if role is None else signed_in(role, unit=unit, name=role.value)


def wanted(role: Role | None) -> dict[tuple[str, str], str]:
    """Return what the table makes of every cell."""
    return {
        (door, owner): expected(NEEDS[door], role, owner_at(door, owner)) for door, owner in cells()
    }


def differences(
    found: dict[tuple[str, str], str], role: Role | None
) -> dict[tuple[str, str], tuple[str, str]]:
    """Return what was found and what was wanted where they differ."""
    right = wanted(role)
    assert found.keys() == right.keys()
    return {cell: (got, right[cell]) for cell, got in found.items() if got != right[cell]}


def asked(office: Office) -> list[tuple[str, str]]:
    """Return the request (method, address) of every cell."""
    at = {owner: places(office, owner) for owner in (OWN, SUPPORTED, OTHER, NONE)}
    requests = (
        door.split()[0] + " " + filled_in(door.split()[1], at[own]) for door, own in cells()
    )
    return [(request.split()[0], request.split()[1]) for request in requests]


def test_every_door_lets_in_whom_the_table_of_rights_says_and_nobody_else(
    reporting: Office, signed_in: SignedIn, site: ASGIApp
) -> None:
    doors, wrong = doors_alone(reporting), {}
    browsers = {role: somebody(role, signed_in, site) for role in (None, *Role)}
    requests = asked(reporting)

    for role, browser in browsers.items():
        answers = knocked(doors, browser, requests, marks(browser))
        wrong[role] = differences(dict(zip(cells(), answers, strict=True)), role)

    assert {role: cells for role, cells in wrong.items() if cells} == {}


@pytest.mark.proof
@pytest.mark.parametrize(
    "role", [None, *Role], ids=lambda role: getattr(role, "value", "anonymous")
)
def test_every_page_is_shown_to_whom_the_table_of_rights_says_and_nobody_else(
    role: Role | None, reporting: Office, signed_in: SignedIn, site: ASGIApp
) -> None:
    browser = somebody(role, signed_in, site)

    answers = knocked(site, browser, asked(reporting), marks(browser))

    found = {cell: said(answer) for cell, answer in zip(cells(), answers, strict=True)}
    if role is not None:  # who signs out is led to where a stranger is led: the last line is his
        assert found.pop((LAST, OWN)) == "sign in first"
        found[LAST, OWN] = "in"
    assert differences(found, role) == {}


def said(answer: str) -> str:
    """Return what a page's answer means: anything but a refusal or a fault is a page."""
    is_fault = answer.startswith("answered 5")
    return "in" if answer.startswith("answered ") and not is_fault else answer
