"""Tokens of other systems: made and shown once, listed, revoked; only a hash of each is kept."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from db import events, integrations, units
from db.integration_tables import IntegrationToken
from services.accounts import NAME
from services.office import Office
from services.plans import the_office
from supervision.errors import UsageError
from supervision.integrations import acting, require_fitting
from supervision.rights import Actor, require
from supervision.vocabulary import Permission, Scope, Word

PREFIX = "duban_"  # so that whoever finds one, or a scanner, knows what it is
TOKEN_BYTES = 32
LONGEST_DAYS = 366
USUAL_DAYS = 365


class TokenStanding(Word):
    """Whether a token may still be used."""

    IN_USE = "in_use", "有效"
    EXPIRED = "expired", "已到期"
    REVOKED = "revoked", "已撤销"


@dataclass(frozen=True, kw_only=True, slots=True)
class NewToken:
    """A token that is to be made: for which system, for what, for how many days."""

    name: str
    scopes: frozenset[Scope]
    unit_id: UUID | None = None  # None: it is the office's
    days: int = USUAL_DAYS


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A token that was made; `secret` is stored nowhere and can be shown this once."""

    id: UUID
    name: str
    secret: str
    expires_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenLine:
    """A token as lists show it; never the token itself."""

    id: UUID
    name: str
    unit: str | None  # None: it is the office's
    scopes: Sequence[Scope]
    made_by: str
    made_at: datetime
    expires_on: date
    standing: TokenStanding


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """A token that still holds, as a request shows it."""

    id: UUID
    name: str
    unit_id: UUID | None
    scopes: frozenset[Scope]

    def acting(self, scope: Scope) -> Actor:
        """Return who acts when it is used for one of its scopes."""
        return acting(self.name, self.unit_id, scope)


def add_token(session: Session, office: Office, new: NewToken, by: Actor) -> Made:
    """Make a token, on record without the token itself; UsageError for what cannot be given."""
    require(Permission.MANAGE_TOKENS, by)
    _require_sound(new)
    row_office, now = the_office(session), office.now()
    if integrations.by_name(session, row_office.id, new.name) is not None:
        raise UsageError(f"令牌“{new.name}”已存在", advice="请换一个名称；撤销过的名称不再使用。")
    secret = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    token = IntegrationToken(
        office_id=row_office.id,
        name=new.name,
        unit_id=new.unit_id,
        scopes=[scope.value for scope in Scope if scope in new.scopes],
        token_hash=hash_of(secret),
        made_by=by.name,
        made_at=now,
        expires_on=office.today() + timedelta(days=new.days),
    )
    session.add(token)
    session.flush()
    _record(session, office, token, "add_token", by)
    return Made(id=token.id, name=token.name, secret=secret, expires_on=token.expires_on)


def _require_sound(new: NewToken) -> None:
    if not NAME.fullmatch(new.name):
        raise UsageError(
            "令牌名称应为2至32个字母、数字或汉字", advice="请写对接系统的名称，如 区政务平台。"
        )
    if not 1 <= new.days <= LONGEST_DAYS:
        raise UsageError(
            f"令牌的有效期应为1至{LONGEST_DAYS}天", advice="到期前另建一个，换上后撤销旧的。"
        )
    require_fitting(new.scopes, of_unit=new.unit_id is not None)


def hash_of(secret: str) -> str:
    """Return what is stored of a token: it is random enough that a plain hash will do."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def revoke_token(session: Session, office: Office, name: str, by: Actor) -> bool:
    """Revoke a token at once; False when it was revoked before. UsageError when there is none."""
    require(Permission.MANAGE_TOKENS, by)
    token = integrations.by_name(session, the_office(session).id, name)
    if token is None:
        raise UsageError(f"没有名为“{name}”的令牌", advice="用 duban token list 查看。")
    if token.revoked_at is not None:
        return False
    token.revoked_by, token.revoked_at = by.name, office.now()
    session.add(token)
    _record(session, office, token, "revoke_token", by)
    return True


def listed(session: Session, *, today: date) -> list[TokenLine]:
    """Return every token of the office by name, those that do not hold any more included."""
    office = the_office(session)
    names = {unit.id: unit.name for unit in units.of_office(session, office.id)}
    return [
        TokenLine(
            id=token.id,
            name=token.name,
            unit=None if token.unit_id is None else names[token.unit_id],
            scopes=_scopes(token),
            made_by=token.made_by,
            made_at=token.made_at,
            expires_on=token.expires_on,
            standing=_standing(token, today=today),
        )
        for token in integrations.of_office(session, office.id)
    ]


def holder_of(session: Session, secret: str, *, today: date) -> Holder | None:
    """Return what a token stands for; None when it is unknown, expired or revoked."""
    token = integrations.by_hash(session, hash_of(secret))
    if token is None or _standing(token, today=today) is not TokenStanding.IN_USE:
        return None
    return Holder(
        id=token.id, name=token.name, unit_id=token.unit_id, scopes=frozenset(_scopes(token))
    )


def _scopes(token: IntegrationToken) -> list[Scope]:
    return [scope for scope in Scope if scope.value in token.scopes]


def _standing(token: IntegrationToken, *, today: date) -> TokenStanding:
    if token.revoked_at is not None:
        return TokenStanding.REVOKED
    return TokenStanding.EXPIRED if token.expires_on <= today else TokenStanding.IN_USE


def _record(session: Session, office: Office, token: IntegrationToken, act: str, by: Actor) -> None:
    entry = events.Entry(
        actor=by.name,
        act=act,
        about_kind="token",
        about_id=token.id,
        as_of=office.today(),
        facts={
            "token": token.name,
            "scopes": list(token.scopes),
            "expires_on": token.expires_on.isoformat(),
        },
    )
    events.append(session, token.office_id, [entry], at=office.now())
