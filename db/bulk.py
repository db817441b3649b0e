"""Many rows at once, each refused by the database if it is there already."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

BATCH = 5_000
# Without it SQLAlchemy says -1 for many rows on PostgreSQL, and every claim looks like a success.
COUNTED = {"preserve_rowcount": True}


def insert_new(session: Session, table: type[SQLModel], rows: Iterable[Mapping[str, Any]]) -> int:
    """Insert the rows whose unique keys are not taken yet; return how many were new.

    Rows are plain mappings of column to value and are taken in batches, so a generator over a
    million of them needs no more memory than one batch.
    """
    engine = session.get_bind().dialect.name
    dialect = sqlite if engine == "sqlite" else postgresql
    statement = dialect.insert(table.__table__).on_conflict_do_nothing()  # type: ignore[attr-defined]
    remaining = iter(rows)
    added = 0
    while batch := list(islice(remaining, BATCH)):
        added += session.connection().execute(statement, batch, execution_options=COUNTED).rowcount
    return added
