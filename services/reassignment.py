"""Giving an item to other units when a dispute is upheld (改派): the sign-for starts anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from db import acts, assignments, events, lives, plans, rounds, signing
from db.acts import Occasion
from db.assignments import Assigned
from db.plan_tables import Unit, WorkItem
from services import item_events, roster
from services.item_events import Said
from services.moves import Wanted, move_item
from services.plans import unit_named
from services.withdrawing import Ending, extension_withdrawn
from supervision.errors import UsageError
from supervision.reminders import Step
from supervision.vocabulary import Move, Relation, UnitKind


@dataclass(frozen=True, kw_only=True, slots=True)
class NewUnits:
    """Who is to lead, by name or alias, and who supports: None for those that do so now."""

    lead: str
    supporting: Sequence[str] | None = None


def answer_by_reassigning(session: Session, item: WorkItem, said: Said, to: NewUnits) -> bool:
    """Answer a dispute by giving the item to these units; False when it is theirs already.

    What is owed on the item goes to the new lead, who has to sign for it anew: he is told at once,
    and the others are not told any more. An extension that the former lead waits for is withdrawn.
    ForbiddenMoveError where nobody disputes the item, or where it stands at a point from which it
    cannot be given away.
    """
    item_events.answer_dispute(session, item, said)
    before = assignments.of_item(session, item.id)
    after = list(_rows(session, item, before, to))
    if [_stated(one.row.model_dump()) for one in before] == [_stated(row) for row in after]:
        return False
    assignments.replace(session, item.id, after)
    facts = _facts(before, assignments.of_item(session, item.id))
    wanted = Wanted(
        move=Move.REASSIGN,
        actor=said.actor,
        as_of=said.as_of,
        reason=said.reason,
        document=said.document,
        facts=facts,
    )
    move_item(session, item, wanted, now=said.now)
    former, present = facts["answering"]
    if former != present:
        _withdraw_wish(session, item, said)
    _tell_anew(session, item, said)
    return True


def _withdraw_wish(session: Session, item: WorkItem, said: Said) -> None:
    """Withdraw the extension that the former lead asked for: the new one has its own reasons."""
    ending = Ending(move=Move.REASSIGN, actor=said.actor, as_of=said.as_of)
    entries = list(extension_withdrawn(session, item, ending))
    events.append(session, lives.office_of(session, item), entries, at=said.now)


def _rows(
    session: Session, item: WorkItem, before: Sequence[Assigned], to: NewUnits
) -> Iterator[dict[str, Any]]:
    """Give the rows of the new units: one lead that the office named, all others in support."""
    office_id = lives.office_of(session, item)
    lead_id = unit_named(session, office_id, to.lead)
    if session.get_one(Unit, lead_id).kind is UnitKind.COLLECTIVE:
        raise UsageError(f"“{to.lead}”是统称，不能牵头", advice="请写明一个单位。")
    yield _row(lead_id, Relation.LEAD)
    seen = {lead_id}
    for unit_id, collective_id in _supporting(session, office_id, before, to):
        if unit_id not in seen:
            seen.add(unit_id)
            yield _row(unit_id, Relation.SUPPORTING, collective_id)


def _supporting(
    session: Session, office_id: UUID, before: Sequence[Assigned], to: NewUnits
) -> Iterator[tuple[UUID, UUID | None]]:
    """Give the units in support, and the collective through which each is one."""
    if to.supporting is None:
        others = (one.row for one in before if one.row.relation is not Relation.LEAD)
        yield from ((row.unit_id, row.collective_id) for row in others)
        return
    members = roster.members_of_collectives(session, office_id)
    for name in to.supporting:
        unit_id = unit_named(session, office_id, name)
        if unit_id in members:
            yield from ((member, unit_id) for member in members[unit_id])
        else:
            yield unit_id, None


def _row(unit_id: UUID, relation: Relation, collective_id: UUID | None = None) -> dict[str, Any]:
    return {
        "unit_id": unit_id,
        "relation": relation,
        "answers": relation is Relation.LEAD,
        "is_inferred": False,
        "collective_id": collective_id,
    }


def _stated(row: dict[str, Any]) -> dict[str, Any]:
    names = ("unit_id", "relation", "answers", "is_inferred", "collective_id")
    return {name: row[name] for name in names}


def _facts(before: Sequence[Assigned], after: Sequence[Assigned]) -> dict[str, Any]:
    """Return who answered and who supported, before and after, as the record keeps it."""
    sides = (before, after)
    return {
        "answering": [[one.unit_name for one in side if one.row.answers] for side in sides],
        "supporting": [[one.unit_name for one in side if not one.row.answers] for side in sides],
        "inferred": [any(one.row.is_inferred for one in side) for side in sides],
    }


def _tell_anew(session: Session, item: WorkItem, said: Said) -> None:
    """Put on the ledger what the new lead is to sign for and to report; drop what others were."""
    office_id = lives.office_of(session, item)
    office_unit = plans.office_unit(session, office_id)
    assignments.withdraw_untold(session, item.id, today=said.as_of)
    step = Step(rule="R09", name=f"reassigned-{said.as_of}", planned_on=said.as_of)
    occasion = Occasion(
        office_id=office_id, step=step, period=said.as_of.isoformat(), recorded_on=said.as_of
    )
    unsigned = signing.waiting_since(
        item.plan_id, said.as_of, office_unit_id=office_unit.id, today=said.as_of
    )
    acts.record(session, occasion, unsigned.where(col(WorkItem.id) == item.id))
    for found in assignments.open_rounds(session, item.plan_id):
        of_round = replace(
            occasion,
            step=replace(step, rule="R06"),
            period=found.period,
            round_id=found.id,
        )
        owed = rounds.owing(found.id, office_unit_id=office_unit.id, item_id=item.id)
        acts.record(session, of_round, owed)
