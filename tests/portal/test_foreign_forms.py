"""No form from elsewhere is taken, and no page that is only read changes a row (SEC8)."""

import hashlib
import sqlite3
from collections.abc import Mapping
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel
from starlette.types import ASGIApp

from db.engine import sqlite_file
from portal.access import SAFE
from portal.app import create_app
from services.accounts import ALONE
from services.office import Office
from supervision.vocabulary import Role
from tests.builders import FINANCE
from tests.clock import Clock
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.portal.knocking import (
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
from tests.portal.routes import Door, doors_of
from tests.reporting import OPENS

WHOEVERS = (OTHER, OWN)  # nobody decides on what his own unit reports
BY_LINK_ALONE = {"POST /l/{token}"}  # nobody's role opens it: tests/portal/test_links.py
FOREIGN: Mapping[str, Mapping[str, str]] = {
    "of another site": {"Origin": "https://evil.example"},
    "of no site": {"Origin": "null"},
    "sent across sites": {"Sec-Fetch-Site": "cross-site"},
    "sent from a neighbour": {"Sec-Fetch-Site": "same-site"},
}


@pytest.fixture
def reporting(office: Office, clock: Clock) -> Office:
    """Give an office in which there is something behind every address."""
    clock.turn_to(OPENS)
    open_to_all(office)
    return office


@pytest.fixture
def everybody(signed_in: SignedIn) -> list[Browser]:
    """Give three people who may do everything between them: two roles go with no other."""
    together = [role for role in Role if role not in ALONE]
    alone = [signed_in(role, unit=None, name=role.value) for role in ALONE]
    return [signed_in(*together, unit=FINANCE, name="quanneng"), *alone]


def contents(office: Office) -> str:
    """Return a hash of every row there is."""
    found = hashlib.sha256()
    with office.reading() as session:
        for table in SQLModel.metadata.sorted_tables:
            rows = session.connection().execute(text(f"SELECT * FROM {table.name}"))
            found.update(repr(sorted(map(repr, rows))).encode())
    return found.hexdigest()


def opened(
    office: Office, everybody: list[Browser], doors: list[Door]
) -> dict[str, tuple[Browser, str]]:
    """Return who may send each form, and to which address, as the guards alone say."""
    alone, may = doors_alone(office), {}
    for browser in everybody:
        sound = marks(browser)
        for owner in (*WHOEVERS, SUPPORTED):
            at = places(office, owner)
            closed = [door for door in doors if door.name not in may]
            asked = [(door.method, filled_in(door.path, at)) for door in closed]
            answers = knocked(alone, browser, asked, sound)
            for door, (_, path), answer in zip(closed, asked, answers, strict=True):
                if answer == "in":
                    may[door.name] = browser, path
    return may


def test_no_unsafe_route_takes_a_foreign_form_even_from_whom_it_is_open_to(
    reporting: Office, everybody: list[Browser], site: ASGIApp
) -> None:
    doors = [door for door in doors_of(create_app(reporting)) if door.method not in SAFE]
    may = opened(reporting, everybody, doors)
    assert {door.name for door in doors} - may.keys() <= BY_LINK_ALONE
    before = contents(reporting)

    taken = []
    for browser in everybody:
        asked = [("POST", path) for who, path in may.values() if who is browser]
        sound = marks(browser)
        elsewhere = {"form_token": marks(Browser(site))["form_token"]}
        sendings = {
            "without its token": ({"form_key": "key"}, {}),
            "with a stranger's token": (sound | elsewhere, {}),
            "by a script with a stranger's": ({}, {"X-Form-Token": elsewhere["form_token"]}),
            **{name: (sound, headers) for name, headers in FOREIGN.items()},
        }
        for name, (fields, headers) in sendings.items():
            answers = knocked(site, browser, asked, fields, headers=headers)
            taken += [
                (name, path, answer)
                for (_, path), answer in zip(asked, answers, strict=True)
                if answer != "not allowed"
            ]

    assert taken == []
    assert contents(reporting) == before


def test_reading_changes_no_row_whoever_reads_whatever_there_is(
    reporting: Office, everybody: list[Browser], site: ASGIApp
) -> None:
    doors = [door for door in doors_of(create_app(reporting)) if door.method == "GET"]
    unread = {filled_in(door.path, places(reporting, own)) for door in doors for own in WHOEVERS}
    all_there_are, before, changing = len(unread), contents(reporting), []

    with closing(sqlite3.connect(str(sqlite_file(reporting.engine)))) as watching:
        version = watching.execute("PRAGMA data_version").fetchone()
        for browser in everybody:
            for path in sorted(unread):
                if knocked(site, browser, [("GET", path)], {}) == ["answered 200"]:
                    unread.remove(path)
                touched = watching.execute("PRAGMA data_version").fetchone()
                if touched != version and contents(reporting) != before:
                    changing.append(path)
                version = touched

    assert changing == []
    assert contents(reporting) == before
    assert len(unread) < all_there_are * 0.2  # what was read is there: most are pages
