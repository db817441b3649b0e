"""How a round stands: per unit what is owed, came in, is late or missing; what a person must do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db import calendar_days, rounds
from db.plan_tables import Plan
from db.record_tables import Round
from services.round_lines import RoundLine, lines
from supervision.errors import UsageError
from supervision.periods import quarter_named
from supervision.policy import Policy
from supervision.vocabulary import ItemKind, ObligationState, RoundState

S = ObligationState


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """The reports of a unit, or of a whole round; one that was lifted is not counted."""

    owed: int
    reported: int  # waiting to be reviewed
    accepted: int
    sent_back: int
    late: int  # first handed in after the due day
    missing: int  # not handed in, and its day has passed


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitCount:
    """The reports of one unit."""

    unit: str
    count: Count


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundStatus:
    """How a round stands as of a day, and the lists a person works through."""

    period: str
    state: RoundState
    opens_on: date
    support_due_on: date
    due_on: date
    closes_on: date
    count: Count
    units: list[UnitCount]
    silent: list[str]  # codes not reported so long after the due day that somebody calls (R08)
    without_course: list[str]  # tasks without milestones, from the plan's second round on (R16)


def round_of(session: Session, plan: Plan, period: str | None) -> Round:
    """Return a plan's round of that quarter, or the latest one that was opened; else UsageError."""
    there = rounds.of_plan(session, plan.id)
    if period is not None:
        named = str(quarter_named(period))
        found = [one for one in there if one.period == named]
    else:
        found = [one for one in there if one.state is not RoundState.MISSED]
    if not found:
        opened = "、".join(f"{one.period}（{one.state.label}）" for one in there) or "（尚无）"
        raise UsageError(f"没有{period or '已开启'}的调度", advice=f"现有：{opened}。")
    return found[-1]


def status(
    session: Session, plan: Plan, found: Round, policy: Policy, *, today: date
) -> RoundStatus:
    """Return how a round stands today; a closed one by its rows, not by its frozen snapshot."""
    there = lines(session, plan, found, policy, today=today)
    return RoundStatus(
        period=found.period,
        state=found.state,
        opens_on=found.opens_on,
        support_due_on=found.support_due_on,
        due_on=found.due_on,
        closes_on=found.closes_on,
        count=count(there, found, today=today),
        units=by_unit(there, found, today=today),
        silent=_silent(session, there, found, policy, today=today),
        without_course=_without_course(session, plan, there, found),
    )


def count(there: Iterable[RoundLine], found: Round, *, today: date) -> Count:
    """Return the reports of some lines, counted as of a day."""
    owed = [line for line in there if line.obligation not in (None, S.LIFTED)]
    states = [line.obligation for line in owed]
    return Count(
        owed=len(owed),
        reported=states.count(S.REPORTED),
        accepted=states.count(S.ACCEPTED),
        sent_back=states.count(S.SENT_BACK),
        late=sum(line.is_late for line in owed),
        missing=states.count(S.MISSED) + (states.count(S.OPEN) if today > found.due_on else 0),
    )


def by_unit(there: Sequence[RoundLine], found: Round, *, today: date) -> list[UnitCount]:
    """Return the counts of every unit that answers for something owed, most missing first."""
    units = dict.fromkeys(unit for line in there for unit in line.answering_units)
    counts = [
        UnitCount(
            unit=unit,
            count=count(
                [line for line in there if unit in line.answering_units], found, today=today
            ),
        )
        for unit in units
    ]
    owing = [counted for counted in counts if counted.count.owed]
    return sorted(owing, key=lambda counted: -counted.count.missing)


def _silent(
    session: Session, there: Sequence[RoundLine], found: Round, policy: Policy, *, today: date
) -> list[str]:
    """Return what nobody reported by the day R08 puts it on the office's list; no message goes."""
    calendar = calendar_days.working_days(session)
    if today < calendar.shift(found.due_on, policy.late_reports.value.listed_from):
        return []
    return [line.code for line in there if line.obligation in (S.OPEN, S.MISSED)]


def _without_course(
    session: Session, plan: Plan, there: Sequence[RoundLine], found: Round
) -> list[str]:
    if rounds.of_plan(session, plan.id)[0].period == found.period:
        return []
    return [
        line.code
        for line in there
        if line.kind is ItemKind.TASK
        and line.expected_percent is None
        and line.obligation not in (None, S.LIFTED)
    ]
