"""A database to be thrown away: a plan copied as adopted, or everything as it stands today."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, insert, select
from sqlmodel import Session, SQLModel, col

from db.engine import open_engine
from db.plan_tables import (
    Assignment,
    ChannelAddress,
    CollectiveMember,
    Office,
    Plan,
    Unit,
    UnitAlias,
    WorkingGroup,
    WorkItem,
)
from db.record_tables import CalendarDay
from supervision.vocabulary import ChannelKind, ItemState

AS_THEY_ARE = (UnitAlias, CollectiveMember, Plan, WorkingGroup, Assignment, CalendarDay)
Rows = list[dict[str, Any]]
AT_A_TIME = 2_000  # rows
# What no rule reads: people's accounts and keys, the record but for its head, texts half written.
LEFT_OUT = frozenset(
    {
        "account",
        "deliveryattempt",
        "event",
        "eventanchor",
        "eventarchive",
        "feedtoken",
        "formanswer",
        "integrationanswer",
        "integrationtoken",
        "officechannel",
        "onetimelink",
        "plandraft",
        "portalsession",
        "reportdraft",
        "rolegrant",
        "signintry",
        "telephonecall",
        "usedpassword",
    }
)


def open_scratch(folder: Path) -> Engine:
    """Return the engine of a SQLite file in a folder that goes away: it waits for no disk."""
    engine = open_engine(f"sqlite:///{folder / 'scratch.db'}")
    event.listen(engine, "connect", _let_go)
    return engine


def _let_go(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DBAPI connection
    connection.execute("PRAGMA synchronous=OFF")


def copy_plans(source: Session, target: Session) -> None:
    """Copy an office, its units, calendar and plans, each item as on the day it was adopted.

    Nothing that happened since is copied, and of the ways to a unit only the file: whatever the
    copy is asked to send stays in it. Cancelled items stay cancelled: the plan no longer lists
    them.
    """
    offices = [row | {"baseline_confirmed_on": None} for row in _rows(source, Office)]
    units = _rows(source, Unit)
    units.sort(key=lambda row: row["sponsor_unit_id"] is not None)  # a sponsor before its company
    items = [_as_adopted(row) for row in _rows(source, WorkItem)]
    files = [
        row | {"contact_id": None}
        for row in _rows(source, ChannelAddress, col(ChannelAddress.kind) == ChannelKind.FILE)
    ]
    plain = {table: _rows(source, table) for table in AS_THEY_ARE}
    order = (
        (Office, offices),
        (Unit, units),
        (UnitAlias, plain[UnitAlias]),
        (CollectiveMember, plain[CollectiveMember]),
        (ChannelAddress, files),
        (Plan, plain[Plan]),
        (WorkingGroup, plain[WorkingGroup]),
        (WorkItem, items),
        (Assignment, plain[Assignment]),
        (CalendarDay, plain[CalendarDay]),
    )
    for table, rows in order:
        _store(target, table, rows)


def copy_all(source: Session, target: Session) -> None:
    """Copy whatever the rules read, as it stands, from either database; the target is migrated."""
    read, write = source.connection(), target.connection()
    # A unit may come before its sponsor: what refers to what is looked at when all is there.
    write.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for table in SQLModel.metadata.sorted_tables:
        if table.name in LEFT_OUT:
            continue
        found = read.execution_options(yield_per=AT_A_TIME).execute(select(table)).mappings()
        for rows in found.partitions():
            write.execute(insert(table), [dict(row) for row in rows])


def _rows(session: Session, table: type[SQLModel], *which: Any) -> Rows:  # noqa: ANN401 - conditions
    query = select(table.__table__).where(*which)  # type: ignore[attr-defined]
    return [dict(row) for row in session.connection().execute(query).mappings()]


def _store(session: Session, table: type[SQLModel], rows: Iterable[dict[str, Any]]) -> None:
    if found := list(rows):
        session.connection().execute(insert(table), found)


def _as_adopted(row: dict[str, Any]) -> dict[str, Any]:
    is_gone = row["state"] is ItemState.CANCELLED
    due_on = row["original_due_on"]
    return row | {
        "state": ItemState.CANCELLED if is_gone else ItemState.ASSIGNED,
        "due_on": due_on,
        "historic": due_on is not None and due_on < row["adopted_on"],
        "assigned_on": row["adopted_on"],
        "acknowledged_on": None,
        "submitted_on": None,
        "closed_on": None,
        "grade": None,
        "review_on": None,
        "settled_on": None,
        "cycle": 1,
    }
