"""The shape of every answer: named and versioned, lists with the page they are of."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from api.asked import Paged


class Shape(BaseModel):
    """Something that is answered; filled from whatever has attributes of these names."""

    model_config = ConfigDict(from_attributes=True, serialize_by_alias=True)

    @classmethod
    def of(cls, row: object, **more: Any) -> Self:  # noqa: ANN401 - fields of the shape
        """Return the shape of a row, with fields that it has not."""
        there = {
            name: getattr(row, name)
            for name in cls.model_fields
            if name not in more and hasattr(row, name)
        }
        return cls.model_validate(there | more)

    @classmethod
    def of_fields(cls, fields: Mapping[str, Any]) -> Self:
        """Return the shape of a mapping; what the shape has no field for is left out."""
        return cls.model_validate(
            {name: fields[name] for name in cls.model_fields if name in fields}
        )


class Listed(Shape):
    """A page of a list: how many there are in all, and which page this is."""

    schema_name: str = Field(alias="schema")
    total: int
    page: int
    limit: int


def of_page(asked: Paged, total: int) -> dict[str, Any]:
    """Return what a list says of its page."""
    return {"total": total, "page": asked.page, "limit": asked.limit}
