"""Queries about one-time links: what a message asks for, and the links that were made of it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from db.life_tables import Account
from db.link_tables import OneTimeLink
from db.plan_tables import ChannelAddress, Contact, WorkItem
from db.record_tables import Act, Message, Obligation, Round
from db.session_tables import SignInTry
from supervision.vocabulary import ChannelKind

ASKING = "link:"  # before the subject of a try that asked for a link to sign in by


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedItem:
    """One thing that a digest tells of an item: by which rule, and in which round if in any."""

    rule: str
    step: str
    item_id: UUID
    code: str
    title: str
    obligation_id: UUID | None
    closes_on: date | None


def asked_in(session: Session, message_id: UUID) -> list[AskedItem]:
    """Return what a digest tells, what is due first coming first."""
    columns = (
        col(Act.rule),
        col(Act.step),
        col(WorkItem.id),
        col(WorkItem.code),
        col(WorkItem.title),
        col(Obligation.id),
        col(Round.closes_on),
    )
    owed = (col(Obligation.round_id) == col(Act.round_id)) & (
        col(Obligation.work_item_id) == col(Act.work_item_id)
    )
    query = (
        select_columns(*columns)
        .join_from(Act, WorkItem, col(WorkItem.id) == col(Act.work_item_id))
        .outerjoin(Round, col(Round.id) == col(Act.round_id))
        .outerjoin(Obligation, owed)
        .where(col(Act.message_id) == message_id)
        .order_by(col(Act.due_on), col(WorkItem.code), col(Act.rule))
    )
    return [
        AskedItem(
            rule=row[0],
            step=row[1],
            item_id=row[2],
            code=row[3],
            title=row[4],
            obligation_id=row[5],
            closes_on=row[6],
        )
        for row in session.connection().execute(query)
    ]


def of_message(session: Session, message_id: UUID) -> list[OneTimeLink]:
    """Return the links of a message."""
    return list(session.exec(select(OneTimeLink).where(OneTimeLink.message_id == message_id)))


def by_hash(session: Session, token_hash: str, *, to_act: bool = False) -> OneTimeLink | None:
    """Return the link that has this hash; to act, locked: of two who come at once, one waits."""
    query = select(OneTimeLink).where(OneTimeLink.token_hash == token_hash)
    return session.exec(query.with_for_update() if to_act else query).one_or_none()


def of_office(
    session: Session, office_id: UUID, unit_id: UUID | None = None
) -> list[tuple[OneTimeLink, Message]]:
    """Return the links of an office, or of one of its units, with their messages, newest first."""
    query = (
        select(OneTimeLink, Message)
        .join(Message, col(Message.id) == col(OneTimeLink.message_id))
        .where(OneTimeLink.office_id == office_id)
        .order_by(col(OneTimeLink.made_at).desc(), col(OneTimeLink.id))
    )
    return list(
        session.exec(query if unit_id is None else query.where(col(OneTimeLink.unit_id) == unit_id))
    )


def way_of(session: Session, message: Message) -> tuple[ChannelAddress, Contact | None] | None:
    """Return the way a message goes by and whose it is; None once it has been taken away."""
    way = session.get(ChannelAddress, message.way_id) if message.way_id is not None else None
    if way is None or way.removed_on is not None:
        return None
    contact = session.get(Contact, way.contact_id) if way.contact_id is not None else None
    return way, contact


def mail_of_account(session: Session, account: Account) -> tuple[ChannelAddress, Contact] | None:
    """Return where a person of a unit gets mail: he is the contact of his unit with his name."""
    query = (
        select(ChannelAddress, Contact)
        .join(Contact, col(Contact.id) == col(ChannelAddress.contact_id))
        .where(
            col(ChannelAddress.kind) == ChannelKind.MAIL,
            col(ChannelAddress.removed_on).is_(None),
            col(Contact.left_on).is_(None),
            Contact.unit_id == account.unit_id,
            Contact.name == account.full_name,
        )
        .order_by(col(ChannelAddress.position), col(ChannelAddress.id))
    )
    return session.exec(query).first()


def asked_from(session: Session, address: str, *, since: datetime) -> int:
    """Return how many links to sign in by were asked for from an address since a moment."""
    query = select(func.count(col(SignInTry.id))).where(
        SignInTry.address == address,
        col(SignInTry.at) > since,
        col(SignInTry.subject).startswith(ASKING),
    )
    return session.exec(query).one()
