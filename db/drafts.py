"""Queries about report drafts: what a unit is still writing, and whether a head approves it."""

from uuid import UUID

from sqlmodel import Session, col, select

from db.draft_tables import ReportDraft
from db.life_tables import Account, RoleGrant
from supervision.vocabulary import Role


def of_obligation(session: Session, obligation_id: UUID, unit_id: UUID) -> ReportDraft | None:
    """Return what a unit is writing on an obligation."""
    query = select(ReportDraft).where(
        ReportDraft.obligation_id == obligation_id, ReportDraft.unit_id == unit_id
    )
    return session.exec(query).one_or_none()


def has_head(session: Session, unit_id: UUID) -> bool:
    """Return whether somebody of the unit is there to approve what it hands in."""
    query = (
        select(RoleGrant.id)
        .join(Account, col(Account.id) == col(RoleGrant.account_id))
        .where(
            Account.unit_id == unit_id,
            col(Account.disabled_at).is_(None),
            RoleGrant.role == Role.HEAD,
            col(RoleGrant.revoked_at).is_(None),
        )
    )
    return session.exec(query.limit(1)).first() is not None
