"""How an item stands on a day: the facts its light is judged from, and the days it is overdue."""

from dataclasses import dataclass
from datetime import date

from supervision.progress import Expectation
from supervision.vocabulary import DeadlineKind, ItemKind, ItemState, Light

OPEN_STATES = frozenset({ItemState.REGISTERED, ItemState.ASSIGNED, ItemState.IN_PROGRESS})
LISTED_STATES = OPEN_STATES | {ItemState.SUBMITTED}
ALL_OF_IT = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported:
    """What came in on an item, as of a day.

    `percent` is from the latest report that says one and was not sent back; `returned_for` why the
    last report was sent back and has not come again; `missed` the rounds that ended without any
    report, one after the other, up to now. A round in which nothing was owed counts neither way.
    """

    percent: int | None = None
    reported_on: date | None = None  # the day `percent` is of
    is_on_record: bool = False  # the last report asked for came in and stands
    returned_on: date | None = None
    returned_for: str | None = None
    missed: tuple[str, ...] = ()  # quarters, the last one first
    missed_since: tuple[date, ...] = ()  # the days those rounds were closed


@dataclass(frozen=True, kw_only=True, slots=True)
class Unable:
    """A person's judgement that an item cannot be finished in time (难以按期)."""

    reason: str
    by: str
    since: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Override:
    """A light that a person set (R32); on `expires_on` it holds no more."""

    light: Light
    reason: str
    by: str
    since: date
    expires_on: date


NOTHING_REPORTED = Reported()


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What a light is judged from; `due_on` is the current due date, None where there is none.

    `expectation` is how far the item should have been at the last quarter's end, None where nobody
    looked; `rounds_begun` how many rounds of its plan had been opened.
    """

    state: ItemState
    due_on: date | None
    historic: bool = False
    submitted_on: date | None = None
    kind: ItemKind = ItemKind.TASK
    deadline_kind: DeadlineKind = DeadlineKind.YEAR
    reported: Reported = NOTHING_REPORTED
    expectation: Expectation | None = None
    rounds_begun: int = 0
    unable: Unable | None = None
    override: Override | None = None

    @property
    def behind(self) -> int | None:
        """Percentage points behind what was expected, 0 when not behind, None without a basis.

        Who reported all of it, or asked for the close-out, says that nothing is left to do: whether
        that is so is for the review to find.
        """
        percent = self.reported.percent
        if percent is None:
            return None
        if percent == ALL_OF_IT or self.state is ItemState.SUBMITTED:
            return 0
        if self.expectation is None or self.expectation.percent is None:
            return None
        return max(self.expectation.percent - percent, 0)

    @property
    def has_missed_milestone(self) -> bool:
        """Whether the last milestone due was not reached, by the unit's own report."""
        by_milestone = self.expectation is not None and self.expectation.milestone is not None
        return by_milestone and bool(self.behind)


def days_overdue(standing: Standing, *, today: date) -> int:
    """Return the calendar days past the due date, 0 when on time; the due day itself is on time.

    A close-out asked for by the due date stops the count; asked for later, it does not (R14, §2).
    """
    if standing.due_on is None or standing.state not in LISTED_STATES:
        return 0
    asked = standing.submitted_on if standing.state is ItemState.SUBMITTED else None
    if asked is not None and asked <= standing.due_on:
        return 0
    return max((today - standing.due_on).days, 0)
