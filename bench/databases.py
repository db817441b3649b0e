"""The databases a bench runs on: a SQLite file, and a PostgreSQL server of its own."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, text

from db.engine import open_engine
from db.schema import upgrade
from tests.postgresql import programs, running_server

KINDS = ("sqlite", "postgresql")


@contextmanager
def fresh_engine(kind: str, folder: Path, *, durable: bool = False) -> Iterator[Engine | None]:
    """Give the engine of a migrated, empty database; None where PostgreSQL is not installed.

    `durable` has PostgreSQL write to disk what it commits, as in service; SQLite always does.
    """
    if kind == "sqlite":
        yield from _migrated(f"sqlite:///{folder / 'bench.db'}")
        return
    found = programs()
    if found is None:
        print("not measured: PostgreSQL is not installed", file=sys.stderr)
        yield None
        return
    with running_server(found) as server:
        if durable:
            _write_to_disk(server.url("postgres"))
        yield from _migrated(server.url("postgres"))


def _migrated(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    upgrade(engine)
    yield engine
    engine.dispose()


def _write_to_disk(url: str) -> None:
    """Undo what the tests' server saves on."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = on"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()
