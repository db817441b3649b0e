"""What an account may see: the office everything, a unit what concerns it (V8)."""

from supervision.rights import Actor, Concerned
from supervision.vocabulary import Role

SEES_ALL = frozenset({Role.OFFICE, Role.APPROVER, Role.REVIEWER, Role.SUPERVISOR})
OF_A_UNIT = frozenset({Role.LIAISON, Role.HEAD})
AT_THE_DESK = frozenset({Role.OFFICE, Role.APPROVER, Role.REVIEWER})


def sees_all(actor: Actor) -> bool:
    """Return whether the account reads every item, whatever its unit."""
    return bool(actor.roles & SEES_ALL)


def is_at_the_desk(actor: Actor) -> bool:
    """Return whether the account runs the office's work: dispatches, reviews or signs."""
    return bool(actor.roles & AT_THE_DESK)


def is_of_a_unit(actor: Actor) -> bool:
    """Return whether the account acts for a unit."""
    return actor.unit_id is not None and bool(actor.roles & OF_A_UNIT)


def sees(actor: Actor, concerned: Concerned) -> bool:
    """Return whether the account may know that the item exists."""
    return sees_all(actor) or (is_of_a_unit(actor) and actor.unit_id in concerned.responsible)
