"""Databases of a PostgreSQL server that are used again, their rows put back as they were.

To make a database from a template takes a few hundred files and up to half a second; to put back
the rows that a test changed takes some milliseconds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

import psycopg
from psycopg import sql

from db.engine import open_engine
from db.schema import upgrade
from tests.postgresql import SUPERUSER, Server

Fill = Callable[[str], None]
# What stands in the schema: a test that changed any of it leaves a database nobody uses again.
STANDS = """
WITH ours AS (SELECT 'public'::regnamespace AS id)
SELECT md5(string_agg(line, ',' ORDER BY line)) FROM (
  SELECT format('%s %s %s', c.oid, relname, relkind) FROM pg_class c, ours WHERE relnamespace = id
  UNION ALL SELECT format('%s %s %s', attrelid, attname, atttypid) FROM ours, pg_attribute
    JOIN pg_class c ON c.oid = attrelid WHERE relnamespace = id
  UNION ALL SELECT format('%s %s %s', oid, tgname, tgenabled) FROM pg_trigger
  UNION ALL SELECT format('%s %s', oid, pg_get_constraintdef(oid)) FROM pg_constraint, ours
    WHERE connamespace = id
  UNION ALL SELECT format('%s %s', oid, prosrc) FROM pg_proc, ours WHERE pronamespace = id
) AS everything(line)
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
ALONE = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a filled database held before any test saw it."""

    name: str
    stands: str
    tables: tuple[str, ...]
    rows: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class PostgresqlDatabases:
    """Databases on the session's server; one that a test has left waits for the next."""

    server: Server
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    idle: dict[str, list[Kept]] = field(default_factory=dict)
    firsts: dict[str, Kept] = field(default_factory=dict)

    @contextmanager
    def fresh(self, folder: object, fill: Fill | None) -> Iterator[str]:
        """Give the URL of a database, empty or as filled."""
        del folder
        if fill is None:
            name = self._created()
            yield self.server.url(name)
            self._drop(name)
            return
        waiting = self.idle.setdefault(fill.__name__, [])
        kept = waiting.pop() if waiting else self._filled(fill)
        yield self.server.url(kept.name)
        if self._put_back(kept):
            waiting.append(kept)
        else:
            self._drop(kept.name)

    def _filled(self, fill: Fill) -> Kept:
        """Fill a database; one more of a kind gets the rows of the first, their ids with them."""
        name = self._created()
        first = self.firsts.get(fill.__name__)
        if first is None:
            fill(self.server.url(name))
        else:
            engine = open_engine(self.server.url(name))
            upgrade(engine)
            engine.dispose()
        with self._connected(name) as connection:
            tables = tuple(table for (table,) in connection.execute(TABLES))
            if first is None:
                rows = {table: found for table in tables if (found := rows_of(connection, table))}
            else:
                rows = first.rows
                put_rows(connection, rows, instead_of=tables)
            kept = Kept(name, _stands(connection), tables, rows)
        return self.firsts.setdefault(fill.__name__, kept) if first is None else kept

    def _put_back(self, kept: Kept) -> bool:
        """Put the rows back; return whether the schema is still the one that was filled."""
        with self._connected(kept.name) as connection:
            connection.execute(ALONE)
            if _stands(connection) != kept.stands:
                return False
            put_rows(connection, kept.rows, instead_of=kept.tables)
        return True

    def _created(self) -> str:
        name = f"test_{next(self.numbers)}"
        with self._connected("postgres", autocommit=True) as connection:
            named = sql.Identifier(name)
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(named))
        return name

    def _drop(self, name: str) -> None:
        with self._connected("postgres", autocommit=True) as connection:
            named = sql.Identifier(name)
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(named))

    def _connected(self, name: str, *, autocommit: bool = False) -> psycopg.Connection:
        folder = str(self.server.folder)
        return psycopg.connect(host=folder, user=SUPERUSER, dbname=name, autocommit=autocommit)


def _stands(connection: psycopg.Connection) -> str:
    row = connection.execute(STANDS).fetchone()
    assert row is not None
    return str(row[0])


def rows_of(connection: psycopg.Connection, table: str) -> bytes:
    out = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
    with connection.cursor().copy(out) as copy:
        return b"".join(copy)


def put_rows(
    connection: psycopg.Connection, rows: Mapping[str, bytes], *, instead_of: Iterable[str]
) -> None:
    """Put rows where others stood; neither keys nor triggers are asked, which let them in once."""
    connection.execute("SET LOCAL session_replication_role = replica")
    for table in instead_of:
        connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
    for table, found in rows.items():
        into = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
        with connection.cursor().copy(into) as copy:
            copy.write(found)
