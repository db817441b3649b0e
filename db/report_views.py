"""Queries about one report under review: what supporting units added, by their names."""

from uuid import UUID

from sqlmodel import Session, col, select

from db.life_tables import Contribution
from db.plan_tables import Unit


def inputs(session: Session, obligation_id: UUID) -> dict[str, str]:
    """Return what each supporting unit added to a report, its latest words."""
    query = (
        select(Unit.name, Contribution.body)
        .join(Unit, col(Unit.id) == col(Contribution.unit_id))
        .where(Contribution.obligation_id == obligation_id)
        .order_by(col(Unit.position), col(Contribution.version))
    )
    return dict(session.exec(query).all())  # the last version of each stands
