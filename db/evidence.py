"""Queries about evidence: what an item has, what a unit brought, where each file is kept."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from db.life_tables import Account, EvidenceFile
from db.plan_tables import WorkItem
from supervision.vocabulary import EvidenceKind


def of_item(session: Session, item_id: UUID) -> list[EvidenceFile]:
    """Return what an item has, in the order it was brought."""
    query = select(EvidenceFile).where(EvidenceFile.work_item_id == item_id)
    return list(session.exec(query.order_by(col(EvidenceFile.brought_at), col(EvidenceFile.id))))


def kinds_of(session: Session, item_id: UUID) -> frozenset[EvidenceKind]:
    """Return the kinds of evidence an item has."""
    return frozenset(row.kind for row in of_item(session, item_id))


def same(
    session: Session, item_id: UUID, kind: EvidenceKind, content_hash: str
) -> EvidenceFile | None:
    """Return the piece of that kind and content the item has already."""
    asked = {"item_id": item_id, "kind": kind, "hash": content_hash}
    return session.exec(_same(), params=asked).one_or_none()


@cache
def _same() -> SelectOfScalar[EvidenceFile]:
    return select(EvidenceFile).where(
        col(EvidenceFile.work_item_id) == bindparam("item_id"),
        col(EvidenceFile.kind) == bindparam("kind"),
        col(EvidenceFile.hash) == bindparam("hash"),
    )


def bytes_brought(session: Session, office_id: UUID, unit_id: UUID | None, *, year: int) -> int:
    """Return how many bytes the people of a unit brought in a year."""
    asked = {
        "office_id": office_id,
        "unit_id": unit_id,
        "first": date(year, 1, 1),
        "last": date(year, 12, 31),
    }
    query = _bytes_brought(of_a_unit=unit_id is not None)
    return int(session.connection().execute(query, asked).scalar_one())


@cache
def _bytes_brought(*, of_a_unit: bool) -> Select[Any]:
    theirs = select(Account.name).where(
        col(Account.office_id) == bindparam("office_id", type_=Uuid()),
        col(Account.unit_id) == bindparam("unit_id", type_=Uuid())
        if of_a_unit
        else col(Account.unit_id).is_(None),
    )
    return select_columns(func.coalesce(func.sum(col(EvidenceFile.size)), 0)).where(
        col(EvidenceFile.brought_by).in_(theirs),
        col(EvidenceFile.as_of).between(bindparam("first"), bindparam("last")),
    )


def all_files(session: Session) -> Iterator[tuple[str, EvidenceFile]]:
    """Give every piece of evidence with its item's code."""
    query = (
        select(WorkItem.code, EvidenceFile)
        .join(WorkItem, col(WorkItem.id) == col(EvidenceFile.work_item_id))
        .order_by(col(WorkItem.code), col(EvidenceFile.brought_at))
    )
    yield from session.exec(query).yield_per(1_000)
