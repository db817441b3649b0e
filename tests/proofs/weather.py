"""A small world with faults, all drawn from one seed: clock, kills, relay and disk (REL29)."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from sqlite3 import OperationalError as DiskError
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from db.engine import open_engine
from db.schema import upgrade
from notifications.message import Outcome, OutgoingMessage, Verdict
from services.delivery import deliver
from services.office import Office
from services.plans import the_plan
from services.settings import read_settings
from services.simulating.playing import Player
from services.simulating.scratch import AFTERNOON, Stage, staged
from services.simulating.scripts import script_named
from services.tick import tick
from supervision.errors import DubanError
from supervision.vocabulary import ChannelKind
from tests.builders import adopt_plan, an_item
from tests.clock import Clock

FIRST = date(2024, 12, 2)
CALM = 4  # days at the end on which nothing goes wrong, so that all can come to its end
ITEMS = 2  # of each bureau
TEN_MINUTES = timedelta(minutes=10)
DUE = (date(2024, 12, 10), date(2024, 12, 31), date(2025, 1, 31), None)
VERDICTS = (Verdict.DEFERRED, Verdict.UNAVAILABLE, Verdict.REFUSED, Verdict.IN_DOUBT)


class KilledError(BaseException):
    """The process is gone: nothing in it may catch this."""


@dataclass
class Relay:
    """What takes the messages: it may refuse, falter, or die with its sender in mid-air."""

    draw: random.Random
    accepted: Counter[str] = field(default_factory=Counter)  # copies on the wire by Message-ID
    is_rough: bool = False
    name: str = "relay"

    def deliver(self, message: OutgoingMessage) -> Outcome:
        chance = self.draw.random() if self.is_rough else 1.0
        if chance < 0.02:
            raise KilledError
        if chance < 0.15:
            return Outcome(verdict=self.draw.choice(VERDICTS), reason="weather")
        self.accepted[message.message_id] += 1
        if chance < 0.17:
            raise KilledError  # it was taken, and nobody lived to write that down
        return Outcome(verdict=Verdict.ACCEPTED)

    def describe(self) -> str:
        return "relay://"

    def close(self) -> None:
        """Hold nothing."""


@dataclass
class World:
    """One office of so many bureaus, its script, its relay and its weather."""

    stage: Stage
    relay: Relay
    draw: random.Random
    player: Player
    strikes_in: int = 0  # statements until the next blow; 0: none comes
    strikes_disk: bool = False
    blows: int = 0

    def live(self, days: int) -> None:
        """Live through the days: faults first, then a few calm ones."""
        day = FIRST
        for number in range(days):
            self.relay.is_rough = number < days - CALM
            day += timedelta(days=self._step())
            self._morning(day)
            self.stage.clock.turn_to(day, AFTERNOON)
            self._under_weather(lambda day=day: self.player.play(day))
            self._post()

    def _step(self) -> int:
        """Return to which day the clock goes: mostly the next, now and then over some days."""
        is_outage = self.relay.is_rough and self.draw.random() < 0.05
        return self.draw.randrange(2, 6) if is_outage else 1

    def _morning(self, day: date) -> None:
        clock = self.stage.clock
        clock.turn_to(day)
        for _ in range(3 if self.relay.is_rough else 1):
            self._sweep()
            self._post()
        if self.relay.is_rough and self.draw.random() < 0.1:
            back = timedelta(days=self.draw.randrange(1, 3))
            clock.go_forward(-back)  # it was set wrong, and is set right again
            self._sweep()
            self._post()
            clock.go_forward(back)
        self._sweep_until_done(day)

    def _sweep(self) -> None:
        office = self.stage.office
        self._under_weather(lambda: tick(office, today=office.today()))

    def _sweep_until_done(self, day: date) -> None:
        """Sweep once more in good weather, as cron would until it comes out."""
        rough, self.relay.is_rough = self.relay.is_rough, False
        tick(self.stage.office, today=day)
        self.relay.is_rough = rough

    def _post(self) -> None:
        clock, office = self.stage.clock, self.stage.office
        for _ in range(3):
            self._under_weather(lambda: deliver(office, self.stage.open_channel))
            clock.go_forward(TEN_MINUTES)  # the next run; what a killed one claimed is free then

    def _under_weather(self, act: Any) -> None:  # noqa: ANN401 - anything done
        if self.relay.is_rough and self.draw.random() < 0.3:
            self.strikes_in = self.draw.randrange(1, 120)
            self.strikes_disk = self.draw.random() < 0.4
        try:
            act()
        except (KilledError, DubanError):
            self.blows += 1
        finally:
            self.strikes_in = 0

    def strike(self, *_statement: object) -> None:
        """Let the blow fall when its statement has come."""
        if not self.strikes_in:
            return
        self.strikes_in -= 1
        if self.strikes_in:
            return
        if self.strikes_disk:
            full = DiskError("database or disk is full")
            raise OperationalError("a statement", {}, full)
        raise KilledError


@dataclass(frozen=True, slots=True)
class _Sink(Stage):
    """A stage whose messages go to the world's relay."""

    relay: Any = None

    def open_channel(self, kind: ChannelKind) -> Any:  # noqa: ANN401 - the relay
        del kind
        return self.relay


@contextmanager
def a_world(seed: int, folder: Path, *, bureaus: int) -> Iterator[World]:
    """Give a world whose every fault comes from the seed."""
    draw = random.Random(seed)
    engine = open_engine(f"sqlite:///{folder / 'real.db'}")
    upgrade(engine)
    office = Office(read_settings(data_dir=folder), engine, Clock(FIRST))
    items = [
        an_item(f"T{number:03d}", due_on=draw.choice(DUE), lead=f"区第{number // ITEMS + 1}局")
        for number in range(1, bureaus * ITEMS + 1)
    ]
    adopt_plan(office, *items)
    with staged(office, first=FIRST) as made:
        relay = Relay(draw)
        stage = _Sink(
            office=made.office, clock=made.clock, sent=made.sent, is_bundled=False, relay=relay
        )
        with stage.office.reading() as session:
            plan = the_plan(session, None)
        player = Player(stage=stage, plan=plan, script=script_named("realistic"))
        world = World(stage=stage, relay=relay, draw=draw, player=player)
        event.listen(stage.office.engine, "before_cursor_execute", world.strike)
        yield world
    engine.dispose()
