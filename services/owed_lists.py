"""What is owed, round by round, for other systems: the rounds, and a page of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from db import obligation_pages, plans, rounds
from db.obligation_pages import OwedLine, Wanted
from db.plan_tables import Plan
from db.record_tables import Round
from services.plans import chosen, the_office
from supervision.periods import quarter_named
from supervision.vocabulary import ObligationState, RoundState


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundOfPlan:
    """A round on record and the plan it is of."""

    plan: Plan
    round: Round


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedPage:
    """A page of what is owed in a round, and how many obligations there are in all."""

    of: RoundOfPlan
    total: int
    lines: Sequence[OwedLine]


def rounds_on_record(session: Session) -> list[RoundOfPlan]:
    """Return every round that is on record, the latest of each plan first."""
    return [
        RoundOfPlan(plan=plan, round=found)
        for plan in plans.of_office(session, the_office(session).id)
        for found in reversed(rounds.of_plan(session, plan.id))
    ]


def round_named(session: Session, plan: str | None, period: str | None) -> RoundOfPlan | None:
    """Return a plan's round of that quarter, or the latest one that was opened.

    None when there is no such round; UsageError for a plan or a quarter there is none of.
    """
    named = None if period is None else str(quarter_named(period))
    wanted = {found.id for found in chosen(session, plan)}
    return next(
        (
            one
            for one in rounds_on_record(session)
            if one.plan.id in wanted
            and (one.round.period == named if named else one.round.state is not RoundState.MISSED)
        ),
        None,
    )


def owed_page(
    session: Session,
    of: RoundOfPlan,
    *,
    seen_by: UUID | None,
    state: ObligationState | None,
    offset: int,
    limit: int,
) -> OwedPage:
    """Return a page of what is owed in a round; a unit's, when `seen_by` names one."""
    wanted = Wanted(round_id=of.round.id, seen_by=seen_by, state=state)
    return OwedPage(
        of=of,
        total=obligation_pages.count(session, wanted),
        lines=obligation_pages.stretch(session, wanted, offset=offset, limit=limit),
    )
