"""People who act in tests, and the little they have to do before what a test is about."""

from datetime import UTC, date, datetime
from uuid import UUID

from sqlmodel import Session

from db import plans, units
from db.events import first_broken
from db.life_tables import Account
from db.plan_tables import Plan
from services import evidence
from services.close_outs import Hand
from services.evidence import Bringing
from services.moves import Wanted, move_item
from services.office import Office
from supervision.rights import Actor
from supervision.vocabulary import EvidenceKind, ItemState, Move, Role
from tests.builders import FINANCE, item_of


def person(session: Session, name: str, *roles: Role, unit: str | None = None) -> Actor:
    """Return who acts under that name; a unit is one that the plan names."""
    return Actor(
        name=name,
        roles=frozenset(roles),
        unit_id=None if unit is None else unit_id(session, unit),
    )


def unit_id(session: Session, name: str) -> UUID:
    """Return the unit of that name."""
    return units.ids_by_name(session, office_id(session))[name]


def office_id(session: Session) -> UUID:
    """Return the office of the database."""
    found = plans.the_office(session)
    assert found is not None
    return found.id


def the_plan(session: Session) -> Plan:
    """Return the only plan there is."""
    (found,) = plans.of_office(session, office_id(session))
    return found


def head(session: Session, unit: str = FINANCE) -> Actor:
    """Return the head of a unit: the one that leads, unless another is named."""
    return person(session, f"{unit}负责人", Role.HEAD, unit=unit)


def an_account(session: Session, actor: Actor, *, full_name: str = "张三") -> None:
    """Store the account of an actor, for what is counted or printed by accounts."""
    moment = datetime(2024, 3, 3, tzinfo=UTC)
    account = Account(
        office_id=office_id(session),
        name=actor.name,
        full_name=full_name,
        unit_id=actor.unit_id,
        password_hash="-",
        password_set_at=moment,
        created_at=moment,
    )
    session.add(account)
    session.flush()


def hand(office: Office, actor: Actor, as_of: date | None = None) -> Hand:
    """Return a hand on a close-out, at the office's moment."""
    return Hand(actor=actor, as_of=as_of or office.today(), now=office.now())


def move(
    office: Office, session: Session, code: str, made: Move, actor: Actor, **brought: object
) -> ItemState:
    """Make a move on the item of that code, today unless `as_of` says otherwise."""
    stated = {"as_of": office.today()} | brought
    wanted = Wanted(move=made, actor=actor, **stated)  # type: ignore[arg-type]
    return move_item(session, item_of(session, code), wanted, now=office.now())


def prove(
    office: Office,
    code: str,
    kind: EvidenceKind = EvidenceKind.LEDGER,
    *,
    text: str = "已完成",
    unit: str = FINANCE,
    as_of: date | None = None,
) -> None:
    """Bring a piece of evidence to the item, as the head of its unit does."""
    kept = evidence.kept(office, text.encode(), kind=kind, name="台账.txt")
    with office.transaction() as session:
        bringing = Bringing(
            actor=head(session, unit), as_of=as_of or office.today(), most_mb_a_year=10
        )
        evidence.attach(session, item_of(session, code), kept, bringing, now=office.now())


def is_record_whole(office: Office) -> bool:
    """Return whether the office's chain of events holds."""
    with office.reading() as session:
        return first_broken(session, office_id(session)) is None
