"""Queries about sign-in: sessions by their token, tries by whom and from where, old passwords."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, delete, func, select, update

from db.life_tables import Account, RoleGrant
from db.session_tables import FormAnswer, PortalSession, SignInTry, UsedPassword


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A session with its account and every role the account was ever given."""

    session: PortalSession
    account: Account
    grants: list[RoleGrant]


def by_token(session: Session, token_hash: str) -> Standing | None:
    """Return the session that bears this token, whether it still stands or not."""
    query = select(PortalSession, Account).join(
        Account, col(Account.id) == col(PortalSession.account_id)
    )
    found = session.exec(query.where(PortalSession.token_hash == token_hash)).one_or_none()
    if found is None:
        return None
    grants = select(RoleGrant).where(RoleGrant.account_id == found[1].id)
    return Standing(session=found[0], account=found[1], grants=list(session.exec(grants)))


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
