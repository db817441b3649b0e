"""单位与联系人: the units of the office with their names, people and ways, and who is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from db import contact_book, events, units
from db.contact_book import Wanted
from db.plan_tables import Contact, Unit
from services.office import Office
from services.outbox_views import masked
from services.plans import the_office, unit_named
from supervision.errors import UsageError
from supervision.rights import Actor, require
from supervision.vocabulary import ChannelKind, ContactPost, Permission, UnitKind, Word


class Missing(Word):
    """What a unit lacks before it can be relied on to be reached."""

    CONTACT = "contact", "尚无联络员"
    SPONSOR = "sponsor", "尚无督导单位"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which units are asked for; None asks for all."""

    kind: UnitKind | None = None
    missing: Missing | None = None
    text: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonLine:
    """Somebody a unit has named; the telephone is masked."""

    id: UUID
    name: str
    post: ContactPost
    phone: str
    left_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class WayLine:
    """A way to a unit; the address is masked."""

    kind: ChannelKind
    shown: str
    person: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitLine:
    """A unit with all that is on record about reaching it."""

    id: UUID
    name: str
    kind: UnitKind
    aliases: Sequence[str]
    sponsor: str | None
    members: Sequence[str]
    people: Sequence[PersonLine]
    ways: Sequence[WayLine]
    missing: Sequence[Missing]


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """A stretch of the units asked for, and how many lack what."""

    total: int
    everybody: int
    lines: Sequence[UnitLine]
    lacking: dict[Missing, int]


def book(session: Session, asked: Asked, *, skip: int, most: int) -> Book:
    """Return a stretch of the units asked for."""
    office_id = the_office(session).id
    lacking = _lacking(session)
    among = None if asked.missing is None else lacking[asked.missing]
    wanted = Wanted(kind=asked.kind, text=asked.text, among=among)
    found = contact_book.stretch(session, office_id, wanted, offset=skip, limit=most)
    return Book(
        total=contact_book.count(session, office_id, wanted),
        everybody=contact_book.count(session, office_id, Wanted()),
        lines=_lines(session, found, lacking),
        lacking={what: len(ids) for what, ids in lacking.items()},
    )


def one(session: Session, unit_id: UUID) -> UnitLine | None:
    """Return a unit of the office, None when there is none of that id."""
    found = session.get(Unit, unit_id)
    if found is None or found.office_id != the_office(session).id:
        return None
    return _lines(session, [found], _lacking(session))[0]


def _lacking(session: Session) -> dict[Missing, set[UUID]]:
    office_id = the_office(session).id
    return {
        Missing.CONTACT: {unit.id for unit in units.without_contact(session, office_id)},
        Missing.SPONSOR: {unit.id for unit in units.without_sponsor(session, office_id)},
    }


def _lines(
    session: Session, found: Sequence[Unit], lacking: dict[Missing, set[UUID]]
) -> list[UnitLine]:
    ids = [unit.id for unit in found]
    names, members = contact_book.aliases(session, ids), contact_book.members(session, ids)
    people = contact_book.people(session, ids)
    ways = units.ways_by_unit(session, the_office(session).id)
    return [
        UnitLine(
            id=unit.id,
            name=unit.name,
            kind=unit.kind,
            aliases=names.get(unit.id, ()),
            sponsor=_name(session, unit.sponsor_unit_id),
            members=members.get(unit.id, ()),
            people=[_person(each) for each in people.get(unit.id, ())],
            ways=[
                WayLine(kind=way.kind, shown=masked(way.address), person=way.person)
                for way in ways.get(unit.id, ())
            ],
            missing=[what for what, theirs in lacking.items() if unit.id in theirs],
        )
        for unit in found
    ]


def _name(session: Session, unit_id: UUID | None) -> str | None:
    return None if unit_id is None else session.get_one(Unit, unit_id).name


def _person(contact: Contact) -> PersonLine:
    return PersonLine(
        id=contact.id,
        name=contact.name,
        post=contact.post,
        phone=masked(contact.phone or ""),
        left_on=contact.left_on,
    )


def set_sponsor(
    session: Session, office: Office, unit_id: UUID, sponsor: str, *, by: Actor
) -> None:
    """Name the unit that answers to the office for another (督导单位), on record.

    UsageError for a name there is none of, or its own.
    """
    require(Permission.MANAGE_CONTACTS, by)
    unit = session.get_one(Unit, unit_id)
    sponsor_id = unit_named(session, unit.office_id, sponsor)
    if sponsor_id == unit.id:
        raise UsageError("单位不能督导自己", advice="请选择另一个单位。")
    facts = {"unit": unit.name, "before": _name(session, unit.sponsor_unit_id), "after": sponsor}
    unit.sponsor_unit_id = sponsor_id
    session.add(unit)
    _put_on_record(session, office, unit, "set_sponsor", facts, by=by)


def note_leaving(
    session: Session, office: Office, contact_id: UUID, left_on: date, *, by: Actor
) -> None:
    """Put on record that somebody has left his post: nothing is sent to him from then on."""
    require(Permission.MANAGE_CONTACTS, by)
    contact = session.get(Contact, contact_id)
    if contact is None or contact.left_on is not None:
        raise UsageError("没有这位在任的联系人", advice="请刷新页面查看。")
    if left_on > office.today():
        raise UsageError("离任日期不能晚于今天", advice="请在离任之日登记。")
    contact.left_on = left_on
    session.add(contact)
    unit = session.get_one(Unit, contact.unit_id)
    facts = {"unit": unit.name, "person": contact.name, "left_on": left_on.isoformat()}
    _put_on_record(session, office, unit, "contact_left", facts, by=by)


def _put_on_record(
    session: Session,
    office: Office,
    unit: Unit,
    act: str,
    facts: Mapping[str, object],
    *,
    by: Actor,
) -> None:
    entry = events.Entry(
        actor=by.name,
        act=act,
        about_kind="unit",
        about_id=unit.id,
        as_of=office.today(),
        facts=dict(facts),
    )
    events.append(session, unit.office_id, [entry], at=office.now())
