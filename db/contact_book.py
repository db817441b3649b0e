"""Queries about units as a list of contacts shows them: a stretch of units, and what is theirs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from db.plan_tables import ChannelAddress, CollectiveMember, Contact, Unit, UnitAlias
from supervision.vocabulary import ChannelKind, ContactPost, UnitKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which units are asked for; None asks for all. `among` are the only ones that count."""

    kind: UnitKind | None = None
    text: str | None = None
    among: Collection[UUID] | None = None


def count(session: Session, office_id: UUID, wanted: Wanted) -> int:
    """Count the units asked for."""
    query = select(func.count(col(Unit.id))).where(*_conditions(office_id, wanted))
    return session.exec(query).one()


def stretch(
    session: Session, office_id: UUID, wanted: Wanted, *, offset: int, limit: int
) -> list[Unit]:
    """Return a stretch of the units asked for, in the plan's order."""
    query = select(Unit).where(*_conditions(office_id, wanted)).order_by(col(Unit.position))
    return list(session.exec(query.offset(offset).limit(limit)))


def _conditions(office_id: UUID, wanted: Wanted) -> list[Any]:
    asked: list[Any] = [col(Unit.office_id) == office_id]
    if wanted.kind is not None:
        asked.append(col(Unit.kind) == wanted.kind)
    if wanted.among is not None:
        asked.append(col(Unit.id).in_(wanted.among))
    if wanted.text:
        named = select(UnitAlias.unit_id).where(
            col(UnitAlias.alias).contains(wanted.text, autoescape=True)
        )
        by_name = col(Unit.name).contains(wanted.text, autoescape=True)
        asked.append(or_(by_name, col(Unit.id).in_(named)))
    return asked


def aliases(session: Session, unit_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return the further names of these units."""
    query = select(UnitAlias.unit_id, UnitAlias.alias).where(col(UnitAlias.unit_id).in_(unit_ids))
    return _grouped(session.exec(query.order_by(col(UnitAlias.alias))).all())


def members(session: Session, unit_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return the names of the members of those of these units that are collectives."""
    query = (
        select(CollectiveMember.collective_id, Unit.name)
        .join(Unit, col(Unit.id) == col(CollectiveMember.member_id))
        .where(col(CollectiveMember.collective_id).in_(unit_ids))
        .order_by(col(Unit.position))
    )
    return _grouped(session.exec(query).all())


def people(session: Session, unit_ids: Collection[UUID]) -> dict[UUID, list[Contact]]:
    """Return the people of these units, those in office first, in the order they are tried."""
    query = select(Contact).where(col(Contact.unit_id).in_(unit_ids)).order_by(col(Contact.name))
    places = {post: number for number, post in enumerate(ContactPost)}
    found = sorted(session.exec(query), key=lambda each: (bool(each.left_on), places[each.post]))
    return _grouped([(each.unit_id, each) for each in found])


def _grouped(pairs: Sequence[tuple[UUID, Any]]) -> dict[UUID, list[Any]]:
    grouped: dict[UUID, list[Any]] = {}
    for key, value in pairs:
        grouped.setdefault(key, []).append(value)
    return grouped


def person(session: Session, unit_id: UUID, name: str, post: ContactPost) -> Contact | None:
    """Return the unit's person of that name and post, gone or not."""
    query = select(Contact).where(Contact.unit_id == unit_id, Contact.name == name)
    return session.exec(query.where(col(Contact.post) == post)).one_or_none()


def mail_of(session: Session, contact_id: UUID) -> str:
    """Return a person's mail address, empty without one."""
    query = select(ChannelAddress.address).where(
        ChannelAddress.contact_id == contact_id, col(ChannelAddress.kind) == ChannelKind.MAIL
    )
    return session.exec(query).first() or ""
