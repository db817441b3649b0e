"""Fresh databases with the bench's items: ours through our own tables, the floor's as plain SQL."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine
from sqlmodel import Session

from bench.items import BASELINE, UNITS, Item, items, unit_mail, unit_name
from db.bulk import insert_new
from db.engine import open_engine, transaction
from db.plan_tables import Assignment, ChannelAddress, Contact, Office, Plan, Unit, WorkItem
from db.schema import upgrade
from services import calendars
from supervision.vocabulary import (
    ChannelKind,
    ContactPost,
    DeadlineKind,
    ItemKind,
    ItemState,
    Relation,
    UnitKind,
)

FLOOR_TABLES = """
    CREATE TABLE unit (id INTEGER PRIMARY KEY, name TEXT NOT NULL, mail TEXT NOT NULL);
    CREATE TABLE item (
        id INTEGER PRIMARY KEY, code TEXT NOT NULL, title TEXT NOT NULL,
        unit_id INTEGER NOT NULL REFERENCES unit (id), due_on TEXT NOT NULL, state TEXT NOT NULL
    );
    CREATE INDEX item_by_due ON item (state, due_on);
"""


def load_floor(file: Path, count: int) -> None:
    """Make the floor's database of that many items."""
    connection = sqlite3.connect(file)
    connection.executescript(FLOOR_TABLES)
    units = ((n, unit_name(n), unit_mail(n)) for n in range(UNITS))
    connection.executemany("INSERT INTO unit VALUES (?, ?, ?)", units)
    rows = (
        (item.number, item.code, item.title, item.lead, item.due_on.isoformat(), "open")
        for item in items(count)
    )
    connection.executemany("INSERT INTO item VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.commit()
    connection.close()


def load_ours(file: Path, count: int) -> None:
    """Make our database of that many items in progress, with a liaison's mail for every unit."""
    engine = open_engine(f"sqlite:///{file}")
    upgrade(engine)
    fill_ours(engine, count)
    engine.dispose()


def fill_ours(engine: Engine, count: int) -> None:
    """Put the same into a migrated database of any kind."""
    with transaction(engine) as session:
        calendars.seed(session)
        office, plan = _office_and_plan()
        session.add(office)
        session.flush()
        session.add(plan)
        session.flush()
        units = _enlist_units(session, office)
        ids = [uuid4() for _ in range(count)]
        rows = (_item_row(plan.id, id_, item) for id_, item in zip(ids, items(count), strict=True))
        insert_new(session, WorkItem, rows)
        insert_new(session, Assignment, _assignment_rows(ids, units))


def _office_and_plan() -> tuple[Office, Plan]:
    office = Office(code="office", name="督办办公室", baseline_confirmed_on=BASELINE)
    plan = Plan(
        office_id=office.id,
        code="bench",
        title="测量用工作方案",
        period_from=BASELINE.year,
        period_to=BASELINE.year,
        baseline_on=BASELINE,
        adopted_at=datetime(BASELINE.year, BASELINE.month, BASELINE.day, tzinfo=UTC),
    )
    return office, plan


def _enlist_units(session: Session, office: Office) -> list[UUID]:
    """Store the units, each with its liaison; return their ids in order."""
    own = {"id": uuid4(), "name": office.name, "kind": UnitKind.OFFICE, "position": UNITS}
    rows: list[dict[str, Any]] = [
        {"id": uuid4(), "name": unit_name(n), "kind": UnitKind.BUREAU, "position": n}
        for n in range(UNITS)
    ]
    insert_new(session, Unit, [row | {"office_id": office.id} for row in [*rows, own]])
    ids = [row["id"] for row in rows]
    people = [
        {"id": uuid4(), "unit_id": unit_id, "post": ContactPost.LIAISON, "name": "联络员"}
        for unit_id in ids
    ]
    insert_new(session, Contact, people)
    addresses = [
        {
            "id": uuid4(),
            "unit_id": person["unit_id"],
            "contact_id": person["id"],
            "kind": ChannelKind.MAIL,
            "address": unit_mail(n),
            "position": 0,
        }
        for n, person in enumerate(people)
    ]
    insert_new(session, ChannelAddress, addresses)
    return ids


def _item_row(plan_id: UUID, item_id: UUID, item: Item) -> dict[str, Any]:
    return {
        "id": item_id,
        "plan_id": plan_id,
        "code": item.code,
        "kind": ItemKind.TASK,
        "number": item.number,
        "title": item.title,
        "content": f"{item.title}，明确责任人和时间表，按季报送进展，年底前完成。",
        "deadline_text": f"{item.due_on.year}年{item.due_on.month}月",
        "deadline_kind": DeadlineKind.MONTH,
        "original_due_on": item.due_on,
        "due_on": item.due_on,
        "state": ItemState.IN_PROGRESS,  # signed for long ago: the day is about dates alone
        "historic": False,
        "adopted_on": BASELINE,
        "provenance": {"line": item.number},
    }


def _assignment_rows(ids: list[UUID], units: list[UUID]) -> Iterator[dict[str, Any]]:
    for item_id, item in zip(ids, items(len(ids)), strict=True):
        pair = ((Relation.LEAD, item.lead), (Relation.SUPPORTING, item.supporting))
        for position, (relation, unit) in enumerate(pair):
            yield {
                "id": uuid4(),
                "work_item_id": item_id,
                "unit_id": units[unit],
                "relation": relation,
                "position": position,
                "is_inferred": False,
                "answers": relation is Relation.LEAD,
            }
