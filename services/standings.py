"""The standing of many items as of a day: their facts read in a few queries, not one per item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from db import back_then, light_facts
from db.back_then import Moved
from db.light_facts import UnableOf
from db.plan_tables import WorkItem
from services.back_then import as_it_stood
from supervision.periods import Quarter
from supervision.progress import Course, Expectation, expected, measured_on
from supervision.report_record import RoundRecord, reported
from supervision.standing import Override, Standing, Unable


@dataclass(frozen=True, kw_only=True, slots=True)
class Standings:
    """All that the standings of some items are made of, as of a day."""

    as_of: date
    rounds: Mapping[UUID, Mapping[str, RoundRecord]]  # by item and quarter
    rounds_begun: Mapping[UUID, int]  # by plan
    milestones: Mapping[UUID, Mapping[Quarter, int]]
    overrides: Mapping[UUID, Override]
    unables: Mapping[UUID, Sequence[UnableOf]]
    due_dates: Mapping[UUID, date | None]  # of items whose date was moved since
    moves: Mapping[UUID, Sequence[Moved]]  # of items that were moved since, if the day is past

    def item(self, item: WorkItem) -> WorkItem:
        """Return an item as it stood on the day."""
        moves = self.moves.get(item.id, ())
        return as_it_stood(item, as_of=self.as_of, due_on=self.due_dates, moves=moves)

    def of(self, item: WorkItem) -> Standing:
        """Return the standing of an item on the day, whatever happened to it since."""
        then = self.item(item)
        return Standing(
            state=then.state,
            due_on=then.due_on,
            historic=then.historic,
            submitted_on=then.submitted_on,
            kind=then.kind,
            deadline_kind=then.deadline_kind,
            reported=reported(self.rounds.get(item.id, {}).values(), as_of=self.as_of),
            expectation=self._expectation(then),
            rounds_begun=self.rounds_begun.get(item.plan_id, 0),
            unable=self._unable(then),
            override=self.overrides.get(item.id),
        )

    def _expectation(self, item: WorkItem) -> Expectation:
        course = Course(
            kind=item.kind,
            starts_on=item.adopted_on,
            due_on=item.due_on,
            milestones=self.milestones.get(item.id, {}),
        )
        return expected(course, on=measured_on(self.as_of))

    def _unable(self, item: WorkItem) -> Unable | None:
        """Return the judgement that the item's present date cannot be kept; a moved one ends it."""
        stated = self.unables.get(item.id, ())
        about = (item.cycle, item.due_on)
        return next((one.said for one in stated if (one.cycle, one.due_on) == about), None)


def standings(
    session: Session,
    plan_ids: tuple[UUID, ...],
    about: Sequence[Any],
    *,
    as_of: date,
    is_past: bool = False,
) -> Standings:
    """Read what the standings of a plan's items are made of; `about` are conditions on WorkItem.

    `is_past` says that items may have been moved since the day, so that the record is asked.
    """
    rounds: dict[UUID, dict[str, RoundRecord]] = {}
    for item_id, record in light_facts.records(session, about, as_of=as_of):
        rounds.setdefault(item_id, {})[record.period] = record  # the last version stands
    return Standings(
        as_of=as_of,
        rounds=rounds,
        rounds_begun=light_facts.rounds_begun(session, plan_ids, as_of=as_of),
        milestones=light_facts.milestones(session, about),
        overrides=light_facts.overrides(session, about, as_of=as_of),
        unables=light_facts.unables(session, about, as_of=as_of),
        due_dates=back_then.due_dates(session, as_of=as_of),
        moves=back_then.moves(session, about, as_of=as_of) if is_past else {},
    )


def standing_of(session: Session, item: WorkItem, *, as_of: date) -> Standing:
    """Return the standing of one item on a day."""
    about = [col(WorkItem.id) == item.id]
    return standings(session, (item.plan_id,), about, as_of=as_of, is_past=True).of(item)
