"""One idempotent sweep: whatever today calls for, once, whoever asks and however often."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session

from db import calendar_days, events, plans, sweeps
from db.plan_tables import Plan
from services import circular_drafts, digests, notices, reminders, rounds, signing
from services.days import day_of_act
from services.office import Office
from services.plans import chosen, the_office
from services.rounds import Day
from services.sound_clock import require_sound
from supervision.reminders import Window
from supervision.vocabulary import SweepPart
from supervision.working_days import WorkingDays

ALL_PARTS = tuple(SweepPart)
# What each flow sweeps. A part follows what it builds on, so that flows may come in any order.
FLOW_PARTS = {
    "quarterly-dispatch": (SweepPart.ROUNDS,),
    "overdue-detection": (SweepPart.ROUNDS, SweepPart.JUDGING),
    "deadline-reminders": (SweepPart.ROUNDS, SweepPart.JUDGING, SweepPart.DIGESTS),
    "supervision-notices": (SweepPart.NOTICES,),
    "quarterly-circular": (SweepPart.ROUNDS, SweepPart.CIRCULARS),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Swept:
    """What one sweep added; `already_done` when an earlier sweep had done all of it."""

    as_of: date
    covered_from: date
    rounds_opened: int
    messages_queued: int
    notices_drafted: int
    circulars_drafted: int
    already_done: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """What one part of the sweep came to in its own transaction."""

    part: SweepPart
    covered_from: date
    _: KW_ONLY
    added: int
    is_done_before: bool


@dataclass(slots=True)
class _Run:
    """One sweep's office and day, and what its parts share: each is read once, when first asked."""

    office: Office
    today: date
    _calendar: WorkingDays | None = None
    _office_units: dict[UUID, UUID] = field(default_factory=dict)

    def calendar(self, session: Session) -> WorkingDays:
        """Return the office's calendar."""
        if self._calendar is None:
            self._calendar = calendar_days.working_days(session)
        return self._calendar

    def office_unit_id(self, session: Session, office_id: UUID) -> UUID:
        """Return the unit that is the office itself."""
        if office_id not in self._office_units:
            self._office_units[office_id] = plans.office_unit(session, office_id).id
        return self._office_units[office_id]


def tick(
    office: Office,
    *,
    today: date,
    parts: Sequence[SweepPart] = ALL_PARTS,
    plan_code: str | None = None,
    is_trial: bool = False,
) -> Swept:
    """Do what the day calls for and return what was added; a second call adds nothing.

    Days missed since the last sweep are covered by this one. A day before the last swept one adds
    nothing; a day still to come is refused once real channels are in use (NotConfiguredError).
    Each part has its own transaction, and the row that says it was done stands in the same one.
    A trial does all of it in one transaction and keeps nothing.
    """
    with office.reading() as session:
        require_sound(session, office.now())
        adopted = chosen(session, plan_code)
        day_of_act(session, office, today)
    run = _Run(office, today)
    due = [(part, plan) for part in parts for plan in _scopes(part, adopted)]
    if is_trial:
        with office.trial() as session:
            return _summed([_sweep(session, run, *each) for each in due], today)
    results = []
    for each in due:
        with office.transaction() as session:
            results.append(_sweep(session, run, *each))
    return _summed(results, today)


def rehearse(session: Session, office: Office, *, today: date) -> None:
    """Do what a sweep does up to the digests, in the caller's trial, which keeps nothing of it."""
    adopted = chosen(session, None)
    run = _Run(office, today)
    for part in (SweepPart.ROUNDS, SweepPart.JUDGING, SweepPart.DIGESTS):
        for plan in _scopes(part, adopted):
            _sweep(session, run, part, plan)


def _scopes(part: SweepPart, adopted: Sequence[Plan]) -> list[Plan]:
    """Return a part's scopes: each plan, but digests once, as a unit gets one for all plans."""
    return list(adopted[:1] if part is SweepPart.DIGESTS else adopted)


def _sweep(session: Session, run: _Run, part: SweepPart, plan: Plan) -> _Part:
    """Sweep one part of one scope for the run's day in the caller's transaction."""
    office, today = run.office, run.today
    scope = plan.office_id if part is SweepPart.DIGESTS else plan.id
    last = sweeps.last(session, part, scope)
    if last is not None and last.day >= today:
        return _Part(part, min(last.covered_from, today), added=0, is_done_before=True)
    since = plan.baseline_on if last is None else last.day + timedelta(days=1)
    if today < since:  # before the plan's first day
        return _Part(part, today, added=0, is_done_before=False)
    if not sweeps.claim(session, part, scope, covers=(since, today), at=office.now()):
        return _Part(part, since, added=0, is_done_before=True)
    day = Day(
        plan=plan,
        office_unit_id=run.office_unit_id(session, plan.office_id),
        window=Window(since=since, today=today),
        calendar=run.calendar(session),
        policy=office.policy,
        now=office.now(),
    )
    added = _act(session, office, part, day)
    if added:
        events.append(session, plan.office_id, [_entry(part, scope, day, added)], at=office.now())
    return _Part(part, since, added=added, is_done_before=False)


def _act(session: Session, office: Office, part: SweepPart, day: Day) -> int:
    """Do one part's work and return what it added."""
    if part is SweepPart.ROUNDS:
        return rounds.turn_rounds(session, day)
    if part is SweepPart.JUDGING:
        return (
            rounds.chase_reports(session, day)
            + signing.urge_signing(session, day)
            + reminders.record_due_acts(session, day)
        )
    if part is SweepPart.NOTICES:
        return notices.draft_due_notices(session, day)
    if part is SweepPart.CIRCULARS:
        return circular_drafts.draft_due(session, day)
    if not day.calendar.is_working_day(day.today):
        return 0  # what became due is on record; the next working day's digest tells it
    row = the_office(session)
    post = digests.Post(office=row, policy=day.policy, today=day.today, now=office.now())
    return digests.queue_digests(session, post)


def _entry(part: SweepPart, scope: UUID, day: Day, added: int) -> events.Entry:
    """Return what goes on record of a sweep, in the transaction of what it added."""
    return events.Entry(
        actor="duban",
        act=f"sweep_{part}",
        about_kind="sweep",
        about_id=scope,
        as_of=day.today,
        facts={
            "covered_from": day.window.since.isoformat(),
            "added": added,
            "policy": day.policy.version,
        },
    )


def _summed(results: Sequence[_Part], today: date) -> Swept:
    def added(part: SweepPart) -> int:
        return sum(result.added for result in results if result.part is part)

    return Swept(
        as_of=today,
        covered_from=min((result.covered_from for result in results), default=today),
        rounds_opened=added(SweepPart.ROUNDS),
        messages_queued=added(SweepPart.DIGESTS),
        notices_drafted=added(SweepPart.NOTICES),
        circulars_drafted=added(SweepPart.CIRCULARS),
        already_done=bool(results) and all(result.is_done_before for result in results),
    )
