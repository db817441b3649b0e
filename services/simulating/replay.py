"""The replay: day by day through the same sweep and the same delivery as in earnest."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from db import replays
from db.plan_tables import Plan
from db.work_items import Wanted
from services.delivery import deliver
from services.items import listed
from services.simulating.playing import Player
from services.simulating.scratch import AFTERNOON, Stage, played
from services.simulating.scripts import Script
from services.tick import tick
from supervision.errors import UsageError
from supervision.vocabulary import Light

MOST_DAYS = 3_660  # ten years
A_WEEK = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """The days of a replay, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a span that is empty, or so long that it can only be a slip of the pen."""
        if self.last < self.first:
            raise UsageError(f"{self.last} 早于 {self.first}", advice="请核对 --from 与 --to。")
        if (self.last - self.first).days >= MOST_DAYS:
            raise UsageError("推演超过十年", advice="请缩短 --from 与 --to 之间的时间。")

    def days(self) -> list[date]:
        """Return every day of it, days off included."""
        count = (self.last - self.first).days + 1
        return [self.first + timedelta(days=number) for number in range(count)]


@dataclass(frozen=True, kw_only=True, slots=True)
class DayCounts:
    """One day: what was overdue when it began, and what it added."""

    date: date
    is_working_day: bool
    overdue: int
    messages: int  # digests and papers queued
    notices: int  # drafted
    rounds: int  # opened
    acts: int  # that the script did

    @property
    def is_eventful(self) -> bool:
        """Whether anything happened on it."""
        return any((self.messages, self.notices, self.rounds, self.acts))


@dataclass(frozen=True, kw_only=True, slots=True)
class Replayed:
    """A replay that was played to its end; its stage still stands, to be asked."""

    stage: Stage
    plan: Plan
    span: Span
    script: Script
    days: list[DayCounts] = field(default_factory=list)
    lights: list[tuple[date, Counter[Light]]] = field(default_factory=list)  # week by week
    player: Player


def replay(
    stage: Stage,
    span: Span,
    script: Script,
    *,
    plan_code: str | None = None,
    with_lights: bool = False,
    sweeps: int = 1,
) -> Replayed:
    """Play the days one after the other and return what they came to.

    In the morning the day is swept and what it queued is delivered; in the afternoon the script's
    units and office act, and what they sent is delivered. `with_lights` also counts the lights once
    a week. `sweeps` above 1 does the morning again, which must add nothing.
    """
    plan = played(stage, plan_code)
    player = Player(stage=stage, plan=plan, script=script)
    done = Replayed(stage=stage, plan=plan, span=span, script=script, player=player)
    for day in span.days():
        stage.clock.turn_to(day)
        if with_lights and ((day - span.first).days % A_WEEK == 0 or day == span.last):
            done.lights.append((day, _lights(stage, plan, day)))
        done.days.append(_played_day(done, day, sweeps))
    return done


def _played_day(done: Replayed, day: date, sweeps: int) -> DayCounts:
    stage, before = done.stage, len(done.stage.sent.attempts)
    with stage.office.reading() as session:
        overdue = replays.overdue(session, done.plan.id, today=day)
    notices = rounds = 0
    for _ in range(sweeps):
        swept = tick(stage.office, today=day)
        _deliver(stage)
        notices += swept.notices_drafted
        rounds += swept.rounds_opened
    stage.clock.turn_to(day, AFTERNOON)
    acts = done.player.play(day)
    if acts:
        _deliver(stage)
    return DayCounts(
        date=day,
        is_working_day=done.player.calendar.is_working_day(day),
        overdue=overdue,
        messages=len(stage.sent.attempts) - before,
        notices=notices,
        rounds=rounds,
        acts=acts,
    )


def _deliver(stage: Stage) -> None:
    """Deliver as the ten-minute schedule does; on a day without post nobody is called."""
    with stage.office.reading() as session:
        is_anything_due = replays.is_anything_due(session)
    if is_anything_due:
        deliver(stage.office, stage.open_channel)


def _lights(stage: Stage, plan: Plan, day: date) -> Counter[Light]:
    with stage.office.reading() as session:
        lines = listed(session, Wanted(plan_ids=(plan.id,), as_of=day), stage.office.policy)
    return Counter(line.light for line in lines)
