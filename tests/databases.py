"""Fixtures that run a test on SQLite and on PostgreSQL, from templates so that it stays fast.

A test that asks for `engine`, `office` or `zhanggong` runs twice. One that concerns a single
database says `@pytest.mark.parametrize("database", ["sqlite"], indirect=True)`.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from db.engine import WRITES, is_sqlite, open_engine
from db.schema import upgrade
from services.office import Office
from services.settings import read_settings
from services.start import start
from tests.clock import Clock
from tests.postgresql import programs, running_server
from tests.postgresql_pool import PostgresqlDatabases

ISSUED_ON = date(2024, 3, 3)  # of the bundled plan, a Sunday
READ_ONLY = ("SELECT", "PRAGMA", "BEGIN", "EXPLAIN")

Fill = Callable[[str], None]


def migrated(url: str) -> None:
    """Fill a template: the tables, and nothing in them."""
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


def adopted(url: str) -> None:
    """Fill a template: what `duban init` makes of the bundled plan on its day of issue."""
    engine = open_engine(url)
    start(Office(read_settings(database_url=url), engine, Clock(ISSUED_ON)))
    engine.dispose()


@dataclass(frozen=True, slots=True)
class SqliteFiles:
    """Databases as files: a template is copied."""

    templates: Path

    @contextmanager
    def fresh(self, folder: Path, fill: Fill | None) -> Iterator[str]:
        """Give the URL of a new database in the folder, empty or as the template has it."""
        file = folder / "duban.db"
        if fill is not None:
            template = self.templates / f"{fill.__name__}.db"
            if not template.exists():
                fill(f"sqlite:///{template}")
            shutil.copyfile(template, file)
        yield f"sqlite:///{file}"


Databases = SqliteFiles | PostgresqlDatabases


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    """Give the worker's SQLite templates, filled when first asked for."""
    return SqliteFiles(tmp_path_factory.mktemp("sqlite-templates"))


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[PostgresqlDatabases]:
    """Give the worker's own PostgreSQL server, or skip where none is installed."""
    found = programs()
    if found is None:
        pytest.skip("未运行：本机没有 PostgreSQL")
    with running_server(found) as server:
        yield PostgresqlDatabases(server)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Databases:
    """Give the kind of database the test runs on: each in turn."""
    name = {"sqlite": "sqlite_files", "postgresql": "postgresql_databases"}[request.param]
    found: Databases = request.getfixturevalue(name)
    return found


@pytest.fixture
def empty_url(database: Databases, tmp_path: Path) -> Iterator[str]:
    """Give the URL of a database without any table."""
    with database.fresh(tmp_path, None) as url:
        yield url


@pytest.fixture
def migrated_url(database: Databases, tmp_path: Path) -> Iterator[str]:
    """Give the URL of a migrated database without any row."""
    with database.fresh(tmp_path, migrated) as url:
        yield url


@pytest.fixture
def adopted_url(database: Databases, settings_folder: Path) -> Iterator[str]:
    """Give the URL of a database in which the bundled plan is adopted as of 2024-03-03."""
    with database.fresh(settings_folder, adopted) as url:
        yield url


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    """Give an engine on a migrated database without any row."""
    with guarded_engine(migrated_url) as found:
        yield found


@contextmanager
def guarded_engine(url: str) -> Iterator[Engine]:
    """Give an engine that fails the test when anything is written without the write lock."""
    found = open_engine(url)
    if is_sqlite(found):
        event.listen(found, "before_cursor_execute", _refuse_to_write_unlocked)
        event.listen(found, "connect", _forget)
    yield found
    found.dispose()


def _forget(connection: sqlite3.Connection, _record: object) -> None:
    """Wait for no disk: what a power cut takes is asked of no test."""
    connection.execute("PRAGMA synchronous=OFF")


def _refuse_to_write_unlocked(
    connection: Connection, _cursor: object, statement: str, *_rest: object
) -> None:
    writes = not statement.lstrip().upper().startswith(READ_ONLY)
    locked = connection.get_execution_options().get(WRITES, False)
    assert locked or not writes, f"written without BEGIN IMMEDIATE: {statement}"


@pytest.fixture
def clock() -> Clock:
    """Give the clock of `office` and `zhanggong`: nine o'clock on the bundled plan's first day."""
    return Clock(ISSUED_ON)


@pytest.fixture
def settings_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder of the test's own the working one, with no setting in force but defaults."""
    for name in [name for name in os.environ if name.startswith("DUBAN_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def office(engine: Engine, clock: Clock, settings_folder: Path) -> Office:
    """Give an office at work on a migrated database in which no plan is adopted yet."""
    return an_office(engine, clock, settings_folder)


@pytest.fixture
def zhanggong(adopted_url: str, clock: Clock, settings_folder: Path) -> Iterator[Office]:
    """Give an office that adopted the bundled plan on 2024-03-03 and has swept nothing yet."""
    with guarded_engine(adopted_url) as found:
        yield an_office(found, clock, settings_folder)


def an_office(engine: Engine, clock: Clock, folder: Path) -> Office:
    """Return an office whose file channel writes into the folder."""
    url = engine.url.render_as_string(hide_password=False)
    return Office(read_settings(data_dir=folder / "var", database_url=url), engine, clock)
