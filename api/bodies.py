"""What a request that acts brings, read strictly: nothing unknown, nothing of another kind."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from api.asked import Day, sayable
from services.report_content import MOST_CHARACTERS

Text = Annotated[
    str,
    StringConstraints(strict=True, min_length=1, max_length=MOST_CHARACTERS),
    AfterValidator(sayable),
]
Percent = Annotated[int, Field(strict=True, ge=0, le=100)]
Wan = Annotated[float, Field(strict=True, ge=0, lt=10**12, allow_inf_nan=False)]


class ReportSaid(BaseModel):
    """A report: the same fields as on the form; `invested_wan` is of projects only."""

    model_config = ConfigDict(extra="forbid")

    progress: Text = Field(description="本季进展", examples=["已完成可研批复。"])
    percent: Percent | None = Field(None, description="累计进度", examples=[60])
    stage: Text | None = Field(None, description="形象进度")
    problems: Text | None = Field(None, description="存在问题")
    help_wanted: Text | None = Field(None, description="需协调事项")
    next_step: Text | None = Field(None, description="下步计划")
    evidence_note: Text | None = Field(None, description="佐证说明")
    invested_wan: Wan | None = Field(None, description="累计完成投资（万元）")


class WishSaid(BaseModel):
    """A later date that is asked for, why, and how far the item is."""

    model_config = ConfigDict(extra="forbid")

    new_due_on: Day = Field(examples=["2025-12-31"])
    reason: Text
    progress: Text
