"""An item as a person finds it on its page: what is known, and what he may do with it now."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from db import close_outs, evidence, extensions, lives, reports, rounds
from db.life_tables import EvidenceFile
from db.plan_tables import Plan, WorkItem
from db.record_tables import Obligation, Round
from services.dossiers import Dossier, dossier
from supervision.errors import UsageError
from supervision.lights import LISTED_STATES, OPEN_STATES
from supervision.policy import Policy
from supervision.rights import Actor, Concerned, refusal_of
from supervision.vocabulary import ItemState, Permission, RoundState

# What a person may set about on an item's page, as long as the item's state lets him.
BY_STATE = {
    Permission.ACKNOWLEDGE: (ItemState.ASSIGNED,),
    Permission.REPORT: LISTED_STATES,
    Permission.CONTRIBUTE: LISTED_STATES,
    Permission.ADD_EVIDENCE: (*LISTED_STATES, ItemState.SUSPENDED),
    Permission.ASK_EXTENSION: OPEN_STATES,
    Permission.ASK_CLOSE_OUT: OPEN_STATES,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemView:
    """An item's page: its dossier, the open round it is reported in, what may be done."""

    dossier: Dossier
    plan: str
    open_round: Round | None
    can: frozenset[Permission]


def item_view(
    session: Session, item: WorkItem, actor: Actor, policy: Policy, *, today: date
) -> ItemView:
    """Return an item's page for an actor who may see it."""
    concerned = lives.concerned(session, item.id)
    found = open_round(session, item, today=today)
    return ItemView(
        dossier=dossier(session, item, policy, today=today),
        plan=session.get_one(Plan, item.plan_id).title,
        open_round=found,
        can=_can(session, item, actor, concerned, is_open=found is not None),
    )


def _can(
    session: Session, item: WorkItem, actor: Actor, concerned: Concerned, *, is_open: bool
) -> frozenset[Permission]:
    can = {
        permission
        for permission, states in BY_STATE.items()
        if item.state in states and refusal_of(permission, actor, concerned) is None
    }
    if item.acknowledged_on is not None:
        can.discard(Permission.ACKNOWLEDGE)
    if not is_open:
        can -= {Permission.REPORT, Permission.CONTRIBUTE}
    if extensions.open_one(session, item.id) is not None or item.due_on is None:
        can.discard(Permission.ASK_EXTENSION)
    if close_outs.open_one(session, item.id) is not None:
        can.discard(Permission.ASK_CLOSE_OUT)
    return frozenset(can)


def open_round(session: Session, item: WorkItem, *, today: date) -> Round | None:
    """Return the round in which something is owed on the item now."""
    for found in reversed(rounds.of_plan(session, item.plan_id)):
        if found.state is RoundState.OPEN and today < found.closes_on:
            owed = reports.obligation(session, item, found.period, to_act=False)
            return None if owed is None else found
    return None


def owed_now(
    session: Session, item: WorkItem, *, today: date, to_act: bool = False
) -> tuple[Obligation, Round]:
    """Return what is owed on the item in the open round; UsageError when nothing is."""
    found = open_round(session, item, today=today)
    owed = None
    if found is not None:
        owed = reports.obligation(session, item, found.period, to_act=to_act)
    if found is None or owed is None:
        raise UsageError(f"{item.code}目前没有要报送的进展", advice="下一轮调度开启后再填报。")
    return owed, found


def said_by_unit(session: Session, item: WorkItem, unit_id: UUID, *, today: date) -> str:
    """Return what a supporting unit has added to the report that is owed now, empty for nothing."""
    found = open_round(session, item, today=today)
    owed = found and reports.obligation(session, item, found.period, to_act=False)
    said = owed and reports.contribution(session, owed.id, unit_id)
    return said.body if said else ""


def evidence_of(session: Session, item: WorkItem) -> list[EvidenceFile]:
    """Return the evidence an item has, in the order it was brought."""
    return evidence.of_item(session, item.id)


def plan_of(session: Session, item: WorkItem) -> Plan:
    """Return the plan an item belongs to."""
    return session.get_one(Plan, item.plan_id)
