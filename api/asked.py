"""What a request may ask for: each value read strictly, anything unknown refused."""

import re
import unicodedata
from datetime import date
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.json_schema import SkipJsonSchema

from supervision.vocabulary import ItemKind, ItemState, Light, NoticeState, ObligationState, Rung

MOST_A_PAGE = 200
USUAL_A_PAGE = 50
LAST_PAGE = 100_000
DIGITS = re.compile(r"[0-9]{1,9}", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
QUARTER = r"^20[0-9]{2}Q[1-4]$"
FIRST_YEAR, LAST_YEAR = 2000, 2099  # a plan's years; beyond them no calendar is kept
KEPT_CONTROLS = "\n\r\t"


def _whole(value: object) -> object:
    """Refuse what only looks like a whole number, such as 1.0 or +1."""
    if isinstance(value, str) and not DIGITS.fullmatch(value):
        raise ValueError("not a whole number")
    return value


def _day_text(value: object) -> object:
    """Refuse what is no day as it is written, such as a moment."""
    if not (isinstance(value, str) and DAY.fullmatch(value)):
        raise ValueError("not a day")
    return value


def _day_of_plans(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError("no calendar is kept for that year")
    return day


def sayable(text: str) -> str:
    """Refuse what no database and no paper takes: controls, and halves of characters."""
    if any(
        unicodedata.category(sign) in ("Cc", "Cs") and sign not in KEPT_CONTROLS for sign in text
    ):
        raise ValueError("control characters")
    if not text.strip():
        raise ValueError("blank")
    return text


Whole = BeforeValidator(_whole)
Page = Annotated[int, Whole, Field(ge=1, le=LAST_PAGE)]
Limit = Annotated[int, Whole, Field(ge=1, le=MOST_A_PAGE)]
Days = Annotated[int, Whole, Field(ge=1, le=100_000)]
Day = Annotated[
    date,
    BeforeValidator(_day_text),
    AfterValidator(_day_of_plans),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(sayable)]
Quarter = Annotated[str, StringConstraints(pattern=QUARTER)]
Nothing = SkipJsonSchema[None]


class Paged(BaseModel):
    """A list that goes over pages; `page` counts from 1."""

    model_config = ConfigDict(extra="forbid")

    page: Page = 1
    limit: Limit = USUAL_A_PAGE

    @property
    def offset(self) -> int:
        """How many rows come before the page."""
        return (self.page - 1) * self.limit


class OverdueAsked(Paged):
    """The overdue items of a day, narrowed; of a unit's token they are the unit's own."""

    as_of: Day | Nothing = None
    plan: Name | Nothing = None
    kind: ItemKind | Nothing = None
    unit: Name | Nothing = None
    group: Name | Nothing = None
    state: ItemState | Nothing = None
    light: Light | Nothing = None
    rung: Rung | Nothing = None
    min_days: Days | Nothing = None


class ItemsAsked(OverdueAsked):
    """The items of a day, narrowed; `text` stands in an item's code, title or content."""

    text: Name | Nothing = None


class ObligationsAsked(Paged):
    """What is owed in a round, the latest one opened unless one is named."""

    plan: Name | Nothing = None
    period: Quarter | Nothing = None
    state: ObligationState | Nothing = None


class NoticesAsked(Paged):
    """Papers of supervision; a state narrows to those with a matter in it."""

    state: NoticeState | Nothing = None


class ResultsAsked(Paged):
    """The results of a plan as of a day; all plans unless one is named."""

    as_of: Day | Nothing = None
    plan: Name | Nothing = None


class AsOf(BaseModel):
    """The day a thing is looked at; today unless it is named."""

    model_config = ConfigDict(extra="forbid")

    as_of: Day | Nothing = None
