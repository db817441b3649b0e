"""The forecast (未来30天会发什么): what the rules send if nobody acts, from today's state.

Not computed a second time: a copy of the database is swept and delivered day by day (ADR 0028).
"""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from db.engine import reading, transaction
from db.schema import upgrade
from db.scratch import copy_all, open_scratch
from notifications.message import RecordingChannel
from services.delivery import deliver
from services.office import SHANGHAI, Office
from services.simulating.coming import Forecast, on_record, what_comes
from services.simulating.scratch import MORNING, Stage, VirtualClock
from services.tick import tick
from supervision.errors import UsageError

USUAL_DAYS, MOST_DAYS = 30, 366
_ONE_AT_A_TIME = Lock()  # Alembic's context is one for the whole process


def forecast(office: Office, *, days: int = USUAL_DAYS) -> Forecast:
    """Return what today and the days after it bring, so many in all, if nobody does anything.

    The office's database is read once, in one state, and never written to; its copy is a SQLite
    file in a folder that goes away. What has been sent today is not in it.
    """
    if not 1 <= days <= MOST_DAYS:
        raise UsageError(f"不能预告 {days} 天", advice=f"可预告 1 至 {MOST_DAYS} 天。")
    first = office.today()
    with _ONE_AT_A_TIME, TemporaryDirectory(prefix="duban-forecast-") as name:
        stage = _copied(office, Path(name))
        try:
            return _lived(stage, [first + timedelta(days=number) for number in range(days)])
        finally:
            stage.office.engine.dispose()


def _copied(office: Office, folder: Path) -> Stage:
    """Return the office as it stands, on its own clock, with one channel that keeps everything.

    Settings stay, so that papers that wait to be sent are found; what is written goes elsewhere.
    """
    engine = open_scratch(folder)
    upgrade(engine)
    with reading(office.engine) as source, transaction(engine) as target:
        copy_all(source, target)
    clock = VirtualClock(office.today())
    clock.turn_to(office.today(), max(MORNING, office.now().astimezone(SHANGHAI).time()))
    copy = replace(office, engine=engine, now=clock, scratch=folder / "files")
    return Stage(office=copy, clock=clock, sent=RecordingChannel(), is_bundled=False)


def _lived(stage: Stage, days: list[date]) -> Forecast:
    with stage.office.reading() as session:
        before = on_record(session)
    circulars: Counter[date] = Counter()
    for day in days:
        if day != days[0]:
            stage.clock.turn_to(day)
        circulars[day] = tick(stage.office, today=day).circulars_drafted
        deliver(stage.office, stage.open_channel)
    with stage.office.reading() as session:
        return what_comes(session, before, circulars)
