"""Queries about evidence: what an item has, what a unit brought, where each file is kept."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, func, select

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
    query = select(EvidenceFile).where(
        EvidenceFile.work_item_id == item_id,
        EvidenceFile.kind == kind,
        EvidenceFile.hash == content_hash,
    )
    return session.exec(query).one_or_none()


def bytes_brought(session: Session, office_id: UUID, unit_id: UUID | None, *, year: int) -> int:
    """Return how many bytes the people of a unit brought in a year."""
    theirs = select(Account.name).where(Account.office_id == office_id, Account.unit_id == unit_id)
    query = select(func.coalesce(func.sum(col(EvidenceFile.size)), 0)).where(
        col(EvidenceFile.brought_by).in_(theirs),
        col(EvidenceFile.as_of) >= date(year, 1, 1),
        col(EvidenceFile.as_of) <= date(year, 12, 31),
    )
    return int(session.exec(query).one())


def all_files(session: Session) -> Iterator[tuple[str, EvidenceFile]]:
    """Give every piece of evidence with its item's code."""
    query = (
        select(WorkItem.code, EvidenceFile)
        .join(WorkItem, col(WorkItem.id) == col(EvidenceFile.work_item_id))
        .order_by(col(WorkItem.code), col(EvidenceFile.brought_at))
    )
    yield from session.exec(query).yield_per(1_000)
