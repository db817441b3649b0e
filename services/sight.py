"""Finding an item or a file for somebody: what he may not see is not there."""

from uuid import UUID

from sqlmodel import Session

from db import lives, units
from db.life_tables import EvidenceFile
from db.plan_tables import Plan, Unit, WorkItem
from services.plans import the_office
from supervision.rights import Actor, Concerned
from supervision.sight import sees, sees_all


def seen_item(
    session: Session, actor: Actor, item_id: UUID, *, to_act: bool = False
) -> tuple[WorkItem, Concerned] | None:
    """Return an item with the units it concerns, None when the actor may not see it.

    To act on it, it is locked until the transaction ends.
    """
    item = session.get(WorkItem, item_id, with_for_update=True if to_act else None)
    concerned = lives.concerned(session, item_id)
    if item is None or not sees(actor, concerned):
        return None
    plan = session.get_one(Plan, item.plan_id)
    return None if plan.office_id != the_office(session).id else (item, concerned)


def seen_evidence(session: Session, actor: Actor, file_id: UUID) -> EvidenceFile | None:
    """Return a piece of evidence, None when its item may not be seen."""
    found = session.get(EvidenceFile, file_id)
    if found is None or seen_item(session, actor, found.work_item_id) is None:
        return None
    return found


def seen_units(session: Session, actor: Actor) -> list[tuple[Unit, str | None]]:
    """Return the units an actor may see, each with the name of its sponsor (督导单位).

    A unit sees itself and the companies it acts for.
    """
    there = units.of_office(session, the_office(session).id)
    names = {unit.id: unit.name for unit in there}
    return [
        (unit, names.get(unit.sponsor_unit_id) if unit.sponsor_unit_id else None)
        for unit in there
        if sees_all(actor) or actor.unit_id in lives.acting_for(unit)
    ]
