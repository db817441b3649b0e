"""The circulars as the office's pages show them: one line a round, and one with its paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from db import circulars, plans, rounds
from db.notice_tables import Circular
from db.plan_tables import Plan
from db.record_tables import Round
from services import circular_papers
from services.circular_papers import RoundCircular
from services.office import Office
from services.plans import the_office, the_plan
from services.round_status import round_of
from supervision.errors import UsageError
from supervision.periods import quarter_named
from supervision.vocabulary import RoundState
from templates.paper_view import Block, blocks


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundLine:
    """A round on record, and its circular if one was drafted."""

    plan: Plan
    round: Round
    circular: Circular | None

    @property
    def quarter(self) -> str:
        """The quarter as offices write it: 2025年第一季度."""
        return quarter_named(self.round.period).label

    @property
    def path(self) -> str:
        """The page of its circular."""
        return f"/circulars/{self.plan.code}/{self.round.period}"

    @property
    def is_frozen(self) -> bool:
        """Whether the round is closed, so that there are figures to speak from."""
        return self.round.state is RoundState.CLOSED

    @property
    def drafted(self) -> RoundCircular | None:
        """The circular with its round and plan, as the services take it."""
        if self.circular is None:
            return None
        return RoundCircular(plan=self.plan, round=self.round, circular=self.circular)


def lines(session: Session) -> list[RoundLine]:
    """Return all rounds that are on record, the latest of each plan first."""
    return [
        RoundLine(plan=plan, round=found, circular=circulars.of_round(session, found.id))
        for plan in plans.of_office(session, the_office(session).id)
        for found in reversed(rounds.of_plan(session, plan.id))
    ]


def line_of(session: Session, plan_code: str, period: str) -> RoundLine | None:
    """Return one round with its circular; None when there is no such plan or round."""
    try:
        plan = the_plan(session, plan_code)
        found = round_of(session, plan, period)
    except UsageError:
        return None
    return RoundLine(plan=plan, round=found, circular=circulars.of_round(session, found.id))


def paper(session: Session, office: Office, line: RoundLine) -> Sequence[Block]:
    """Return the paper as it will look; nothing before there is a draft."""
    if line.drafted is None:
        return ()
    return blocks(circular_papers.content(session, office, line.drafted))
