"""The policy of a plan: every rule with its id, value and source, typed and validated."""

import hashlib
import json
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from supervision.errors import NotConfiguredError
from supervision.vocabulary import Rung

Value = TypeVar("Value")
NotNegative = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]
DayOfMonth = Annotated[int, Field(ge=1, le=31)]
Days = tuple[Positive, ...]


class _Strict(BaseModel):
    """A rule's parts: nothing unknown, nothing changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Strict, Generic[Value]):
    """One rule: its value and where it comes from; `own` marks a default without a source."""

    title: str
    value: Value
    source: str
    own: bool = False


class RoundDays(_Strict):
    """R06: days of the quarter's last month, and working days from the due day to closing."""

    opens_on_day: DayOfMonth
    support_due_on_day: DayOfMonth
    closes_after_working_days: Positive


class LateReports(_Strict):
    """R08: working days after a report was due, to chase it and to show it to the office."""

    chased_on: Days
    listed_from: Positive


class ReminderSteps(_Strict):
    """R10: calendar days before the due date, by the precision of the deadline."""

    year_precision: Days
    month_precision: Days

    @property
    def furthest(self) -> int:
        """The longest step, in days: no item due later can call for a reminder."""
        return max(self.year_precision + self.month_precision, default=0)


class YellowFrom(_Strict):
    """R13: percentage points behind, and reports missed one after the other, that make yellow."""

    behind_from: Positive
    missed_reports: Positive


class RedFrom(_Strict):
    """R14: more percentage points behind than these, or so many missed reports, make red."""

    behind_over: Positive
    missed_reports: Positive


class ReplyWindows(_Strict):
    """R18: working days a unit has to answer a notice of each rung."""

    blue: int = Field(ge=1)
    yellow: int = Field(ge=1)
    red: int = Field(ge=1)


class Interviews(_Strict):
    """R19: what makes a red notice a matter for an interview (约谈) before it has lapsed.

    Red notices one unit gets in a row; yellow ones an item had, over its cycles, before a red one.
    """

    reds_in_a_row: Positive
    yellows_before_red: Positive


class DocumentWords(_Strict):
    """R34: the office's own word (机关代字) before the year and number of what it issues."""

    notice: str = Field(min_length=1)
    circular: str = Field(min_length=1)


class ExtensionLimits(_Strict):
    """R22: how early an extension is asked for, how often, for how long, how fast it is reviewed.

    Days are working days, months calendar months after the current due date.
    """

    ask_before: Positive
    at_most_per_item: Positive
    at_most_months: Positive
    reviewed_within: Positive


class LadderRules(BaseModel):
    """The rules of the ladder: one that has begun goes on by those it began under (R30)."""

    model_config = ConfigDict(extra="ignore", frozen=True)  # the rest of that edition is history

    first_rung: Rule[Rung] = Field(alias="R17")
    reply_windows: Rule[ReplyWindows] = Field(alias="R18")
    interviews: Rule[Interviews] = Field(alias="R19")
    freeze_days: Rule[Positive] = Field(alias="R21")  # working days an extension holds the ladder

    def reply_days(self, rung: Rung) -> int | None:
        """Return the working days a unit has to answer a notice, None where none is awaited."""
        days: int | None = getattr(self.reply_windows.value, rung.value, None)
        return days


class Policy(LadderRules):
    """The rules duban works by, under the names the code uses; the alias is the rule's id."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    report_due_day: Rule[DayOfMonth] = Field(alias="R05")  # day of the quarter's last month
    round_days: Rule[RoundDays] = Field(alias="R06")
    chase_before: Rule[Days] = Field(alias="R07")  # working days before the report is due
    late_reports: Rule[LateReports] = Field(alias="R08")
    sign_for: Rule[Days] = Field(alias="R09")  # working days after an item was assigned
    reminders: Rule[ReminderSteps] = Field(alias="R10")
    near_days: Rule[NotNegative] = Field(alias="R12")  # calendar days before the due date
    yellow: Rule[YellowFrom] = Field(alias="R13")
    red: Rule[RedFrom] = Field(alias="R14")
    course_from_round: Rule[Positive] = Field(alias="R16")  # tasks owe milestones from then on
    extensions: Rule[ExtensionLimits] = Field(alias="R22")
    digest_names: Rule[Positive] = Field(alias="R27")  # items named before 「另有 N 项」
    repeat_every: Rule[Positive] = Field(alias="R28")  # working days between two reminders
    circular_within: Rule[Positive] = Field(alias="R31")  # working days after a round closed
    override_until: Rule[Literal["next_round"]] = Field(alias="R32")
    digest_cap: Rule[Positive] = Field(alias="R33")  # digests a unit gets in one quarter
    document_words: Rule[DocumentWords] | None = Field(default=None, alias="R34")

    @property
    def version(self) -> str:
        """A short hash of all values: what a sweep or a notice records as what it ran under."""
        values = self.model_dump(mode="json", by_alias=True)
        text = json.dumps(values, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


def policy_from(document: Any) -> Policy:  # noqa: ANN401 - whatever the YAML file held
    """Return the policy that a parsed YAML document states.

    Raises NotConfiguredError naming the rules at fault: a wrong policy must never run.
    """
    rules = document.get("rules") if isinstance(document, dict) else None
    try:
        return Policy.model_validate(rules)
    except ValidationError as error:
        faults = "；".join(
            f"{'.'.join(map(str, fault['loc'])) or '全文'}：{fault['msg']}"
            for fault in error.errors()
        )
        raise NotConfiguredError(
            f"规则文件有误：{faults}", advice="请对照随附的 policy.yaml 改正后重试。"
        ) from error
