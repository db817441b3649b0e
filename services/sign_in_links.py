"""Links to sign in by: asked for on the sign-in page, sent to the person's own mail address.

Only people of units get one: mail alone is too weak a factor for those who dispatch, review, sign
or administer (docs/adr/0025). The same answer is given whoever asks for whom.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlmodel import Session

from db import events, links, sessions
from db.bulk import insert_new
from db.life_tables import Account
from db.link_tables import OneTimeLink
from db.plan_tables import Office as OfficeRow
from db.plan_tables import Unit
from db.record_tables import Message
from db.session_tables import SignInTry
from db.units import Way
from services.accounts import actor_named
from services.office import Office
from services.outgoing import Letter, message_row
from services.plans import the_office
from services.sessions import start
from services.settings import Settings
from services.tokens import secret_of
from supervision.errors import UsageError
from supervision.sight import OF_A_UNIT
from supervision.vocabulary import ChannelKind, MessageKind

MOST_AN_HOUR = 3  # of one name
MOST_FROM_ADDRESS = 30  # an hour [own]
HOUR = timedelta(hours=1)
TOO_LATE = "登录链接须随要随用，已过时，不再发送"
NOT_HIS = "登录链接只发到本人的邮箱"


def ask(office: Office, name: str, *, address: str) -> None:
    """Queue a link for the account of that name; nothing at all for anybody who cannot have one.

    Each asking counts, whether the name exists or not; the caller learns nothing of it.
    """
    now = office.now()
    with office.transaction() as session:
        row = the_office(session)
        subject = _subject(office.settings, name)
        asked = len(sessions.tries_of(session, subject, since=now - HOUR))
        from_there = links.asked_from(session, address, since=now - HOUR)
        if asked >= MOST_AN_HOUR or from_there >= MOST_FROM_ADDRESS:
            return
        session.add(SignInTry(subject=subject, address=address, at=now, was_right=True))
        account = sessions.locked_account(session, row.id, name)
        if account is not None and _may_have_one(session, account):
            _queue(session, office, row, account)


def _subject(settings: Settings, name: str) -> str:
    key = secret_of(settings).encode()
    mac = hmac.new(key, b"sign-in-link:" + name.encode("utf-8", "replace"), hashlib.sha256)
    return f"{links.ASKING}{mac.hexdigest()}"


def _may_have_one(session: Session, account: Account) -> bool:
    """Return whether somebody acts for a unit, and for nothing else."""
    if account.disabled_at is not None or account.unit_id is None:
        return False
    roles = actor_named(session, account.name).roles
    return bool(roles) and roles <= OF_A_UNIT


def _queue(session: Session, office: Office, row: OfficeRow, account: Account) -> None:
    found = links.mail_of_account(session, account)
    if found is None:
        return
    address, contact = found
    way = Way(
        id=address.id,
        unit_id=address.unit_id,
        kind=ChannelKind.MAIL,
        address=address.address,
        person=contact.name,
        post=contact.post,
    )
    now = office.now()
    letter = Letter(
        office=row,
        unit=session.get_one(Unit, address.unit_id).name,
        kind=MessageKind.SIGN_IN,
        key=f"sign-in/{account.id}/{now.isoformat()}",
        subject="【督办】登录链接",
        body=(
            f"{account.full_name}：\n\n有人在督办网页为您的账号申请了登录链接。如是您本人，"
            "请在收到后15分钟内打开下面的链接，点“登录”；如不是，不必理会，不点就不会登录。\n"
        ),
        day=office.today(),
        dated_at=now,
        about_id=account.id,
    )
    insert_new(session, Message, [message_row(letter, way, now=now)])


def reason_to_withdraw(session: Session, message: Message, *, now: datetime) -> str | None:
    """Return why a link to sign in by is not to go out: it comes too late, or to another person."""
    if now - message.dated_at > HOUR:
        return TOO_LATE
    account = session.get(Account, message.about_id)
    found = None if account is None else links.mail_of_account(session, account)
    is_his = found is not None and found[0].id == message.way_id
    return None if is_his and message.channel is ChannelKind.MAIL else NOT_HIS


def enter(session: Session, office: Office, link: OneTimeLink, *, address: str) -> str:
    """Begin the session a link stands for and return its token; on record as by link."""
    account = session.get_one(Account, link.about_id, with_for_update=True)
    if not _may_have_one(session, account):
        raise UsageError("此账号不能用链接登录", advice="请用密码登录。")
    now = office.now()
    account.last_used_at = now
    token = start(session, account, address=address, now=now, failed=[])
    entry = events.Entry(
        actor=account.name,
        act="sign_in",
        about_kind="account",
        about_id=account.id,
        as_of=office.today(),
        facts={"address": address, "by_link": link.id.hex},
    )
    events.append(session, account.office_id, [entry], at=now)
    return token
