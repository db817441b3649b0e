"""Queries about accounts and the roles they hold."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from db.life_tables import Account, RoleGrant
from supervision.vocabulary import Role


def of_office(session: Session, office_id: UUID) -> list[Account]:
    """Return all accounts of an office, disabled ones included, by name."""
    query = select(Account).where(Account.office_id == office_id).order_by(col(Account.name))
    return list(session.exec(query))


def by_name(session: Session, office_id: UUID, name: str) -> Account | None:
    """Return the office's account of that name."""
    query = select(Account).where(Account.office_id == office_id, Account.name == name)
    return session.exec(query).one_or_none()


def grants(session: Session, account_id: UUID) -> list[RoleGrant]:
    """Return the roles an account holds now."""
    query = select(RoleGrant).where(RoleGrant.account_id == account_id)
    return list(session.exec(query.where(col(RoleGrant.revoked_at).is_(None))))


def roles(session: Session, account_id: UUID) -> frozenset[Role]:
    """Return which roles an account holds now."""
    return frozenset(grant.role for grant in grants(session, account_id))


def active_with(session: Session, office_id: UUID, role: Role) -> list[Account]:
    """Return the accounts in use that hold a role, locked until the transaction ends."""
    query = (
        select(Account)
        .join(RoleGrant, col(RoleGrant.account_id) == col(Account.id))
        .where(
            Account.office_id == office_id,
            col(Account.disabled_at).is_(None),
            col(RoleGrant.role) == role,
            col(RoleGrant.revoked_at).is_(None),
        )
    )
    return list(session.exec(query.with_for_update()))


def is_there_one_with(session: Session, office_id: UUID, roles: Collection[Role]) -> bool:
    """Return whether any account in use holds one of these roles."""
    query = (
        select(Account.id)
        .join(RoleGrant, col(RoleGrant.account_id) == col(Account.id))
        .where(
            Account.office_id == office_id,
            col(Account.disabled_at).is_(None),
            col(RoleGrant.role).in_(roles),
            col(RoleGrant.revoked_at).is_(None),
        )
    )
    return session.exec(query.limit(1)).first() is not None


def unused_since(session: Session, office_id: UUID, moment: datetime) -> list[Account]:
    """Return the accounts in use that nobody has used since a moment, or ever."""
    found = of_office(session, office_id)
    in_use = [account for account in found if account.disabled_at is None]
    return [one for one in in_use if (one.last_used_at or one.created_at) < moment]
