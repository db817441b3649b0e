"""One-time links: whom they are bound to, whether they still stand, lists of them, revoking."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from uuid import UUID

from sqlmodel import Session

from db import events, links, notice_sheets
from db.life_tables import Account
from db.link_tables import OneTimeLink
from db.notice_tables import NoticeSheet
from db.plan_tables import Contact, Unit, WorkItem
from db.record_tables import Message, Obligation, Round
from db.rounds import OWED
from services.link_tokens import hash_of
from services.office import SHANGHAI, Office
from services.plans import the_office
from supervision.errors import UsageError
from supervision.notice_life import NOTICE_MOVES
from supervision.rights import Actor, require
from supervision.vocabulary import (
    ContactPost,
    ItemState,
    LinkPurpose,
    LinkStanding,
    NoticeMove,
    Permission,
    Role,
    RoundState,
)

NAMED = "链接：{}"  # no account can bear such a name: it has a colon
SHORT = 8  # digits of an id that a list shows


def bound_actor(session: Session, link: OneTimeLink) -> Actor:
    """Return who acts by a link: the person it was sent to, marked, in the role of his post."""
    contact = session.get(Contact, link.contact_id) if link.contact_id else None
    return actor_for(link.bound_to, link.unit_id, contact)


def actor_for(bound_to: str, unit_id: UUID, contact: Contact | None) -> Actor:
    """Return who would act by a link of that person; a unit's own mailbox acts as a liaison."""
    is_head = contact is not None and contact.post is ContactPost.HEAD
    role = Role.HEAD if is_head else Role.LIAISON
    return Actor(name=NAMED.format(bound_to), roles=frozenset({role}), unit_id=unit_id)


def found(session: Session, token: str, *, to_act: bool = False) -> OneTimeLink | None:
    """Return the link of a token, None when there never was one; to act, locked."""
    return links.by_hash(session, hash_of(token), to_act=to_act)


def standing_of(session: Session, link: OneTimeLink, *, now: datetime) -> LinkStanding:
    """Return whether a link still does its one thing."""
    if link.used_at is not None:
        return LinkStanding.USED
    if link.revoked_at is not None or _has_moved(session, link):
        return LinkStanding.REVOKED
    if now >= link.ends_at:
        return LinkStanding.ENDED
    return STANDINGS[link.purpose](session, link.about_id, now)


def _has_moved(session: Session, link: OneTimeLink) -> bool:
    """Return whether the person has left, or the address is his no more."""
    way = links.way_of(session, session.get_one(Message, link.message_id))
    contact = session.get(Contact, link.contact_id) if link.contact_id else None
    return way is None or (contact is not None and contact.left_on is not None)


def _of_item(session: Session, item_id: UUID, now: datetime) -> LinkStanding:
    del now
    item = session.get_one(WorkItem, item_id)
    waits = item.state is ItemState.ASSIGNED and item.acknowledged_on is None
    return LinkStanding.LIVE if waits else LinkStanding.SETTLED


def _of_obligation(session: Session, obligation_id: UUID, now: datetime) -> LinkStanding:
    owed = session.get_one(Obligation, obligation_id)
    its_round = session.get_one(Round, owed.round_id)
    is_over = now.astimezone(SHANGHAI).date() >= its_round.closes_on
    if its_round.state is not RoundState.OPEN or is_over:
        return LinkStanding.ENDED
    return LinkStanding.LIVE if owed.state in OWED else LinkStanding.SETTLED


def _of_receipt(session: Session, sheet_id: UUID, now: datetime) -> LinkStanding:
    del now
    sheet = session.get_one(NoticeSheet, sheet_id)
    may = sheet.state in NOTICE_MOVES[NoticeMove.ACKNOWLEDGE].from_states
    waits = may and sheet.acknowledged_by is None
    return LinkStanding.LIVE if waits else LinkStanding.SETTLED


def _of_answer(session: Session, sheet_id: UUID, now: datetime) -> LinkStanding:
    del now
    answerable = NOTICE_MOVES[NoticeMove.ANSWER].from_states
    waits = any(
        notice.state in answerable for notice, _ in notice_sheets.matters(session, sheet_id)
    )
    return LinkStanding.LIVE if waits else LinkStanding.SETTLED


def _of_account(session: Session, account_id: UUID, now: datetime) -> LinkStanding:
    del now
    is_open = session.get_one(Account, account_id).disabled_at is None
    return LinkStanding.LIVE if is_open else LinkStanding.REVOKED


STANDINGS: Mapping[LinkPurpose, Callable[[Session, UUID, datetime], LinkStanding]] = (
    MappingProxyType(
        {
            LinkPurpose.ACKNOWLEDGE: _of_item,
            LinkPurpose.REPORT: _of_obligation,
            LinkPurpose.RECEIVE_NOTICE: _of_receipt,
            LinkPurpose.ANSWER_NOTICE: _of_answer,
            LinkPurpose.SIGN_IN: _of_account,
        }
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkLine:
    """A link as lists show it; never its token."""

    id: UUID
    unit: str
    bound_to: str
    purpose: LinkPurpose
    subject: str  # of the message it stands in
    made_at: datetime
    ends_at: datetime
    standing: LinkStanding


def listed(
    session: Session, *, unit_id: UUID | None, live_only: bool, now: datetime, most: int
) -> list[LinkLine]:
    """Return the newest links of the office, or of one unit, newest first."""
    lines = (
        LinkLine(
            id=link.id,
            unit=session.get_one(Unit, link.unit_id).name,
            bound_to=link.bound_to,
            purpose=link.purpose,
            subject=message.subject,
            made_at=link.made_at,
            ends_at=link.ends_at,
            standing=standing_of(session, link, now=now),
        )
        for link, message in links.of_office(session, the_office(session).id, unit_id)
    )
    meant = (line for line in lines if not live_only or line.standing is LinkStanding.LIVE)
    return list(islice(meant, most))


def revoke(
    session: Session, office: Office, by: Actor, *, name: str = "", unit_id: UUID | None = None
) -> int:
    """Revoke the link whose id begins so, or all of a unit; return how many stood before.

    On record either way. UsageError when there is no such link, or more than one.
    """
    require(Permission.RUN_OUTBOX, by)
    office_id, now = the_office(session).id, office.now()
    meant = [link for link, _ in links.of_office(session, office_id, unit_id)]
    if unit_id is None:
        meant = [_named(meant, name)]
    stood = [link for link in meant if link.used_at is None and link.revoked_at is None]
    for link in stood:
        link.revoked_at, link.revoked_by = now, by.name
        session.add(link)
    entry = events.Entry(
        actor=by.name,
        act="revoke_links",
        about_kind="link" if unit_id is None else "unit",
        about_id=unit_id or meant[0].id,
        as_of=office.today(),
        facts={"links": [link.id.hex for link in stood]},
    )
    events.append(session, office_id, [entry], at=now)
    return len(stood)


def _named(there: list[OneTimeLink], name: str) -> OneTimeLink:
    wanted = name.lower().replace("-", "")
    found = [link for link in there if wanted and link.id.hex.startswith(wanted)]
    if len(found) != 1:
        what = "有多条" if found else "没有"
        raise UsageError(
            f"{what}编号以“{name}”开头的链接",
            advice="用 duban link list 查看，编号至少写到能区分。",
        )
    return found[0]
