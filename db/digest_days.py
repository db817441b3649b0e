"""Queries about the digests of one day, as whoever previews them asks."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from db.record_tables import Message
from supervision.vocabulary import MessageKind


def of_day(session: Session, office_id: UUID, day: date) -> list[Message]:
    """Return an office's digests of a day, by the name of whoever gets them."""
    query = select(Message).where(
        Message.office_id == office_id,
        Message.day == day,
        col(Message.kind) == MessageKind.DIGEST,
    )
    return list(session.exec(query.order_by(col(Message.recipient_name))))
