"""Queries about sign-in: sessions by their token, tries by whom and from where, old passwords."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Select, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, func, select, update

from db.life_tables import Account, RoleGrant
from db.remembered import remembered
from db.session_tables import FormAnswer, PortalSession, SignInTry, UsedPassword
from supervision.vocabulary import Role

OF_SESSION = ("account_id", "started_at", "ends_at", "ended_at", "failed_before", "failed_last_at")
OF_ACCOUNT = ("name", "full_name", "unit_id", "password_set_at", "created_at", "disabled_at")
GRANT = ("role", "granted_at", "revoked_at")


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """A role that an account was ever given."""

    role: Role
    granted_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What a session and its account are at this moment, with every role the account ever had."""

    started_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    failed_before: int
    failed_last_at: datetime | None
    account_id: UUID
    name: str
    full_name: str
    unit_id: UUID | None
    password_set_at: datetime
    created_at: datetime
    disabled_at: datetime | None
    grants: tuple[Grant, ...]


def standing_of(session: Session, token_hash: str) -> Standing | None:
    """Return how the session that bears this token stands, whether it is still good or not."""
    return remembered(session, (standing_of, token_hash), lambda: _standing_of(session, token_hash))


def _standing_of(session: Session, token_hash: str) -> Standing | None:
    asked = {"token_hash": token_hash}
    rows = [row._asdict() for row in session.connection().execute(_standing_query(), asked)]
    if not rows:
        return None
    words = [{name: row.pop(name) for name in GRANT} for row in rows]
    grants = tuple(Grant(**each) for each in words if each["role"] is not None)
    return Standing(**rows[0], grants=grants)


@cache
def _standing_query() -> Select[Any]:
    asked: BindParameter[str] = bindparam("token_hash")
    return (
        sa_select(
            *(col(getattr(PortalSession, name)) for name in OF_SESSION),
            *(col(getattr(Account, name)) for name in OF_ACCOUNT),
            *(col(getattr(RoleGrant, name)) for name in GRANT),
        )
        .join(Account, col(Account.id) == col(PortalSession.account_id))
        .outerjoin(RoleGrant, col(RoleGrant.account_id) == col(Account.id))
        .where(col(PortalSession.token_hash) == asked)
    )


def by_token(session: Session, token_hash: str) -> PortalSession | None:
    """Return the session that bears this token, whether it still stands or not."""
    query = select(PortalSession).where(PortalSession.token_hash == token_hash)
    return session.exec(query).one_or_none()


def end_all(session: Session, account_id: UUID, *, now: datetime) -> None:
    """End every session of an account."""
    theirs = update(PortalSession).where(
        col(PortalSession.account_id) == account_id, col(PortalSession.ended_at).is_(None)
    )
    session.exec(theirs.values(ended_at=now))


def locked_account(session: Session, office_id: UUID, name: str) -> Account | None:
    """Return the account of that name, locked: of two who try it at once, one waits."""
    query = select(Account).where(Account.office_id == office_id, Account.name == name)
    return session.exec(query.with_for_update()).one_or_none()


def tries_of(session: Session, subject: str, *, since: datetime) -> list[SignInTry]:
    """Return what was tried on a name since a moment, latest first."""
    query = select(SignInTry).where(SignInTry.subject == subject, col(SignInTry.at) > since)
    return list(session.exec(query.order_by(col(SignInTry.at).desc())))


def wrong_from(session: Session, address: str, *, since: datetime) -> int:
    """Return how many wrong passwords came from an address since a moment."""
    query = select(func.count(col(SignInTry.id))).where(
        SignInTry.address == address,
        col(SignInTry.at) > since,
        col(SignInTry.was_right).is_not(True),
    )
    return session.exec(query).one()


def forget(session: Session, *, tries_before: datetime, answers_before: datetime) -> None:
    """Remove old tries and answered forms: what they guard against is over."""
    session.exec(delete(SignInTry).where(col(SignInTry.at) < tries_before))
    session.exec(delete(FormAnswer).where(col(FormAnswer.answered_at) < answers_before))


def used_passwords(session: Session, account_id: UUID, *, last: int) -> list[str]:
    """Return the hashes of the passwords an account had before the present one, latest first."""
    query = select(UsedPassword.password_hash).where(UsedPassword.account_id == account_id)
    return list(session.exec(query.order_by(col(UsedPassword.set_at).desc()).limit(last)))
