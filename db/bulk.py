"""Many rows at once, each refused by the database if it is there already."""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Insert, Select, String, Uuid, cast, func, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlmodel import Session, SQLModel

BATCH = 5_000
# Without it SQLAlchemy says -1 for many rows on PostgreSQL, and every claim looks like a success.
COUNTED = {"preserve_rowcount": True}
NUMBERED_FROM = 10**12  # twelve digits follow the one, and decimal digits are hexadecimal too


class InsertNew(Insert):
    """An INSERT that leaves out rows whose unique keys are taken, and refuses all other faults.

    The dialects' own on_conflict_do_nothing() says the same, but is compiled anew at every use.
    """

    inherit_cache = True


@compiles(InsertNew)
def _insert_new(element: InsertNew, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    plain = compiler.visit_insert(element, **options)  # type: ignore[no-untyped-call]
    return f"{plain} ON CONFLICT DO NOTHING"


def insert_new(session: Session, table: type[SQLModel], rows: Iterable[Mapping[str, Any]]) -> int:
    """Insert the rows whose unique keys are not taken yet; return how many were new.

    Rows are plain mappings of column to value and are taken in batches, so a generator over a
    million of them needs no more memory than one batch.
    """
    statement = _insert(table)
    remaining = iter(rows)
    added = 0
    while batch := list(islice(remaining, BATCH)):
        added += session.connection().execute(statement, batch, execution_options=COUNTED).rowcount
    return added


def insert_found(session: Session, table: type[SQLModel], query: Select[Any]) -> int:
    """Insert what a query finds, unless its unique keys are taken; return how many were new.

    The query's columns bear the names of the table's. Nothing passes through Python, so a million
    rows cost what the database needs for them. It must end in WHERE or ORDER BY: after a bare FROM,
    SQLite takes ON CONFLICT for a join's condition.
    """
    statement = _insert(table).from_select(query.selected_columns.keys(), query)
    return session.connection().execute(statement, execution_options=COUNTED).rowcount


def constants(table: type[SQLModel], **values: Any) -> list[ColumnElement[Any]]:  # noqa: ANN401
    """Return columns for `insert_found` that are the same in every row, each of its own type."""
    columns = table.__table__.columns  # type: ignore[attr-defined]
    return [literal(value, columns[name].type).label(name) for name, value in values.items()]


def hex_of(column: Any) -> ColumnElement[str]:  # noqa: ANN401 - a column, or an expression
    """Return an id as its 32 hexadecimal digits, as supervision.keys wants it, in the database."""
    return func.replace(cast(column, String), "-", "", type_=String)


def new_ids(*, by: Any) -> ColumnElement[UUID]:  # noqa: ANN401 - a column
    """Return an expression that gives every row of a query an id, rising in the order `by`.

    The first 20 digits are random and the same in all of them (74 random bits), the rest count. Ids
    in order are added at the end of their index, which random ones would tear up page by page.
    An expression is for one use: run again, it would give the same ids again.
    """
    number = cast(NUMBERED_FROM + func.row_number().over(order_by=by), String)
    return cast(literal(uuid4().hex[:20], String) + func.substr(number, 2, type_=String), Uuid)


@cache
def _insert(table: type[SQLModel]) -> InsertNew:
    return InsertNew(table.__table__).inline()  # type: ignore[attr-defined]
