"""The rounds of all plans as the office sees them: which run, may be opened, or are over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db import calendar_days, desk_rounds, plans, rounds, units
from db.plan_tables import Plan
from services.office import Office
from services.plans import the_office
from supervision.periods import quarter_named
from supervision.rounds import RoundDates, quarters_of_plan, round_dates
from supervision.vocabulary import RoundState


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundCard:
    """A round of a plan on the board; `dates` hold by the rules also before it is on record."""

    plan_code: str
    plan: str
    period: str
    label: str  # 2025年第一季度
    state: RoundState
    may_open: bool  # not on record though its days are these
    dates: RoundDates
    still_owed: int
    to_review: int

    @property
    def path(self) -> str:
        """The round's page."""
        return f"/rounds/{self.plan_code}/{self.period}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Precheck:
    """What should be put right before a round goes out (预检)."""

    without_contact: list[str]
    without_sponsor: list[str]
    without_date: list[str]  # codes of items whose deadline is missing or unclear


def board(session: Session, office: Office, *, today: date) -> list[RoundCard]:
    """Return every round of every plan, in order of time, those to come included."""
    adopted = plans.of_office(session, the_office(session).id)
    return [card for plan in adopted for card in _cards(session, plan, office, today)]


def current(session: Session, office: Office, *, today: date) -> list[RoundCard]:
    """Return the rounds that run or may be opened today."""
    there = board(session, office, today=today)
    return [card for card in there if card.state is RoundState.OPEN or card.may_open]


def card_of(
    session: Session, office: Office, plan: Plan, period: str, *, today: date
) -> RoundCard | None:
    """Return one round of a plan, None when the plan has no such quarter."""
    cards = _cards(session, plan, office, today)
    return next((card for card in cards if card.period == period), None)


def _cards(session: Session, plan: Plan, office: Office, today: date) -> Iterator[RoundCard]:
    calendar = calendar_days.working_days(session)
    there = {found.period: found for found in rounds.of_plan(session, plan.id)}
    last_year = plan.period_to or plan.baseline_on.year
    for quarter in quarters_of_plan(period_to=last_year, baseline_on=plan.baseline_on):
        dates = round_dates(quarter, calendar, office.policy)
        if dates.closes_on <= plan.baseline_on:
            continue
        found = there.get(str(quarter))
        is_open = found is not None and found.state is RoundState.OPEN
        yield RoundCard(
            plan_code=plan.code,
            plan=plan.title,
            period=str(quarter),
            label=quarter_named(str(quarter)).label,
            state=RoundState.PLANNED if found is None else found.state,
            may_open=found is None and dates.is_open_on(today),
            dates=dates,
            still_owed=rounds.still_owed(session, found.id) if found and is_open else 0,
            to_review=desk_rounds.to_review(session, found.id) if found else 0,
        )


def precheck(session: Session, plan: Plan) -> Precheck:
    """Return what a round would stumble over."""
    return Precheck(
        without_contact=[unit.name for unit in units.without_contact(session, plan.office_id)],
        without_sponsor=[unit.name for unit in units.without_sponsor(session, plan.office_id)],
        without_date=desk_rounds.without_date(session, plan.id),
    )
