"""What an item's life comes to, told a second time and as simply as can be (REL23).

It knows the rules in words, not the engine: states, one ladder of four rungs, dates counted on the
published calendar. The state machine holds the engine against it.
"""

from dataclasses import dataclass, field
from datetime import date

from supervision.vocabulary import ItemState, NoticeState, ObligationState, Rung
from supervision.working_days import WorkingDays

S, N, O = ItemState, NoticeState, ObligationState  # noqa: E741 - as the words are
RUNGS = [Rung.BLUE, Rung.YELLOW, Rung.RED, Rung.INTERVIEW]
DAYS_TO_ANSWER = {Rung.BLUE: 10, Rung.YELLOW: 5, Rung.RED: 3}
WAITS = (N.DELIVERED, N.ACKNOWLEDGED)
GONE = (N.WITHDRAWN, N.SUPERSEDED)


@dataclass
class Paper:
    """One notice: its rung, where it stands, what it was drafted for, and when it came."""

    rung: Rung
    cycle: int
    due_on: date
    state: NoticeState = N.DRAFT
    answer_by: date | None = None


@dataclass
class Item:
    """One item as the rules say it must stand."""

    due_on: date
    state: ItemState = S.ASSIGNED
    cycle: int = 1
    is_extended: bool = False
    reported: ObligationState = O.OPEN
    papers: list[Paper] = field(default_factory=list)

    @property
    def is_worked_on(self) -> bool:
        """Whether its date can call for anything."""
        return self.state in (S.ASSIGNED, S.IN_PROGRESS)

    @property
    def last(self) -> Paper | None:
        """Its last notice in force in this life."""
        there = [p for p in self.papers if p.cycle == self.cycle and p.state not in GONE]
        return there[-1] if there else None

    def extend(self, until: date) -> None:
        """Give it a later date; whatever was drafted was about the earlier one."""
        if any(paper.cycle == self.cycle for paper in self.papers):
            self.cycle += 1
        self.due_on, self.is_extended = until, True

    def issue(self, today: date, calendar: WorkingDays) -> None:
        """Sign, number and deliver its draft; the one below is superseded."""
        for paper in self.papers:
            if paper.cycle == self.cycle and paper.state is N.LAPSED:
                paper.state = N.SUPERSEDED
        paper = self.papers[-1]
        paper.state = N.ISSUED if paper.rung is Rung.INTERVIEW else N.DELIVERED
        if paper.rung in DAYS_TO_ANSWER:
            paper.answer_by = calendar.shift(today, DAYS_TO_ANSWER[paper.rung])

    def sweep(self, today: date, calendar: WorkingDays, *, closes_on: date) -> None:
        """Let a day's sweep pass over it: drafts go, time runs out, at most one rung opens."""
        if today >= closes_on and self.reported is O.OPEN:
            self.reported = O.LIFTED if self.state is S.CLOSED else O.MISSED
        self._withdraw()
        if not self.is_worked_on:
            return
        last = self.last
        if last is not None and last.state in WAITS and (last.answer_by or today) < today:
            last.state = N.LAPSED
        if today <= self.due_on or not calendar.is_working_day(today):
            return
        if last is None:
            self.papers.append(Paper(Rung.BLUE, self.cycle, self.due_on))
        elif last.state is N.LAPSED and last.rung is not Rung.INTERVIEW:
            above = RUNGS[RUNGS.index(last.rung) + 1]
            self.papers.append(Paper(above, self.cycle, self.due_on))

    def _withdraw(self) -> None:
        for paper in self.papers:
            is_meant = paper.cycle == self.cycle and paper.due_on == self.due_on
            if paper.state is N.DRAFT and not (self.is_worked_on and is_meant):
                paper.state = N.WITHDRAWN
