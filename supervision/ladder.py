"""Which rung of the ladder (督办梯级) an unfinished item calls for today (R17-R21)."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from supervision.policy import LadderRules
from supervision.vocabulary import NoticeState, Rung
from supervision.working_days import WorkingDays

FORMAL = (Rung.BLUE, Rung.YELLOW, Rung.RED, Rung.INTERVIEW)  # each a paper that is signed
ABOVE = dict(pairwise(FORMAL))
REACHED_ITS_UNIT = frozenset({NoticeState.DELIVERED, NoticeState.ACKNOWLEDGED, NoticeState.LAPSED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Climb:
    """Where an open item is on the ladder: its current due date and its last notice in force.

    `reds_in_a_row` counts the unanswered red notices its unit got one after the other, this one
    included; `yellows` the yellow notices the item was issued in all its cycles (R19).
    """

    due_on: date | None
    is_red: bool = False  # by progress or missed reports (R14), whatever its date
    historic: bool = False
    settled_on: date | None = None  # a historic item's ladder begins after this day (R24)
    frozen_until: date | None = None  # by an undecided extension (R21)
    last_rung: Rung = Rung.NONE
    last_state: NoticeState | None = None
    reds_in_a_row: int = 0
    yellows: int = 0


def next_rung(climb: Climb, rules: LadderRules, calendar: WorkingDays, *, today: date) -> Rung:
    """Return the rung to draft a notice for today, NONE when there is none.

    The first rung opens on the first working day the item is overdue or red. One above it opens
    when the notice before it was delivered and its limit lapsed (R20), so at most one a day; an
    interview also where R19 says so. Nothing opens for a historic item before the office has
    settled it (R24), while an extension holds it (R21), on a day off, or in a year whose holidays
    are not published (R04).
    """
    if climb.historic or not (climb.is_red or _is_overdue(climb, today)):
        return Rung.NONE
    if climb.frozen_until is not None and today <= climb.frozen_until:
        return Rung.NONE
    if not (calendar.is_published(today) and calendar.is_working_day(today)):
        return Rung.NONE
    if climb.last_rung is Rung.NONE:
        return rules.first_rung.value
    return _above(climb, rules)


def _is_overdue(climb: Climb, today: date) -> bool:
    """Return whether the due date lies behind; for a settled item both days do."""
    return climb.due_on is not None and today > max(climb.due_on, climb.settled_on or climb.due_on)


def _above(climb: Climb, rules: LadderRules) -> Rung:
    if climb.last_state is NoticeState.LAPSED:
        return ABOVE.get(climb.last_rung, Rung.NONE)
    if climb.last_rung is Rung.RED and climb.last_state in REACHED_ITS_UNIT:
        return Rung.INTERVIEW if interview_reason(climb, rules) else Rung.NONE
    return Rung.NONE


def interview_reason(climb: Climb, rules: LadderRules) -> str | None:
    """Return why a red notice calls for an interview before it has lapsed (R19), None when not."""
    limits = rules.interviews.value
    if climb.reds_in_a_row >= limits.reds_in_a_row:
        return f"该单位连续{climb.reds_in_a_row}次被红色督办"
    if climb.yellows >= limits.yellows_before_red:
        return f"该事项{climb.yellows}次黄色督办后又被红色督办"
    return None


def reply_due_on(delivered_on: date, reply_days: int, calendar: WorkingDays) -> date | None:
    """Return the last day to answer a notice, working days after its delivery (R18).

    None while the calendar does not reach that far: no such date rests on a presumption (R04).
    """
    last = calendar.shift(delivered_on, reply_days)
    is_known = calendar.is_published(delivered_on) and calendar.is_published(last)
    return last if is_known else None
