"""People at the portal: who is signed in, who tried to, passwords and forms already used."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.base import Row, UtcTime


class PortalSession(Row, table=True):
    """One person signed in at one browser; it ends, it is never deleted while it may be asked for.

    Whether it still stands is judged each time from its account: roles, password, disabling.
    """

    account_id: UUID = Field(foreign_key="account.id", index=True)
    token_hash: str = Field(unique=True)  # SHA-256; the token itself is only in the browser
    started_at: datetime = Field(sa_type=UtcTime)
    ends_at: datetime = Field(sa_type=UtcTime)  # whatever the person does until then
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)  # signed out
    address: str
    failed_before: int = 0  # wrong passwords since the sign-in before this one: the owner is told
    failed_last_at: datetime | None = Field(default=None, sa_type=UtcTime)


class SignInTry(Row, table=True):
    """A password that was looked at, written before it is: so many are looked at, not more."""

    __table_args__ = (
        Index("ix_signintry_subject_at", "subject", "at"),
        Index("ix_signintry_address_at", "address", "at"),
    )

    subject: str  # keyed hash of the name as typed: people type passwords there by mistake
    address: str
    at: datetime = Field(sa_type=UtcTime)
    was_right: bool | None = None  # None while it is being looked at, which counts as wrong
    locks_until: datetime | None = Field(default=None, sa_type=UtcTime)


class UsedPassword(Row, table=True):
    """A password an account had before, so that it is not chosen again at once."""

    __table_args__ = (UniqueConstraint("account_id", "set_at"),)

    account_id: UUID = Field(foreign_key="account.id")
    password_hash: str
    set_at: datetime = Field(sa_type=UtcTime)


class FormAnswer(SQLModel, table=True):
    """What was answered to a form that was sent: the same form again gets the same answer."""

    key: str = Field(primary_key=True)  # hash of account, route, the form's own key and content
    account_id: UUID = Field(foreign_key="account.id")
    answered_at: datetime = Field(sa_type=UtcTime, index=True)
    location: str = ""  # where the person is led
    message: str = ""  # what the person is told there
