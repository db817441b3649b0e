"""Queries about papers and the messages they go out with."""

from uuid import UUID

from sqlmodel import Session, col, select

from db.paper_tables import MessageAttachment, Paper
from supervision.vocabulary import PaperKind


def same(
    session: Session, office_id: UUID, kind: PaperKind, about_id: UUID, content_hash: str
) -> Paper | None:
    """Return the paper of that thing with that very content, None when there is none."""
    query = select(Paper).where(
        Paper.office_id == office_id,
        Paper.kind == kind,
        Paper.about_id == about_id,
        Paper.hash == content_hash,
    )
    return session.exec(query).one_or_none()


def attach(session: Session, message_id: UUID, papers: list[Paper]) -> None:
    """Let papers go out with a message, in the order given."""
    session.add_all(
        MessageAttachment(message_id=message_id, position=position, paper_id=paper.id)
        for position, paper in enumerate(papers, start=1)
    )
    session.flush()


def of_message(session: Session, message_id: UUID) -> list[Paper]:
    """Return the papers that go out with a message, in their order."""
    query = (
        select(Paper)
        .join(MessageAttachment, col(MessageAttachment.paper_id) == col(Paper.id))
        .where(MessageAttachment.message_id == message_id)
        .order_by(col(MessageAttachment.position))
    )
    return list(session.exec(query))
