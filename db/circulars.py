"""Queries about circulars (通报) and the rounds they are on."""

from uuid import UUID

from sqlalchemy import bindparam, exists
from sqlmodel import Session, col, select

from db.notice_tables import Circular
from db.plan_tables import PlanEdition
from db.record_tables import Round
from supervision.vocabulary import RoundState


def of_round(session: Session, round_id: UUID, *, locked: bool = False) -> Circular | None:
    """Return the circular on a round, None before it was drafted."""
    query = select(Circular).where(Circular.round_id == round_id)
    return session.exec(query.with_for_update() if locked else query).one_or_none()


def of_plan(session: Session, plan_id: UUID) -> list[tuple[Circular, Round]]:
    """Return a plan's circulars with their rounds, in order of time."""
    query = (
        select(Circular, Round)
        .join(Round, col(Round.id) == col(Circular.round_id))
        .where(Circular.plan_id == plan_id)
        .order_by(col(Round.period))
    )
    return [(circular, found) for circular, found in session.exec(query)]


_CLOSED_WITHOUT = (
    select(Round)
    .where(
        Round.plan_id == bindparam("plan"),
        col(Round.state) == RoundState.CLOSED,
        ~exists().where(col(Circular.round_id) == col(Round.id)),
    )
    .order_by(col(Round.period))
)


def closed_without(session: Session, plan_id: UUID) -> list[Round]:
    """Return the closed rounds of a plan on which no circular was drafted, in order of time."""
    return list(session.exec(_CLOSED_WITHOUT, params={"plan": plan_id}))


def remarks_of(session: Session, plan_id: UUID) -> list[str]:
    """Return what stands beside the text of a plan's latest edition, its colophon among it."""
    query = select(PlanEdition).where(PlanEdition.plan_id == plan_id)
    editions = session.exec(query.order_by(col(PlanEdition.adopted_on), col(PlanEdition.id)))
    remarks: list[str] = []
    for edition in editions:
        remarks = edition.remarks
    return remarks
