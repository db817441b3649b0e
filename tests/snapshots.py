"""What a test fills its database with, kept, so that the filling is done once a process.

An office in the middle of its quarter takes two hundred times as long to make as to copy.
"""

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import closing
from typing import Any, Protocol

from sqlalchemy import Engine, text
from sqlmodel import SQLModel

from db.engine import sqlite_file
from services.office import Office
from tests.postgresql_pool import TABLES, put_rows, rows_of

Restore = Callable[[Engine], None]
MOST = 40  # a SQLite one takes a megabyte of memory
_kept: OrderedDict[tuple[Hashable, ...], tuple[Restore, Any]] = OrderedDict()


class Filling(Protocol):
    """What writes into the database of an office, the same each time."""

    def __call__(self, office: Office) -> Any:  # noqa: ANN401 - whatever the caller is to have
        """Fill it."""


def filled(office: Office, key: Hashable, fill: Filling) -> Any:  # noqa: ANN401 - as `fill` returns
    """Fill the office's database, by a copy where nothing stands in it yet; return what `fill` did.

    The key names everything that decides what is written; the office's moment is added to it.
    """
    if not _is_untouched(office.engine):
        return fill(office)
    named = (office.engine.dialect.name, office.now(), key)
    if named in _kept:
        _kept.move_to_end(named)
        restore, found = _kept[named]
        restore(office.engine)
        return found
    found = fill(office)
    _kept[named] = (_copied(office.engine), found)
    if len(_kept) > MOST:
        _kept.popitem(last=False)
    return found


def _is_untouched(engine: Engine) -> bool:
    any_row = " OR ".join(f'EXISTS (SELECT 1 FROM "{table}")' for table in SQLModel.metadata.tables)
    with engine.connect() as connection:
        return not connection.execute(text(f"SELECT {any_row}")).scalar_one()


def _copied(engine: Engine) -> Restore:
    return _copied_rows(engine) if sqlite_file(engine) is None else _copied_file(engine)


def _copied_file(engine: Engine) -> Restore:
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    with closing(sqlite3.connect(str(sqlite_file(engine)))) as source:
        source.backup(copy)

    def restore(engine: Engine) -> None:
        with closing(sqlite3.connect(str(sqlite_file(engine)))) as target:
            target.execute("PRAGMA synchronous=OFF")
            copy.backup(target)

    return restore


def _copied_rows(engine: Engine) -> Restore:
    with closing(engine.raw_connection()) as raw:
        connection: Any = raw.driver_connection
        tables = [table for (table,) in connection.execute(TABLES)]
        rows = {table: found for table in tables if (found := rows_of(connection, table))}

    def restore(engine: Engine) -> None:
        with closing(engine.raw_connection()) as raw:
            connection: Any = raw.driver_connection
            put_rows(connection, rows, instead_of=rows)
            connection.commit()

    return restore
