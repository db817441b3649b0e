"""What every table is made of: rows with ids made before storage, moments in UTC, words as text."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Column, DateTime, Dialect, Enum, TypeDecorator
from sqlmodel import Field, SQLModel

from supervision.vocabulary import Word

# Named constraints from the first migration on: SQLite's batch changes need the names.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """A stored fact; its id exists before it is stored, so nothing has to be read back."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)


class UtcTime(TypeDecorator[datetime]):
    """A moment, stored in UTC and given back with its zone; one without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone; store the rest in UTC."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back in UTC: SQLite keeps no zone, PostgreSQL gives its server's."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def word_type(words: type[Word]) -> Enum:
    """Return the column type of an enumeration: its values as text, unknown ones refused."""
    return Enum(
        words,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        length=24,
        validate_strings=True,
    )


def word(words: type[Word], *, nullable: bool = False) -> Any:  # noqa: ANN401 - as Field
    """Return a field that holds one of the given words."""
    column: Column[Word] = Column(word_type(words), nullable=nullable)
    return Field(default=None, sa_column=column) if nullable else Field(sa_column=column)
