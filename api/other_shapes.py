"""Units, rounds, notices, circulars and results as they are answered."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from api.item_shapes import ItemLine
from api.shapes import Listed, Shape
from supervision.vocabulary import (
    CircularState,
    Decision,
    ItemState,
    Light,
    NoticeState,
    ObligationState,
    PaperKind,
    RoundState,
    Rung,
    UnitKind,
)


class UnitShown(Shape):
    """A unit; a company has a sponsor unit (督导单位) that acts for it."""

    id: UUID
    name: str
    kind: UnitKind
    sponsor_unit: str | None


class UnitList(Shape):
    """The units of the office in the plan's order; a unit's token sees its own."""

    schema_name: Literal["duban.units/1"] = Field("duban.units/1", alias="schema")
    total: int
    units: list[UnitShown]


class RoundShown(Shape):
    """A round on record."""

    plan: str
    period: str
    state: RoundState
    opens_on: date
    support_due_on: date
    due_on: date
    closes_on: date
    opened_on: date | None
    closed_on: date | None


class RoundList(Shape):
    """Every round on record, the latest of each plan first."""

    schema_name: Literal["duban.rounds/1"] = Field("duban.rounds/1", alias="schema")
    total: int
    rounds: list[RoundShown]


class ReportCounts(Shape):
    """The reports of a unit, or of a whole round."""

    owed: int
    reported: int
    accepted: int
    sent_back: int
    late: int
    missing: int


class UnitReports(Shape):
    """The reports of one unit."""

    unit: str
    count: ReportCounts


class RoundStatus(Shape):
    """How a round stands on a day."""

    schema_name: Literal["duban.round-status/1"] = Field("duban.round-status/1", alias="schema")
    as_of: date
    period: str
    state: RoundState
    opens_on: date
    support_due_on: date
    due_on: date
    closes_on: date
    count: ReportCounts
    units: list[UnitReports]
    silent: list[str]
    without_course: list[str]


class Obligation(Shape):
    """What is owed on an item in a round, and the last version that came in."""

    item_id: UUID
    code: str
    title: str
    state: ObligationState
    version: int | None
    reported_on: date | None
    verdict: Decision | None


class ObligationList(Listed):
    """What is owed in a round."""

    schema_name: Literal["duban.obligations/1"] = Field("duban.obligations/1", alias="schema")
    round: RoundShown
    obligations: list[Obligation]


class NoticeLine(Shape):
    """A paper of supervision in a list; `id` is a notice that names it."""

    id: UUID
    unit: str
    rung: Rung
    number: str | None
    items: int
    first_code: str
    drafted_on: date
    signed_on: date | None
    issued_on: date | None
    delivered_on: date | None
    reply_due_on: date | None


class NoticeList(Listed):
    """Papers of supervision, the latest first."""

    schema_name: Literal["duban.notice-papers/1"] = Field("duban.notice-papers/1", alias="schema")
    notices: list[NoticeLine]


class AnswerShown(Shape):
    """The last answer to a matter."""

    answered_on: date
    answered_by: str
    is_late: bool
    text: str
    reasons: str
    promised_on: date | None
    decision: Decision
    opinion: str | None


class Matter(Shape):
    """One matter of a paper as it stands."""

    code: str
    title: str
    state: NoticeState
    item_state: ItemState
    light: Light
    rule: str
    due_on: date | None
    days_overdue: int
    working_group: str | None
    why: str | None
    answer: AnswerShown | None


class NoticePaper(Shape):
    """One paper with its matters."""

    id: UUID
    reference: str
    rung: Rung
    form: PaperKind
    state: NoticeState
    unit: str
    receiving_unit: str | None
    number: str | None
    drafted_on: date
    age_days: int
    signed_on: date | None
    issued_on: date | None
    delivered_on: date | None
    delivered_how: str | None
    acknowledged_on: date | None
    reply_days: int | None
    reply_due_on: date | None
    end_reason: str | None
    remark: str
    items: list[Matter]


class NoticeShown(Shape):
    """One paper of supervision."""

    schema_name: Literal["duban.notice/1"] = Field("duban.notice/1", alias="schema")
    as_of: date
    notice: NoticePaper


class CircularShown(Shape):
    """A circular on a closed round."""

    plan: str
    period: str
    state: CircularState
    title: str
    number: str | None
    drafted_on: date
    due_on: date | None
    signed_on: date | None
    published_on: date | None
    snapshot: str


class CircularList(Shape):
    """The circulars of the office, the latest of each plan first."""

    schema_name: Literal["duban.circulars/1"] = Field("duban.circulars/1", alias="schema")
    total: int
    circulars: list[CircularShown]


class Counts(Shape):
    """Some items, counted; every light and every state is named."""

    items: int
    overdue: int
    historic: int
    lights: dict[Light, int]
    states: dict[ItemState, int]


class UnitCounts(Shape):
    """The items that a unit answers for, counted."""

    unit: str
    counts: Counts


class ResultList(Listed):
    """How the items of a plan stand on a day; counts are of all of them, items of this page."""

    schema_name: Literal["duban.results/1"] = Field("duban.results/1", alias="schema")
    as_of: date
    plan: str | None
    counts: Counts
    units: list[UnitCounts]
    items: list[ItemLine]
