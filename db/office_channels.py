"""Queries about the channels that the whole office shares."""

from uuid import UUID

from sqlmodel import Session, col, select

from db.post_tables import OfficeChannel
from supervision.vocabulary import ChannelKind


def of_kind(session: Session, office_id: UUID, kind: ChannelKind) -> OfficeChannel | None:
    """Return the office's channel of that kind, None where none was set."""
    query = select(OfficeChannel).where(
        OfficeChannel.office_id == office_id, col(OfficeChannel.kind) == kind
    )
    return session.exec(query).one_or_none()


def of_office(session: Session, office_id: UUID) -> list[OfficeChannel]:
    """Return what was set, in the order of the kinds."""
    query = select(OfficeChannel).where(OfficeChannel.office_id == office_id)
    return list(session.exec(query.order_by(col(OfficeChannel.kind))))
