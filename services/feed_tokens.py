"""Tokens of feeds: made by a person for his own programs, shown once, judged at every fetch."""

import hashlib
import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Session

from db import accounts, events, feeds
from db.life_tables import Account
from db.link_tables import FeedToken
from services.office import Office
from services.sessions import Person
from supervision.errors import UsageError
from supervision.rights import Actor, NotAllowedError
from supervision.sight import is_of_a_unit, sees_all
from supervision.vocabulary import FeedKind

if TYPE_CHECKING:
    from uuid import UUID

TOKEN_BYTES = 32
FILES = {FeedKind.DEADLINES: "deadlines.ics", FeedKind.OVERSIGHT: "oversight.atom"}
MAY = {FeedKind.DEADLINES: is_of_a_unit, FeedKind.OVERSIGHT: sees_all}


def make(session: Session, office: Office, person: Person, kind: FeedKind) -> str:
    """Make a token in place of the one before and return the feed's address, shown this once.

    NotAllowedError for a kind that is not for the person.
    """
    if not MAY[kind](person.actor):
        raise NotAllowedError(f"您的账号不能订阅{kind.label}", advice="请从首页进入您的页面。")
    _end(session, person.account_id, kind, now=office.now())
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = FeedToken(
        account_id=person.account_id, kind=kind, token_hash=hash_of(token), made_at=office.now()
    )
    session.add(row)
    session.flush()
    _record(session, office, person, kind, "make_feed")
    return f"{office.settings.portal_url}/feeds/{token}/{FILES[kind]}"


def revoke(session: Session, office: Office, person: Person, kind: FeedKind) -> None:
    """End a person's token of a kind; UsageError when he has none."""
    if not _end(session, person.account_id, kind, now=office.now()):
        raise UsageError(f"没有在用的{kind.label}订阅地址", advice="无须停用。")
    _record(session, office, person, kind, "revoke_feed")


def _end(session: Session, account_id: "UUID", kind: FeedKind, *, now: datetime) -> int:
    session.get_one(Account, account_id, with_for_update=True)  # of two at once, one token stays
    ended = [row for row in feeds.in_use(session, account_id) if row.kind is kind]
    for row in ended:
        row.revoked_at = now
        session.add(row)
    return len(ended)


def in_use(session: Session, account_id: "UUID") -> dict[FeedKind, datetime]:
    """Return since when an account has which feeds."""
    return {row.kind: row.made_at for row in feeds.in_use(session, account_id)}


def holder_of(session: Session, token: str, kind: FeedKind) -> Person | None:
    """Return whose program fetches, as he stands now; None for a token that gives nothing."""
    row = feeds.by_hash(session, hash_of(token), kind)
    account = None if row is None else session.get_one(Account, row.account_id)
    if row is None or account is None or account.disabled_at is not None:
        return None
    held = accounts.roles(session, account.id)
    actor = Actor(name=account.name, roles=held, unit_id=account.unit_id)
    if not MAY[kind](actor):
        return None
    return Person(
        actor=actor,
        account_id=account.id,
        full_name=account.full_name,
        token=token,
        since=row.made_at,
        failed_before=0,
        failed_last_at=None,
        must_change_password=False,
    )


def hash_of(token: str) -> str:
    """Return what is stored of a token: it is random enough that a plain hash will do."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _record(session: Session, office: Office, person: Person, kind: FeedKind, act: str) -> None:
    entry = events.Entry(
        actor=person.actor.name,
        act=act,
        about_kind="account",
        about_id=person.account_id,
        as_of=office.today(),
        facts={"feed": kind.value},
    )
    account = session.get_one(Account, person.account_id)
    events.append(session, account.office_id, [entry], at=office.now())
