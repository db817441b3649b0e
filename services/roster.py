"""Units of a plan: enlisting them, what collectives stand for, who answers for an item."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from rapidfuzz import process
from sqlmodel import Session, col, delete, select

from db import units
from db.bulk import insert_new
from db.plan_tables import ChannelAddress, CollectiveMember, Office, Unit, UnitAlias
from supervision.vocabulary import ChannelKind, Relation, UnitKind
from tasks_catalog.model import ReadItem, ReadPlan

GOVERNMENT = (UnitKind.BUREAU, UnitKind.PARTY, UnitKind.BRANCH, UnitKind.COMMITTEE, UnitKind.TOWN)
TERRITORY = ("镇", "乡", "街道")
DEFAULT_OFFICE = "督办办公室"
NEAR_ENOUGH = 50  # rapidfuzz score; it only proposes, a person decides
AFTER_PEOPLE = 100  # files are the last way to a unit


def office_name(read: ReadPlan) -> str:
    """Return what the plan calls its office, or a plain name where it names none."""
    named = (unit.name for unit in read.units if unit.kind is UnitKind.OFFICE)
    return next(named, DEFAULT_OFFICE)


def enlist(session: Session, office: Office, read: ReadPlan) -> dict[str, UUID]:
    """Store the plan's units that are not there yet, each reachable by file; return ids by name."""
    known = units.ids_by_name(session, office.id)
    wanted = [(unit.name, unit.kind, unit.aliases) for unit in read.units]
    if not any(kind is UnitKind.OFFICE for _, kind, _ in wanted) and office.name not in known:
        wanted.append((office.name, UnitKind.OFFICE, []))
    fresh = [unit for unit in wanted if unit[0] not in known]
    ids = {name: uuid4() for name, _, _ in fresh}
    rows = [
        {"id": ids[name], "office_id": office.id, "name": name, "kind": kind, "position": position}
        for position, (name, kind, _) in enumerate(fresh, start=len(known))
    ]
    insert_new(session, Unit, rows)
    _store_names(session, office.id, fresh, ids)
    _settle_collectives(session, office.id, [name for name, _, _ in fresh])
    return units.ids_by_name(session, office.id)


def _store_names(
    session: Session,
    office_id: UUID,
    fresh: list[tuple[str, UnitKind, list[str]]],
    ids: Mapping[str, UUID],
) -> None:
    aliases = [
        {"id": uuid4(), "office_id": office_id, "unit_id": ids[name], "alias": alias}
        for name, _, others in fresh
        for alias in others
    ]
    files = [
        {
            "id": uuid4(),
            "unit_id": unit_id,
            "contact_id": None,
            "kind": ChannelKind.FILE,
            "address": "",
            "position": AFTER_PEOPLE,
        }
        for unit_id in ids.values()
    ]
    insert_new(session, UnitAlias, aliases)
    insert_new(session, ChannelAddress, files)


def _settle_collectives(session: Session, office_id: UUID, fresh: list[str]) -> None:
    """Give each new collective its default members until the office names them (S62).

    各镇（街道） stands for the towns, any other for every government unit the plan names.
    """
    everyone = units.of_office(session, office_id)
    rows = [
        {"id": uuid4(), "collective_id": collective.id, "member_id": member.id}
        for collective in everyone
        if collective.kind is UnitKind.COLLECTIVE and collective.name in fresh
        for member in everyone
        if member.kind in _kinds_meant(collective.name)
    ]
    insert_new(session, CollectiveMember, rows)


def _kinds_meant(name: str) -> Iterable[UnitKind]:
    return (UnitKind.TOWN,) if any(word in name for word in TERRITORY) else GOVERNMENT


def appoint(
    session: Session,
    by_name: Mapping[str, UUID],
    *,
    sponsors: Mapping[str, str],
    members: Mapping[str, Sequence[str]],
) -> None:
    """Write the sponsor units and the members of collectives that the office has named."""
    for company, sponsor in sponsors.items():
        unit = session.get_one(Unit, by_name[company])
        unit.sponsor_unit_id = by_name[sponsor]
        session.add(unit)
    for collective, names in members.items():
        theirs = col(CollectiveMember.collective_id) == by_name[collective]
        session.exec(delete(CollectiveMember).where(theirs))
        for name in names:
            member = CollectiveMember(collective_id=by_name[collective], member_id=by_name[name])
            session.add(member)
    session.flush()


def members_of_collectives(session: Session, office_id: UUID) -> dict[UUID, list[UUID]]:
    """Return the members of each of the office's collectives, in the order of the plan."""
    query = (
        select(CollectiveMember.collective_id, CollectiveMember.member_id)
        .join(Unit, col(Unit.id) == col(CollectiveMember.member_id))
        .where(Unit.office_id == office_id)
        .order_by(col(Unit.position))
    )
    members: dict[UUID, list[UUID]] = {}
    for collective, member in session.exec(query):
        members.setdefault(collective, []).append(member)
    return members


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """What deciding assignments needs: the office's own unit, names, members of collectives."""

    office_unit_id: UUID
    by_name: Mapping[str, UUID]
    members: Mapping[UUID, list[UUID]]


def assignments(item: ReadItem, desk: Desk) -> Iterator[dict[str, Any]]:
    """Give the rows of an item's units: one lead, or all by function; members of a collective.

    A collective cannot answer: where it would lead, or nobody is named, the office leads and the
    members support (process.md, fact 6).
    """
    ids = {name: desk.by_name[name] for name in item.responsible_units}
    leads = [ids[name] for name in item.lead_units if ids[name] not in desk.members]
    is_direct = any(unit_id not in desk.members for unit_id in ids.values())
    by_function = item.shared_by_function and not item.lead_units and is_direct
    office_leads = not leads and not by_function
    seen: set[UUID] = set()
    if office_leads:
        seen.add(desk.office_unit_id)
        yield _row(desk.office_unit_id, Relation.LEAD, answers=True, inferred=True)
    for unit_id in ids.values():
        for member, collective in _expanded(unit_id, desk):
            if member in seen:
                continue
            seen.add(member)
            relation = _relation(member, leads, by_function=by_function)
            answers = relation is Relation.LEAD or (by_function and collective is None)
            inferred = relation is Relation.LEAD and item.lead_is_inferred
            yield _row(member, relation, answers=answers, inferred=inferred, through=collective)


def _expanded(unit_id: UUID, desk: Desk) -> list[tuple[UUID, UUID | None]]:
    members = desk.members.get(unit_id)
    return [(unit_id, None)] if members is None else [(member, unit_id) for member in members]


def _relation(unit_id: UUID, leads: list[UUID], *, by_function: bool) -> Relation:
    if leads and unit_id == leads[0]:
        return Relation.LEAD
    return Relation.RESPONSIBLE if by_function or unit_id in leads else Relation.SUPPORTING


def _row(
    unit_id: UUID,
    relation: Relation,
    *,
    answers: bool,
    inferred: bool,
    through: UUID | None = None,
) -> dict[str, Any]:
    return {
        "unit_id": unit_id,
        "relation": relation,
        "answers": answers,
        "is_inferred": inferred,
        "collective_id": through,
    }


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """Return up to three known names that look like the given one, the likeliest first."""
    found = process.extract(name, list(names), limit=3, score_cutoff=NEAR_ENOUGH)
    return [match for match, _, _ in found]
