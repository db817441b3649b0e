"""What can be decided about one item now: what was asked, said or set that a decision answers."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from db import close_outs, dossiers, extensions, light_overrides, lives
from db.life_tables import CloseOut, Extension
from db.light_tables import LightOverride, UnableJudgement
from db.plan_tables import WorkItem
from db.record_tables import Event
from supervision.closing import lacking
from supervision.lifecycle import MOVES
from supervision.rights import RIGHTS, Actor, refusal_of
from supervision.standing import LISTED_STATES
from supervision.vocabulary import ItemEvent, Move, Permission


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """Where an item stands for those who decide; what is None does not wait or hold."""

    item: WorkItem
    extension: Extension | None
    close_out: CloseOut | None
    dispute: Event | None  # the last one, unanswered
    override: LightOverride | None
    unable: UnableJudgement | None
    lacks: list[str]  # of what closing it out needs (R25)

    @property
    def has_a_light(self) -> bool:
        """Whether a light shines at all, so that a person may set it."""
        return self.item.state in LISTED_STATES

    def allows(self, move: Move) -> bool:
        """Return whether the table of moves lets the item make this move from where it stands."""
        rule = MOVES[move]
        return self.item.state in rule.from_states and (
            self.item.historic or not rule.historic_only
        )


def situation_of(session: Session, item: WorkItem, *, today: date) -> Situation:
    """Return what there is to decide about an item."""
    return Situation(
        item=item,
        extension=extensions.open_one(session, item.id),
        close_out=close_outs.open_one(session, item.id),
        dispute=_dispute(session, item.id),
        override=light_overrides.in_force(session, item.id, as_of=today),
        unable=light_overrides.standing_unable(session, item),
        lacks=lacking(close_outs.proof_of(session, item)),
    )


def _dispute(session: Session, item_id: UUID) -> Event | None:
    acts = (ItemEvent.DISPUTE, ItemEvent.ANSWER_DISPUTE)
    said = [event for event in dossiers.events_about(session, item_id) if event.act in acts]
    return said[-1] if said and said[-1].act == ItemEvent.DISPUTE else None


def may(session: Session, needed: Permission, actor: Actor, item: WorkItem) -> bool:
    """Return whether somebody may do this to an item, as the table of rights has it."""
    concerned = lives.concerned(session, item.id) if RIGHTS[needed].depends_on_units else None
    return refusal_of(needed, actor, concerned) is None
