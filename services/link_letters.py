"""The links that close a mail: one for each thing it asks, made when it is sent, the same each try.

Mail alone carries them: a group's robot would give one person's links to everybody in it, and a
file is printed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

from sqlmodel import Session

from db import links, lives
from db.bulk import insert_new
from db.life_tables import Account
from db.link_tables import OneTimeLink
from db.notice_tables import NoticeSheet
from db.plan_tables import Contact, Unit
from db.record_tables import Message
from services.link_tokens import address_of, hash_of, token_of
from services.links import actor_for
from services.office import SHANGHAI, Office
from supervision.reminders import SUPPORT
from supervision.rights import Actor, refusal_of
from supervision.vocabulary import ChannelKind, LinkPurpose, MessageKind, Permission, Role

LONGEST = timedelta(days=90)  # of a link that no round and no person ends [own]
SIGN_IN_LASTS = timedelta(minutes=15)
P = LinkPurpose


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """One thing a link is to do: what about, what it is called in the mail, until when."""

    purpose: LinkPurpose
    about_id: UUID
    label: str
    ends_at: datetime


def closing(office: Office, message: Message) -> str:
    """Return what is written under a message before it is sent; empty where no link belongs.

    Links are made once: a second try of the same message finds them. Without an address of the
    portal that others can open there are none.
    """
    if message.channel is not ChannelKind.MAIL or not office.settings.portal_is_public:
        return ""
    with office.transaction() as session:
        way = links.way_of(session, message)
        if way is None:
            return ""
        _, contact = way
        name = session.get_one(Unit, message.unit_id).name if contact is None else contact.name
        actor = actor_for(name, message.unit_id, contact)
        offers = list(_offers(session, office, message, actor))
        made = _made(session, office, message, offers, bound_to=name, contact=contact)
        return _text(office, message, offers, made, bound_to=name) if offers else ""


def _offers(session: Session, office: Office, message: Message, actor: Actor) -> Iterator[Offer]:
    now = office.now()
    if message.kind is MessageKind.DIGEST:
        most = office.policy.digest_names.value
        yield from _of_digest(session, message, actor, now=now, most=most)
    elif message.kind is MessageKind.NOTICE and message.about_id is not None:
        sheet = session.get_one(NoticeSheet, message.about_id)
        purpose = P.ANSWER_NOTICE if Role.HEAD in actor.roles else P.RECEIVE_NOTICE
        label = f"{purpose.label} {sheet.number_text}"
        yield Offer(purpose=purpose, about_id=sheet.id, label=label, ends_at=now + LONGEST)
    elif message.kind is MessageKind.SIGN_IN and message.about_id is not None:
        account = session.get_one(Account, message.about_id)
        ends_at = now + SIGN_IN_LASTS
        label = f"以账号 {account.name} 登录"
        yield Offer(purpose=P.SIGN_IN, about_id=account.id, label=label, ends_at=ends_at)


def _of_digest(
    session: Session, message: Message, actor: Actor, *, now: datetime, most: int
) -> Iterator[Offer]:
    """Give at most so many things to sign for and to report, each once, that the person may do."""
    seen: set[tuple[LinkPurpose, UUID]] = set()
    for asked in links.asked_in(session, message.id):
        offer = _of_item(asked, now)
        if offer is None or (offer.purpose, offer.about_id) in seen:
            continue
        permission = Permission.REPORT if offer.purpose is P.REPORT else Permission.ACKNOWLEDGE
        if refusal_of(permission, actor, lives.concerned(session, asked.item_id)) is not None:
            continue
        if sum(purpose is offer.purpose for purpose, _ in seen) < most:
            seen.add((offer.purpose, offer.about_id))
            yield offer


def _of_item(asked: links.AskedItem, now: datetime) -> Offer | None:
    """Return what a link can do about a line of a digest; None for what asks for no one act."""
    named = f"{asked.code} {asked.title}"
    if asked.rule == "R09":
        purpose, about_id, ends_at = P.ACKNOWLEDGE, asked.item_id, now + LONGEST
    elif asked.obligation_id and asked.closes_on and not asked.step.startswith(SUPPORT):
        purpose, about_id = P.REPORT, asked.obligation_id
        ends_at = datetime.combine(asked.closes_on, time(), SHANGHAI)
    else:
        return None
    label = f"{'签收' if purpose is P.ACKNOWLEDGE else '填报'} {named}"
    return Offer(purpose=purpose, about_id=about_id, label=label, ends_at=ends_at)


def _made(
    session: Session,
    office: Office,
    message: Message,
    offers: list[Offer],
    *,
    bound_to: str,
    contact: Contact | None,
) -> dict[tuple[LinkPurpose, UUID], OneTimeLink]:
    """Return the message's links by what they do, those that were not there made now."""
    rows = []
    for offer in offers:
        link_id = uuid4()
        rows.append(
            {
                "id": link_id,
                "office_id": message.office_id,
                "message_id": message.id,
                "purpose": offer.purpose,
                "about_id": offer.about_id,
                "unit_id": message.unit_id,
                "contact_id": None if contact is None else contact.id,
                "bound_to": bound_to,
                "token_hash": hash_of(token_of(office.settings, link_id)),
                "made_at": office.now(),
                "ends_at": offer.ends_at,
            }
        )
    if rows:
        insert_new(session, OneTimeLink, rows)
    there = {(link.purpose, link.about_id): link for link in links.of_message(session, message.id)}
    for offer in offers:  # what is sent once more counts from then, and a round may be prolonged
        there[offer.purpose, offer.about_id].ends_at = offer.ends_at
    return there


def _text(
    office: Office,
    message: Message,
    offers: list[Offer],
    made: dict[tuple[LinkPurpose, UUID], OneTimeLink],
    *,
    bound_to: str,
) -> str:
    settings = office.settings
    lines = [
        f"{offer.label}\n{address_of(settings, made[offer.purpose, offer.about_id].id)}"
        for offer in offers
    ]
    if message.kind is MessageKind.SIGN_IN:
        return "\n" + "\n".join(lines) + "\n"
    head = (
        f"\n## 不登录直接办理\n\n以下链接供{bound_to}使用，每条只办一件事、只能提交一次，"
        f"请勿转发。也可登录办理：{settings.portal_url}\n\n"
    )
    return head + "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1)) + "\n"
