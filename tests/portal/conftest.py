"""A portal in this process: an office in the first quarter of 2025, its people, their browsers."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser as ChromiumBrowser
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import Session
from starlette.types import ASGIApp

from db.life_tables import Account
from portal.app import served
from portal.static_files import require_parts
from services import accounts
from services.accounts import NewAccount, add_account
from services.office import Office
from supervision.errors import NotConfiguredError
from supervision.rights import Actor
from supervision.vocabulary import Role
from tests.builders import FINANCE
from tests.clock import Clock
from tests.databases import SqliteFiles, adopted, an_office, guarded_engine
from tests.people import person, unit_id
from tests.portal import chromium
from tests.portal.browser import Browser
from tests.portal.served import serving

PASSWORD = "Chun-Tian-2025"
CHEAP = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),))
SignedIn = Callable[..., Browser]


@pytest.fixture(autouse=True, scope="session")
def _parts() -> None:
    """Skip where `make setup` could not fetch the parts: no page is served without them."""
    try:
        require_parts()
    except NotConfiguredError as missing:
        pytest.skip(f"未运行：{missing}")


@pytest.fixture
def database(sqlite_files: SqliteFiles) -> SqliteFiles:
    """Let pages be tested on one database: both are tested where rows are."""
    return sqlite_files


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a password cost a millisecond; what it really costs is measured in one place."""
    monkeypatch.setattr(accounts, "HASHER", CHEAP)


@pytest.fixture
def site(reporting: Office) -> ASGIApp:
    """Give the portal of an office in 2025Q1: T01 and P01 of one unit, T02 of another."""
    return served(reporting)


@pytest.fixture
def browser(site: ASGIApp) -> Browser:
    """Give the browser of somebody who is not signed in."""
    return Browser(site)


@pytest.fixture
def signed_in(site: ASGIApp, reporting: Office) -> SignedIn:
    """Sign somebody in by role: `signed_in(Role.LIAISON)`, of the finance bureau unless told."""

    def enter(*roles: Role, unit: str | None = FINANCE, name: str = "") -> Browser:
        named = name or f"{unit or ''}{roles[0].label}"
        give_account(reporting, named, *roles, unit=unit)
        browser = Browser(site)
        sign_in(browser, named)
        return browser

    return enter


def give_account(
    office: Office,
    name: str,
    *roles: Role,
    unit: str | None = None,
    chosen_by_himself: bool = True,
) -> None:
    """Make an account; its person has set the password himself unless told otherwise."""
    with office.transaction() as session:
        administrator = person(session, "管理员", Role.ADMINISTRATOR)
        if not accounts.listed(session):
            _add(session, office, _new("guanliyuan", {Role.ADMINISTRATOR}, None), None)
        theirs = None if unit is None else unit_id(session, unit)
        account = _add(session, office, _new(name, set(roles), theirs), administrator)
        if chosen_by_himself:
            account.created_at = office.now().replace(year=office.today().year - 1)
            session.add(account)


def _new(name: str, roles: set[Role], unit: UUID | None) -> NewAccount:
    return NewAccount(
        name=name, full_name="张三", unit_id=unit, roles=frozenset(roles), password=PASSWORD
    )


def _add(session: Session, office: Office, new: NewAccount, by: Actor | None) -> Account:
    profile, today, now = office.settings.password_profile, office.today(), office.now()
    return add_account(session, new, by, profile=profile, today=today, now=now)


def sign_in(browser: Browser, name: str, password: str = PASSWORD) -> None:
    """Sign in through the form."""
    browser.get("/sign-in")
    browser.submit("/sign-in", name=name, password=password)


@pytest.fixture(scope="module")
def browser_window() -> Iterator[ChromiumBrowser]:
    """Give a real browser, for the tests of one file."""
    with chromium.chromium() as found:
        yield found


@pytest.fixture(scope="session")
def prepared_folder(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the office that browser tests walk through, made once a worker."""
    from tests.portal.prepared import LAST, prepare  # noqa: PLC0415 - it takes people from here

    folder = tmp_path_factory.mktemp("prepared")
    clock = Clock(LAST)
    with pytest.MonkeyPatch.context() as patch, sqlite_files.fresh(folder, adopted) as url:
        for name in [name for name in os.environ if name.startswith("DUBAN_")]:
            patch.delenv(name)
        patch.chdir(folder)
        patch.setattr(accounts, "HASHER", CHEAP)
        with guarded_engine(url) as engine:
            prepare(an_office(engine, clock, folder), clock)
    return folder


@pytest.fixture
def walked(prepared_folder: Path, settings_folder: Path, clock: Clock) -> Iterator[Office]:
    """Give a copy of the prepared office, on its morning."""
    from tests.portal.prepared import TODAY  # noqa: PLC0415

    shutil.copytree(prepared_folder, settings_folder, dirs_exist_ok=True)
    clock.turn_to(TODAY)
    with guarded_engine(f"sqlite:///{settings_folder / 'duban.db'}") as engine:
        yield an_office(engine, clock, settings_folder)


@pytest.fixture
def home(walked: Office) -> Iterator[str]:
    """Give the address of a portal of the prepared office."""
    with serving(walked) as found:
        yield found
