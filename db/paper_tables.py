"""Papers: the finished files that were made for a person, and the messages they went out with."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from db.base import Row, UtcTime, word
from supervision.vocabulary import PaperKind


class Paper(Row, table=True):
    """A finished file as it left the house; its content never changes, a new one is a new row."""

    __table_args__ = (UniqueConstraint("office_id", "kind", "about_id", "hash"),)

    office_id: UUID = Field(foreign_key="office.id")
    kind: PaperKind = word(PaperKind)
    about_id: UUID = Field(index=True)  # the sheet, circular, round or item it is of
    file_name: str  # as a recipient sees it: Chinese, with its number
    hash: str  # SHA-256 of the content
    size: int  # bytes
    stored_as: str  # path in the store of papers
    made_at: datetime = Field(sa_type=UtcTime)


class MessageAttachment(Row, table=True):
    """A paper that goes out with a message, in its place among them."""

    __table_args__ = (UniqueConstraint("message_id", "position"),)

    message_id: UUID = Field(foreign_key="message.id")
    position: int  # from 1
    paper_id: UUID = Field(foreign_key="paper.id")
