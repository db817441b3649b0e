"""Queries about the tokens of other systems, and the answers they were given."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, delete, select

from db.integration_tables import IntegrationAnswer, IntegrationToken


def of_office(session: Session, office_id: UUID) -> list[IntegrationToken]:
    """Return all tokens of an office, revoked ones included, by name."""
    query = select(IntegrationToken).where(IntegrationToken.office_id == office_id)
    return list(session.exec(query.order_by(col(IntegrationToken.name))))


def by_name(session: Session, office_id: UUID, name: str) -> IntegrationToken | None:
    """Return the office's token of that name."""
    query = select(IntegrationToken).where(
        IntegrationToken.office_id == office_id, IntegrationToken.name == name
    )
    return session.exec(query).one_or_none()


def by_hash(session: Session, token_hash: str) -> IntegrationToken | None:
    """Return the token that has this hash, whether it still holds or not."""
    query = select(IntegrationToken).where(IntegrationToken.token_hash == token_hash)
    return session.exec(query).one_or_none()


def answer(session: Session, token_id: UUID, key: str) -> IntegrationAnswer:
    """Return what was answered under a key of a token; there must be one."""
    query = select(IntegrationAnswer).where(
        IntegrationAnswer.token_id == token_id, IntegrationAnswer.key == key
    )
    return session.exec(query).one()


def forget(session: Session, *, before: datetime) -> None:
    """Remove old answers: nobody sends the same request again after so long."""
    session.exec(delete(IntegrationAnswer).where(col(IntegrationAnswer.answered_at) < before))
