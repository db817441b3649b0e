"""Queries about accounts as the administrator's pages show them: a stretch, and open sessions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from db.life_tables import Account, RoleGrant
from db.session_tables import PortalSession
from supervision.vocabulary import Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which accounts are asked for; None asks for all."""

    role: Role | None = None
    disabled: bool | None = None
    unused_since: datetime | None = None  # in use, but by nobody since then
    text: str | None = None


def count(session: Session, office_id: UUID, wanted: Wanted) -> int:
    """Count the accounts asked for."""
    query = select(func.count(col(Account.id))).where(*_conditions(office_id, wanted))
    return session.exec(query).one()


def stretch(
    session: Session, office_id: UUID, wanted: Wanted, *, offset: int, limit: int
) -> list[Account]:
    """Return a stretch of the accounts asked for, by name."""
    query = select(Account).where(*_conditions(office_id, wanted)).order_by(col(Account.name))
    return list(session.exec(query.offset(offset).limit(limit)))


def _conditions(office_id: UUID, wanted: Wanted) -> list[Any]:
    asked: list[Any] = [col(Account.office_id) == office_id]
    if wanted.role is not None:
        asked.append(col(Account.id).in_(_holders(wanted.role)))
    if wanted.disabled is not None:
        is_closed = col(Account.disabled_at).is_not(None)
        asked.append(is_closed if wanted.disabled else ~is_closed)
    if wanted.unused_since is not None:
        used = func.coalesce(col(Account.last_used_at), col(Account.created_at))
        asked += [col(Account.disabled_at).is_(None), used < wanted.unused_since]
    if wanted.text:
        fields = (col(Account.name), col(Account.full_name))
        asked.append(or_(*(field.contains(wanted.text, autoescape=True) for field in fields)))
    return asked


def _holders(role: Role) -> Any:  # noqa: ANN401 - a query to stand in another
    held = select(RoleGrant.account_id).where(col(RoleGrant.role) == role)
    return held.where(col(RoleGrant.revoked_at).is_(None))


def roles(session: Session, account_ids: Collection[UUID]) -> dict[UUID, set[Role]]:
    """Return the roles these accounts hold now."""
    query = select(RoleGrant).where(
        col(RoleGrant.account_id).in_(account_ids), col(RoleGrant.revoked_at).is_(None)
    )
    held: dict[UUID, set[Role]] = {}
    for grant in session.exec(query):
        held.setdefault(grant.account_id, set()).add(grant.role)
    return held


def open_sessions(session: Session, account_id: UUID, *, now: datetime) -> list[PortalSession]:
    """Return the sessions of an account that were neither ended nor ran out, the latest first."""
    query = select(PortalSession).where(
        PortalSession.account_id == account_id,
        col(PortalSession.ended_at).is_(None),
        col(PortalSession.ends_at) > now,
    )
    return list(session.exec(query.order_by(col(PortalSession.started_at).desc())))
