"""Queries about the life of items: the item by its code, the units it concerns, what it has."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from db.life_tables import EvidenceFile, ProgressReport
from db.plan_tables import Assignment, Plan, Unit, WorkItem
from db.record_tables import Event, Notice, Obligation
from supervision.rights import Concerned
from supervision.vocabulary import UnitKind


def by_code(session: Session, plan_id: UUID, code: str) -> WorkItem | None:
    """Return a plan's item of that code, locked until the transaction ends."""
    asked = {"plan_id": plan_id, "code": code}
    return session.exec(_by_code(), params=asked).one_or_none()


@cache
def _by_code() -> SelectOfScalar[WorkItem]:
    query = select(WorkItem).where(
        col(WorkItem.plan_id) == bindparam("plan_id"), col(WorkItem.code) == bindparam("code")
    )
    return query.with_for_update()


def office_of(session: Session, item: WorkItem) -> UUID:
    """Return the office whose plan an item belongs to; most acts have the plan at hand already."""
    return session.get_one(Plan, item.plan_id).office_id


def concerned(session: Session, item_id: UUID) -> Concerned:
    """Return the units an item concerns: those that answer for it, and all that are responsible.

    Beside a company stands its sponsor: it acts for the company, and is as little independent.
    """
    session.flush()
    found = session.connection().execute(_concerned(), {"item_id": item_id})
    rows = [(answers, _acting_for(*unit)) for answers, *unit in found]
    return Concerned(
        answering=frozenset[UUID]().union(*(units for answers, units in rows if answers)),
        responsible=frozenset[UUID]().union(*(units for _, units in rows)),
    )


@cache
def _concerned() -> Select[Any]:
    """Return the query for those an item concerns: built once, as every act asks for it."""
    unit = (col(Unit.id), col(Unit.kind), col(Unit.sponsor_unit_id))
    return (
        select_columns(col(Assignment.answers), *unit)
        .join(Unit, col(Unit.id) == col(Assignment.unit_id))
        .where(col(Assignment.work_item_id) == bindparam("item_id"))
    )


def acting_for(unit: Unit) -> frozenset[UUID]:
    """Return whose people act for a unit: its own and a company's sponsor's (督导单位, fact 5)."""
    return _acting_for(unit.id, unit.kind, unit.sponsor_unit_id)


def _acting_for(unit_id: UUID, kind: UnitKind, sponsor_id: UUID | None) -> frozenset[UUID]:
    if kind is UnitKind.COMPANY and sponsor_id is not None:
        return frozenset((unit_id, sponsor_id))
    return frozenset((unit_id,))


def evidence_count(session: Session, item_id: UUID) -> int:
    """Return how many pieces of evidence an item has."""
    query = select(func.count(col(EvidenceFile.id)))
    return session.exec(query.where(EvidenceFile.work_item_id == item_id)).one()


def has_history(session: Session, item_id: UUID) -> bool:
    """Return whether anything happened to an item beyond its adoption: a move, report or paper."""
    moved = select(Event.sequence).where(
        Event.about_id == item_id, col(Event.act).not_in(("register", "assign", "adopt_edition"))
    )
    reported = (
        select(ProgressReport.version)
        .join(Obligation, col(Obligation.id) == col(ProgressReport.obligation_id))
        .where(Obligation.work_item_id == item_id)
    )
    return any(
        session.exec(query.limit(1)).first() is not None
        for query in (moved, reported, select(Notice.cycle).where(Notice.work_item_id == item_id))
    )


def historic_codes(session: Session) -> list[str]:
    """Return the items that still await settling (基线待核), by code."""
    query = select(WorkItem.code).where(col(WorkItem.historic).is_(True))
    return list(session.exec(query.order_by(col(WorkItem.code))))
