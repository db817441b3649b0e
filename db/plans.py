"""Queries about offices and their plans."""

from functools import cache
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from db.plan_tables import Office, Plan, PlanEdition, Unit, WorkingGroup
from supervision.vocabulary import UnitKind


def the_office(session: Session) -> Office | None:
    """Return the office of this database, None before `duban init`."""
    return session.exec(_offices()).first()


@cache
def _offices() -> SelectOfScalar[Office]:
    return select(Office).order_by(col(Office.code))


def of_office(session: Session, office_id: UUID) -> list[Plan]:
    """Return the adopted plans of an office, by code."""
    return list(session.exec(_of_office(), params={"office_id": office_id}))


@cache
def _of_office() -> SelectOfScalar[Plan]:
    query = select(Plan).where(col(Plan.office_id) == bindparam("office_id"))
    return query.order_by(col(Plan.code))


def by_code(session: Session, office_id: UUID, code: str) -> Plan | None:
    """Return the office's plan of that code."""
    return session.exec(
        select(Plan).where(Plan.office_id == office_id, Plan.code == code)
    ).one_or_none()


def editions_of(session: Session, plan_id: UUID) -> list[PlanEdition]:
    """Return the documents a plan was read from, oldest first."""
    query = select(PlanEdition).where(PlanEdition.plan_id == plan_id)
    return list(session.exec(query.order_by(col(PlanEdition.adopted_on))))


def latest_edition(session: Session, plan_id: UUID) -> UUID | None:
    """Return the id of the document a plan was last read from, without reading what it says."""
    query = select(PlanEdition.id).where(PlanEdition.plan_id == plan_id)
    return session.exec(query.order_by(col(PlanEdition.adopted_on).desc()).limit(1)).first()


def office_unit(session: Session, office_id: UUID) -> Unit:
    """Return the unit that is the office itself (领导小组办公室); every adoption makes one."""
    return session.exec(
        select(Unit).where(Unit.office_id == office_id, col(Unit.kind) == UnitKind.OFFICE)
    ).one()


def working_groups(session: Session, plan_id: UUID) -> dict[str, UUID]:
    """Return a plan's working groups by name."""
    query = select(WorkingGroup.name, WorkingGroup.id).where(WorkingGroup.plan_id == plan_id)
    return dict(session.exec(query).all())
