"""A round item by item: how each stands, what was reported on it, how far it should be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from db import milestones, reports, work_items
from db.plan_tables import Plan, WorkItem
from db.record_tables import Round
from db.reports import OwedReport
from db.rounds import OWED
from db.work_items import AssignedUnit, Wanted
from services.report_content import ReportContent
from services.reports import content_of
from services.standings import Standings, standings
from supervision.light_grounds import Fact
from supervision.lights import LISTED_STATES, days_overdue, judge
from supervision.periods import Quarter, quarter_named
from supervision.policy import Policy
from supervision.progress import Course, Expectation, expected
from supervision.vocabulary import (
    ItemKind,
    ItemState,
    Light,
    ObligationState,
    Relation,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundLine:
    """One item of a round, as of a day; `obligation` is None where nothing was ever owed."""

    code: str
    kind: ItemKind
    title: str
    working_group: str | None
    lead_unit: str | None
    answering_units: list[str]
    state: ItemState
    historic: bool
    due_on: date | None
    light: Light
    rule: str
    reason: str
    facts: dict[str, Fact]  # that the light rests on
    days_overdue: int
    obligation: ObligationState | None
    is_late: bool  # first handed in after the due day; a correction asked for later is not
    reported_on: date | None
    version: int | None
    report: ReportContent | None
    expected_percent: int | None  # by the end of the round's quarter (R16)
    expected_reason: str
    inputs: dict[str, str]  # by supporting unit


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sources:
    """All that lines are made of, read once for the whole round."""

    round: Round
    standings: Standings
    units: Mapping[UUID, list[AssignedUnit]]
    groups: Mapping[UUID, str]
    owed: Mapping[UUID, OwedReport]
    inputs: Mapping[UUID, dict[str, str]]
    milestones: Mapping[UUID, Mapping[Quarter, int]]
    policy: Policy
    today: date


def lines(
    session: Session, plan: Plan, found: Round, policy: Policy, *, today: date
) -> list[RoundLine]:
    """Return every item of a round's plan as it stands today, tasks first, in the plan's order."""
    units: dict[UUID, list[AssignedUnit]] = {}
    for assigned in work_items.units_of(session, (plan.id,)):
        units.setdefault(assigned.work_item_id, []).append(assigned)
    wanted = Wanted(plan_ids=(plan.id,), as_of=today)
    about = work_items.narrowed(wanted)
    sources = _Sources(
        round=found,
        standings=standings(session, wanted.plan_ids, about, as_of=today),
        units=units,
        groups=work_items.group_names(session, plan.id),
        owed=reports.of_round(session, found.id),
        inputs=reports.inputs_of_round(session, found.id),
        milestones=milestones.of_plan(session, plan.id),
        policy=policy,
        today=today,
    )
    return [_line(item, sources) for item in work_items.listed(session, wanted)]


def _line(item: WorkItem, sources: _Sources) -> RoundLine:
    then, standing = sources.standings.item(item), sources.standings.of(item)
    judgement = judge(standing, sources.policy, today=sources.today)
    owed = sources.owed.get(item.id)
    report = None if owed is None else owed.report
    units = sources.units.get(item.id, [])
    lead = [unit.unit_name for unit in units if unit.relation is Relation.LEAD]
    shared = [unit.unit_name for unit in units if unit.relation is Relation.RESPONSIBLE]
    should = _expected(then, sources)
    return RoundLine(
        code=item.code,
        kind=item.kind,
        title=item.title,
        working_group=sources.groups.get(item.working_group_id) if item.working_group_id else None,
        lead_unit=lead[0] if lead else None,
        answering_units=lead or shared,
        state=then.state,
        historic=then.historic,
        due_on=then.due_on,
        light=judgement.light,
        rule=judgement.rule,
        reason=judgement.reason,
        facts=judgement.facts,
        days_overdue=days_overdue(standing, today=sources.today),
        obligation=_owed_now(then, owed),
        is_late=_is_late(owed, sources.round),
        reported_on=None if report is None else report.as_of,
        version=None if report is None else report.version,
        report=None if report is None else content_of(report),
        expected_percent=should.percent,
        expected_reason=should.reason,
        inputs=sources.inputs.get(item.id, {}),
    )


def _expected(item: WorkItem, sources: _Sources) -> Expectation:
    course = Course(
        kind=item.kind,
        starts_on=item.adopted_on,
        due_on=item.due_on,
        milestones=sources.milestones.get(item.id, {}),
    )
    return expected(course, on=quarter_named(sources.round.period).last_day)


def _owed_now(item: WorkItem, owed: OwedReport | None) -> ObligationState | None:
    """Return what is owed on an item; nothing any more once it is closed or suspended."""
    if owed is None:
        return None
    if owed.state in OWED and owed.report is None and item.state not in LISTED_STATES:
        return ObligationState.LIFTED
    return owed.state


def _is_late(owed: OwedReport | None, found: Round) -> bool:
    return owed is not None and owed.first_on is not None and owed.first_on > found.due_on
