"""The office a replay is played in: a copy of its own, a clock that is turned, no way out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from db import plans
from db.engine import reading, transaction
from db.plan_tables import Plan
from db.schema import require_current, upgrade
from db.scratch import copy_plans, open_scratch
from notifications.message import RecordingChannel
from services.office import SHANGHAI, Office
from services.start import start
from supervision.errors import NotConfiguredError
from supervision.vocabulary import ChannelKind

MORNING, AFTERNOON = time(9), time(15)


class VirtualClock:
    """Stands where it is put: a replay's days begin at nine in Shanghai and wait for nobody."""

    def __init__(self, day: date) -> None:
        self.turn_to(day)

    def turn_to(self, day: date, at: time = MORNING) -> None:
        """Make it that time of that day in Shanghai."""
        self._moment = datetime.combine(day, at, SHANGHAI)

    def go_forward(self, span: timedelta) -> None:
        """Let time pass."""
        self._moment += span

    def __call__(self) -> datetime:
        """Return the moment it stands at."""
        return self._moment


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """Where a replay takes place: the copied office, its clock, and all that was sent."""

    office: Office
    clock: VirtualClock
    sent: RecordingChannel
    is_bundled: bool  # the plan that duban ships, for want of one that was adopted

    def open_channel(self, kind: ChannelKind) -> RecordingChannel:
        """Return the one channel there is, whatever kind is asked for."""
        del kind
        return self.sent


@contextmanager
def staged(office: Office, *, first: date) -> Iterator[Stage]:
    """Give a stage with the plans an office adopted, or the bundled one when it has none.

    Everything the replay writes, papers included, lies in a folder that goes away at the end.
    """
    with TemporaryDirectory(prefix="duban-simulate-") as name:
        folder = Path(name)
        clock = VirtualClock(first)
        engine = open_scratch(folder)
        settings = office.settings.model_copy(update={"data_dir": folder, "database_url": None})
        copy = Office(settings=settings, engine=engine, now=clock)
        try:
            is_bundled = not _has_plan(office)
            if is_bundled:
                start(copy)
            else:
                _copied(office, copy)
            yield Stage(office=copy, clock=clock, sent=RecordingChannel(), is_bundled=is_bundled)
        finally:
            engine.dispose()


def _has_plan(office: Office) -> bool:
    try:
        require_current(office.engine)
    except NotConfiguredError:
        return False
    with office.reading() as session:
        return plans.the_office(session) is not None


def _copied(office: Office, copy: Office) -> None:
    upgrade(copy.engine)
    with reading(office.engine) as source, transaction(copy.engine) as target:
        copy_plans(source, target)


def played(stage: Stage, code: str | None) -> Plan:
    """Return the plan that is replayed."""
    from services.plans import the_plan  # noqa: PLC0415

    with stage.office.reading() as session:
        return the_plan(session, code)
