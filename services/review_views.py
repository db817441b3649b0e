"""A report as its reviewer reads it: last quarter beside this one, input, evidence, the light."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db import evidence, report_views, reports
from db.life_tables import EvidenceFile, ProgressReport
from db.plan_tables import WorkItem
from db.record_tables import Obligation, Round
from services.obligations import context_of, obligation_of
from services.report_forms import LABELS
from services.standings import standing_of
from supervision.errors import UsageError
from supervision.lights import Judgement, judge
from supervision.periods import quarter_named
from supervision.policy import Policy
from supervision.vocabulary import ObligationState


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """One part of a report: what was said last time, and what is said now."""

    label: str
    before: str
    now: str

    @property
    def is_same(self) -> bool:
        """Whether nothing was changed since the last report."""
        return self.before == self.now


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewView:
    """All that a review rests on."""

    obligation: Obligation
    round: Round
    report: ProgressReport
    has_before: bool
    parts: list[Beside]
    inputs: dict[str, str]  # by supporting unit
    evidence: list[EvidenceFile]
    light: Judgement
    expected_percent: int | None
    is_late: bool

    @property
    def label(self) -> str:
        """The quarter, as people call it."""
        return quarter_named(self.round.period).label

    @property
    def waits(self) -> bool:
        """Whether the report is still to be reviewed."""
        return self.obligation.state is ObligationState.REPORTED


def review_view(
    session: Session, item: WorkItem, period: str, policy: Policy, *, today: date
) -> ReviewView:
    """Return a report for review; UsageError where nothing was reported in that quarter."""
    owed = obligation_of(session, item, period, to_act=False)
    about, report = context_of(session, owed), reports.latest(session, owed.id)
    if report is None:
        raise UsageError(f"{item.code}本季尚未报送", advice="请待报送后再审核。")
    earlier = reports.before(session, item, about.round.period)
    standing = standing_of(session, item, as_of=today)
    course = standing.expectation
    return ReviewView(
        obligation=owed,
        round=about.round,
        report=report,
        has_before=earlier is not None,
        parts=list(_beside(earlier, report)),
        inputs=report_views.inputs(session, owed.id),
        evidence=evidence.of_item(session, item.id),
        light=judge(standing, policy, today=today),
        expected_percent=None if course is None else course.percent,
        is_late=report.as_of > about.round.due_on,
    )


def _beside(earlier: ProgressReport | None, report: ProgressReport) -> Iterator[Beside]:
    for name, label in LABELS.items():
        before, now = _text(earlier, name), _text(report, name)
        if before or now:
            yield Beside(label=label, before=before, now=now)


def _text(report: ProgressReport | None, name: str) -> str:
    said = None if report is None else getattr(report, name)
    return "" if said is None else str(said)
