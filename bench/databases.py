"""The databases a bench runs on: a SQLite file, and a PostgreSQL server of its own."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

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
    with running_server(found, durable=durable) as server:
        yield from _migrated(server.url("postgres"))


def _migrated(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    upgrade(engine)
    yield engine
    engine.dispose()
