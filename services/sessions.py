"""Who is at the portal: a random token in the browser, its hash in the database, judged each time.

The cookie carries the token and when it was last shown, signed, so that reading a page writes
nothing. A session ends by itself: unused for half an hour, after twelve hours, or when its
account's roles, password or standing change.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from db import sessions
from db.life_tables import Account
from db.session_tables import PortalSession
from db.sessions import Standing
from services.settings import Settings
from services.tokens import opened, secret_of, signed
from supervision.errors import UsageError
from supervision.passwords import PasswordProfile
from supervision.rights import Actor

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
PASSWORD_LASTS = timedelta(days=90)  # 等保: 口令定期更换
TOKEN_BYTES = 32
PURPOSE = "portal-session"


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Who is signed in; the token is known to this request and to the browser only."""

    actor: Actor
    account_id: UUID
    full_name: str
    token: str
    since: datetime
    failed_before: int  # wrong passwords since the sign-in before this one
    failed_last_at: datetime | None
    must_change_password: bool


def start(
    session: Session, account: Account, *, address: str, now: datetime, failed: list[datetime]
) -> str:
    """Begin a session and return its token, which is nowhere stored.

    `failed` are the moments at which somebody gave a wrong password meanwhile.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        PortalSession(
            account_id=account.id,
            token_hash=hash_of(token),
            started_at=now,
            ends_at=now + LONGEST,
            address=address,
            failed_before=len(failed),
            failed_last_at=max(failed, default=None),
        )
    )
    session.flush()
    return token


def hash_of(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def cookie_of(settings: Settings, token: str, *, now: datetime) -> str:
    """Return what the browser keeps: the token and when it was last shown, signed."""
    return signed(settings, PURPOSE, [token, now.astimezone(UTC).isoformat()])


def person_of(session: Session, settings: Settings, cookie: str, *, now: datetime) -> Person | None:
    """Return who shows this cookie, None when it is not ours or its session is over."""
    try:
        token, shown_at = opened(settings, PURPOSE, cookie)
    except (UsageError, ValueError):
        return None
    if not timedelta() <= now - datetime.fromisoformat(shown_at) < IDLE:
        return None
    found = sessions.standing_of(session, hash_of(token))
    if found is None or not _stands(found, now=now):
        return None
    return _person(found, token, settings.password_profile, now=now)


def _stands(found: Standing, *, now: datetime) -> bool:
    """Return whether a session is still good; what changed after its start ends it."""
    changes = [grant.granted_at for grant in found.grants]
    changes += [grant.revoked_at for grant in found.grants if grant.revoked_at is not None]
    return (
        found.ended_at is None
        and now < found.ends_at
        and found.disabled_at is None
        and all(change <= found.started_at for change in [*changes, found.password_set_at])
    )


def _person(found: Standing, token: str, profile: PasswordProfile, *, now: datetime) -> Person:
    held = frozenset(grant.role for grant in found.grants if grant.revoked_at is None)
    return Person(
        actor=Actor(name=found.name, roles=held, unit_id=found.unit_id),
        account_id=found.account_id,
        full_name=found.full_name,
        token=token,
        since=found.started_at,
        failed_before=found.failed_before,
        failed_last_at=found.failed_last_at,
        must_change_password=_must_change(found, profile, now=now),
    )


def _must_change(found: Standing, profile: PasswordProfile, *, now: datetime) -> bool:
    """Return whether somebody else chose the password, or it is too old for the profile."""
    if found.password_set_at == found.created_at:
        return True
    return profile is PasswordProfile.DENGBAO and now - found.password_set_at > PASSWORD_LASTS


def end(session: Session, token: str, *, now: datetime) -> None:
    """End the session of a token; one that is over or unknown stays so."""
    found = sessions.by_token(session, hash_of(token))
    if found is not None and found.ended_at is None:
        found.ended_at = now
        session.add(found)


def form_token(settings: Settings, token: str) -> str:
    """Return what every form of this session carries, so that no other page can send one."""
    key = secret_of(settings).encode()
    return hmac.new(key, b"form:" + token.encode(), hashlib.sha256).hexdigest()


def is_form_token(settings: Settings, token: str, given: str) -> bool:
    """Return whether a form carries what this session's forms carry."""
    return hmac.compare_digest(form_token(settings, token).encode(), given.encode())
