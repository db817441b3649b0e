"""Drafting circulars: one row for each closed round, with the hash of what it will speak from."""

from datetime import date

from sqlmodel import Session

from db import calendar_days, circulars
from db.notice_tables import Circular
from db.plan_tables import Plan
from db.record_tables import Round
from services.round_closing import snapshot_of
from services.rounds import Day
from supervision.policy import Policy
from supervision.vocabulary import CircularState


def draft_due(session: Session, day: Day) -> int:
    """Draft the circular on every closed round that has none; return how many are new."""
    closed = circulars.closed_without(session, day.plan.id)
    for found in closed:
        drafted_on(session, day.plan, found, day.policy, today=day.today)
    return len(closed)


def drafted_on(
    session: Session, plan: Plan, found: Round, policy: Policy, *, today: date
) -> Circular:
    """Return a new draft on a closed round; StorageError when its snapshot was tampered with."""
    snapshot = snapshot_of(session, found)
    made = Circular(
        office_id=plan.office_id,
        plan_id=plan.id,
        round_id=found.id,
        state=CircularState.DRAFT,
        snapshot_hash=snapshot.hash,
        drafted_on=today,
        due_on=_due_on(session, found, policy),
    )
    session.add(made)
    session.flush()
    return made


def _due_on(session: Session, found: Round, policy: Policy) -> date | None:
    """Return by when it is to be published (R31); None where no published calendar says."""
    calendar = calendar_days.working_days(session)
    assert found.closed_on is not None  # it was closed
    last = calendar.shift(found.closed_on, policy.circular_within.value)
    return last if calendar.is_published(last) else None
