"""The forecast held against what then happens: the same messages, drafts, rounds and days."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from db.engine import open_engine
from notifications.message import RecordingChannel
from services.delivery import deliver
from services.forecast import forecast
from services.office import Office
from services.settings import read_settings
from services.simulating.coming import Forecast, on_record, what_comes
from services.simulating.replay import Span, replay
from services.simulating.scratch import Stage, staged
from services.simulating.scripts import script_named
from services.tick import tick
from supervision.errors import UsageError
from supervision.vocabulary import MessageKind
from tests.clock import Clock
from tests.reporting import OPENS

ISSUED, TODAY = date(2024, 3, 3), date(2024, 4, 9)


def lived(office: Office, clock: Clock, days: int) -> Forecast:
    """Let the days come in earnest and return what they brought, put as a forecast puts it."""
    with office.reading() as session:
        before = on_record(session)
    first = office.today()
    circulars: dict[date, int] = {}
    for day in (first + timedelta(days=number) for number in range(days)):
        if day != first:
            clock.turn_to(day)
        circulars[day] = tick(office, today=day).circulars_drafted
        deliver(office, lambda _: RecordingChannel())
    with office.reading() as session:
        return what_comes(session, before, circulars)


def everything(office: Office) -> dict[str, list[tuple[object, ...]]]:
    with office.reading() as session:
        return {
            table.name: [tuple(row) for row in session.connection().execute(select(table))]
            for table in SQLModel.metadata.sorted_tables
        }


def test_what_is_forecast_is_what_happens_and_the_office_stays_as_it_is(
    reporting: Office, clock: Clock
) -> None:
    before = everything(reporting)

    told = forecast(reporting, days=40)

    assert everything(reporting) == before
    assert told == lived(reporting, clock, 40)
    assert told.first == OPENS
    assert any(one.is_queued for one in told.messages)
    assert {reason.rule for one in told.messages for reason in one.reasons} >= {"R07", "R08"}
    assert told.totals["circulars"] == 1


@contextmanager
def busy(folder: Path) -> Iterator[Stage]:
    """Give the issued plan after five weeks in which people did what people do."""
    engine = open_engine(f"sqlite:///{folder / 'none.db'}")
    nowhere = Office(read_settings(data_dir=folder), engine, Clock(ISSUED))
    with staged(nowhere, first=ISSUED) as stage:
        replay(stage, Span(first=ISSUED, last=TODAY), script_named("realistic"))
        yield stage
    engine.dispose()


def test_a_busy_office_is_told_what_becomes_of_it_when_everybody_stops(tmp_path: Path) -> None:
    with busy(tmp_path) as stage:
        clock = Clock(TODAY + timedelta(days=1))
        office = replace(stage.office, now=clock)

        told = forecast(office)

        assert told == lived(office, clock, 30)
        assert len(told.days) == 30
        assert told.drafts
        assert {one.kind for one in told.messages} == {MessageKind.DIGEST}
        assert all(one.reasons for one in told.messages)
        assert sum(day.messages for day in told.days) == told.totals["messages"] > 0


@pytest.mark.parametrize("days", [0, 367])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_forecast_of_no_day_or_of_years(office: Office, days: int) -> None:
    with pytest.raises(UsageError, match="不能预告"):
        forecast(office, days=days)
