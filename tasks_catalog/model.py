"""What reading a plan gives: the fields of `duban plan read --json`, typed and validated."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from supervision.vocabulary import DeadlineKind, Direction, ItemKind, Mark, Severity, UnitKind


class _Part(BaseModel):
    """Common manners: unknown fields are refused, values never change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Part):
    """Where in the document something stands; `line` counts from 1, `raw` is as printed."""

    section: str
    row: int | None = None
    line: int
    raw: dict[str, str] = Field(default_factory=dict)


class PlanFacts(_Part):
    """The plan as a document; `remarks` are safeguards, notes, 抄送 and 印发 lines."""

    title: str
    document_number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    period_from: int | None = None
    period_to: int | None = None
    remarks: list[str] = Field(default_factory=list)


class Responsible(_Part):
    """Who answers for something; `responsible_units` holds all of them in the order printed."""

    responsible_units: list[str]
    lead_units: list[str] = Field(default_factory=list)
    supporting_units: list[str] = Field(default_factory=list)
    shared_by_function: bool = False


class ReadItem(Responsible):
    """A task or project of the plan's lists; `due_on` is inclusive, investment in 万元."""

    code: str
    kind: ItemKind
    number: int
    working_group: str | None = None
    system: str | None = None
    title: str
    content: str
    deadline_text: str | None = None
    deadline_kind: DeadlineKind
    due_on: date | None = None
    lead_is_inferred: bool = False
    investment_wan: int | float | None = None
    source: Source


class ReadIndicator(_Part):
    """One row of the indicator system; `direction` is proposed by rule."""

    number: int
    level1: str | None = None
    level2: str | None = None
    name: str
    mark: Mark | None = None
    unit: str | None = None
    baseline_text: str | None = None
    target_text: str | None = None
    direction: Direction
    responsible_units: list[str] = Field(default_factory=list)
    source: Source


class ReadMeasure(Responsible):
    """A numbered paragraph of the plan's body that names who is responsible."""

    number: int
    path: str
    section: str | None = None
    subsection: str | None = None
    title: str
    text: str
    deadline_text: str | None = None
    due_on: date | None = None
    source: Source


class ReadUnit(_Part):
    """A unit under its canonical name; `mentions` counts items, indicators and measures."""

    name: str
    kind: UnitKind
    aliases: list[str] = Field(default_factory=list)
    mentions: int = 0


class Finding(_Part):
    """Something missing, doubtful or contradictory; each quote is a place in the document."""

    id: str
    severity: Severity
    where: str
    text: str
    quotes: list[str] = Field(default_factory=list)


class TextLine(_Part):
    """A line of the document by its place: narrative, or one that no rule understood."""

    line: int
    text: str


class ReadPlan(_Part):
    """Everything that reading one document gave."""

    # `schema` itself is a method of pydantic's models
    schema_name: Literal["duban.plan/1"] = Field(default="duban.plan/1", alias="schema")
    plan: PlanFacts
    work_items: list[ReadItem] = Field(default_factory=list)
    indicators: list[ReadIndicator] = Field(default_factory=list)
    measures: list[ReadMeasure] = Field(default_factory=list)
    units: list[ReadUnit] = Field(default_factory=list)
    findings: list[Finding] = Field(default_factory=list)
    # Titles, headings, addressees and paragraphs that ask nothing of anybody: read, but no item.
    narrative: list[TextLine] = Field(default_factory=list)
    unread: list[TextLine] = Field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return the object of `interfaces.md`: plain JSON values, dates as ISO text."""
        return self.model_dump(mode="json", by_alias=True)
