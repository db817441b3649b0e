"""Which rung of the ladder (督办梯级) an unfinished item calls for today (R17)."""

from dataclasses import dataclass
from datetime import date

from supervision.policy import Policy
from supervision.vocabulary import Rung
from supervision.working_days import WorkingDays


@dataclass(frozen=True, kw_only=True, slots=True)
class Climb:
    """Where an open item is on the ladder: its current due date and the notice drafted last."""

    due_on: date
    historic: bool = False
    settled_on: date | None = None  # a historic item's ladder begins after this day (R24)
    frozen_until: date | None = None  # by an undecided extension (R21)
    last_rung: Rung = Rung.NONE


def next_rung(climb: Climb, policy: Policy, calendar: WorkingDays, *, today: date) -> Rung:
    """Return the rung to draft a notice for today, NONE when there is none.

    The first rung opens on the first working day the item is overdue. It never opens for a historic
    item before the office has settled it (R24), while an extension holds it (R21), on a day off, or
    in a year whose holidays are not published (R04). The rungs above it need a delivered notice and
    a lapsed limit (R20).
    """
    if climb.historic or today <= max(climb.due_on, climb.settled_on or climb.due_on):
        return Rung.NONE
    if climb.frozen_until is not None and today <= climb.frozen_until:
        return Rung.NONE
    if not (calendar.is_published(today) and calendar.is_working_day(today)):
        return Rung.NONE
    if climb.last_rung is not Rung.NONE:
        return Rung.NONE
    return policy.first_rung.value
