"""Queries about units, their names, people and addresses."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from db.plan_tables import Assignment, ChannelAddress, Contact, Unit, UnitAlias
from supervision.vocabulary import ChannelKind, ContactPost, UnitKind


def of_office(session: Session, office_id: UUID) -> list[Unit]:
    """Return the units of an office in the order the plan first names them."""
    query = select(Unit).where(Unit.office_id == office_id).order_by(col(Unit.position))
    return list(session.exec(query))


def ids_by_name(session: Session, office_id: UUID) -> dict[str, UUID]:
    """Return every name and alias of the office's units with the unit it means."""
    names = select(Unit.name, Unit.id).where(Unit.office_id == office_id)
    aliases = select(UnitAlias.alias, UnitAlias.unit_id).where(UnitAlias.office_id == office_id)
    return dict(session.exec(aliases).all()) | dict(session.exec(names).all())


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """One way to reach a unit, and the person it reaches; no person for files."""

    id: UUID | None  # None where files are written for want of any way
    unit_id: UUID
    kind: ChannelKind
    address: str
    person: str | None
    post: ContactPost | None


_ORDER = {post: number for number, post in enumerate(ContactPost)}


def ways_by_unit(session: Session, office_id: UUID) -> dict[UUID, list[Way]]:
    """Return the ways to each unit in the order they are tried: liaison first, files last (R27)."""
    query = (
        select_columns(
            col(ChannelAddress.id),
            col(ChannelAddress.unit_id),
            col(ChannelAddress.kind),
            col(ChannelAddress.address),
            col(Contact.name),
            col(Contact.post),
        )
        .join_from(ChannelAddress, Unit, col(Unit.id) == col(ChannelAddress.unit_id))
        .outerjoin(Contact, col(Contact.id) == col(ChannelAddress.contact_id))
        .where(
            col(Unit.office_id) == office_id,
            col(Contact.left_on).is_(None),
            col(ChannelAddress.removed_on).is_(None),
        )
        .order_by(col(ChannelAddress.position))
    )
    ways: dict[UUID, list[Way]] = {}
    for way_id, unit_id, kind, address, person, post in session.connection().execute(query):
        way = Way(id=way_id, unit_id=unit_id, kind=kind, address=address, person=person, post=post)
        ways.setdefault(unit_id, []).append(way)
    for found in ways.values():
        found.sort(key=lambda way: len(_ORDER) if way.post is None else _ORDER[way.post])
    return ways


def answering(session: Session, office_id: UUID) -> list[Unit]:
    """Return the units that answer for at least one item, in the plan's order."""
    theirs = select(Assignment.unit_id).where(col(Assignment.answers).is_(True))
    query = select(Unit).where(Unit.office_id == office_id, col(Unit.id).in_(theirs))
    return list(session.exec(query.order_by(col(Unit.position))))


def without_contact(session: Session, office_id: UUID) -> list[Unit]:
    """Return the answering units for which nobody is named; companies have their sponsor."""
    named = set(session.exec(select(Contact.unit_id).where(col(Contact.left_on).is_(None))))
    units = answering(session, office_id)
    return [unit for unit in units if unit.kind is not UnitKind.COMPANY and unit.id not in named]


def without_sponsor(session: Session, office_id: UUID) -> list[Unit]:
    """Return the answering companies that have no sponsor unit (督导单位) yet."""
    units = answering(session, office_id)
    return [unit for unit in units if unit.kind is UnitKind.COMPANY and not unit.sponsor_unit_id]
