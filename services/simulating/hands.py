"""Who acts in a replay: people made up for it, one for each desk, and what a turn brings them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from db.occasions import Waiting
from db.plan_tables import Plan, WorkItem
from services import extensions
from services.close_outs import Hand
from services.moves import item_named
from services.office import Office
from services.simulating.scripts import Rule
from supervision.rights import Actor
from supervision.vocabulary import Role

PLAYED = "（推演）"
AT_THE_DESK = Actor(name=f"调度员{PLAYED}", roles=frozenset({Role.OFFICE}))
REVIEWER = Actor(name=f"审核人{PLAYED}", roles=frozenset({Role.REVIEWER}))
APPROVER = Actor(name=f"签发人{PLAYED}", roles=frozenset({Role.APPROVER}))


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """One deed about to be done: in which transaction, by which rule, about what, on which day."""

    session: Session
    office: Office
    plan: Plan
    rule: Rule
    waiting: Waiting
    unit_id: UUID | None
    unit: str
    day: date
    percents: dict[str, int]  # how far each item was said to be, kept from turn to turn

    @property
    def item(self) -> WorkItem:
        """The item it is about, locked until it is done."""
        return item_named(self.session, self.plan, self.waiting.code)

    @property
    def head(self) -> Actor:
        """The head of the unit that answers for the item."""
        roles = frozenset({Role.LIAISON, Role.HEAD})
        return Actor(name=f"{self.unit}{PLAYED}", roles=roles, unit_id=self.unit_id)

    def hand(self, actor: Actor) -> Hand:
        """Return somebody's hand on a close-out or a notice."""
        return Hand(actor=actor, as_of=self.day, now=self.office.now())

    def hand_on_extension(self, actor: Actor) -> extensions.Hand:
        """Return somebody's hand on an extension."""
        return extensions.Hand(
            actor=actor, as_of=self.day, now=self.office.now(), policy=self.office.policy
        )

    def words(self, usual: str) -> str:
        """Return what is said: the rule's own words, or the usual ones."""
        return self.rule.say or usual
