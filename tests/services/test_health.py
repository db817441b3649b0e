"""What doctor tells, and calling for help when the sweeps have stopped."""

import socket
import time
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlmodel import select

from db.engine import open_engine
from db.plan_tables import ChannelAddress
from db.plan_tables import Office as OfficeRow
from db.record_tables import Sweep
from notifications.message import Outcome, RecordingChannel, Verdict
from services.alarms import alarm
from services.check_words import Check, Health
from services.delivery import deliver
from services.health import examine
from services.office import Office
from services.settings import read_settings
from services.sound_clock import ClockWentBackError
from services.tick import tick
from supervision.errors import NotConfiguredError
from supervision.vocabulary import ChannelKind, SweepPart
from tests.clock import Clock
from tests.people import unit_id
from tests.sinks.http import HttpSink

DAY = date(2025, 1, 2)


@pytest.fixture
def swept(zhanggong: Office, clock: Clock) -> Office:
    """An office that has swept 2025-01-02, on that day."""
    clock.turn_to(DAY)
    tick(zhanggong, today=DAY)
    return zhanggong


def check(checks: Sequence[Check], name: str) -> Check:
    """Return what was found of that name."""
    return next(found for found in checks if found.name == name)


def calling(office: Office, url: str) -> Office:
    """Return the office with a number to call for help."""
    settings = read_settings(
        data_dir=office.settings.data_dir,
        database_url=office.settings.database_url,
        alarm_url=url,
        channel_hosts=("127.0.0.1",),
    )
    return Office(settings, office.engine, office.now)


@pytest.mark.parametrize(
    ("hours", "state"),
    [(0, Health.OK), (26, Health.OK), (26.1, Health.FAILED), (300, Health.FAILED)],
)
def test_no_sweep_for_more_than_twenty_six_hours_is_a_failure(
    swept: Office, clock: Clock, hours: float, state: Health
) -> None:
    clock.go_forward(hours=hours)

    assert check(examine(swept), "最近一次处理").state is state


def test_a_part_that_fails_every_day_is_no_good_sweep(swept: Office, clock: Clock) -> None:
    for _ in range(2):
        clock.go_forward(days=1)
        parts = [part for part in SweepPart if part is not SweepPart.DIGESTS]
        tick(swept, today=swept.today(), parts=parts)

    assert check(examine(swept), "最近一次处理").state is Health.FAILED


def test_an_office_that_never_swept_is_told_after_a_day(zhanggong: Office, clock: Clock) -> None:
    first = check(examine(zhanggong), "最近一次处理").state
    clock.go_forward(hours=27)

    assert (first, check(examine(zhanggong), "最近一次处理").state) == (
        Health.WARNING,
        Health.FAILED,
    )


def test_days_that_were_missed_are_named_when_made_up_for(swept: Office, clock: Clock) -> None:
    clock.go_forward(days=4)
    tick(swept, today=swept.today())

    why = check(examine(swept), "最近一次处理").why
    assert "2025-01-03" in why
    assert "2025-01-06" in why


def test_a_line_that_is_down_is_told_until_it_answers(swept: Office, clock: Clock) -> None:
    down = RecordingChannel(
        {"章贡生态环境局": [Outcome(verdict=Verdict.UNAVAILABLE, reason="没电")]}
    )
    deliver(swept, lambda _kind: down)
    told = check(examine(swept), "线路")
    clock.go_forward(minutes=10)
    deliver(swept, lambda _kind: RecordingChannel())

    assert (told.state, "没电" in told.why) == (Health.FAILED, True)
    assert check(examine(swept), "线路").state is Health.OK


def test_a_refused_message_is_told_until_somebody_sees_to_it(swept: Office) -> None:
    refusing = RecordingChannel({"章贡生态环境局": [Outcome(verdict=Verdict.REFUSED)]})
    deliver(swept, lambda _kind: refusing)

    assert check(examine(swept), "未送达").state is Health.WARNING


def test_a_channel_that_units_use_and_nobody_set_up_is_a_failure(swept: Office) -> None:
    with swept.transaction() as session:
        session.exec(select(OfficeRow)).one().baseline_confirmed_on = DAY
        unit = unit_id(session, "章贡生态环境局")
        session.add(ChannelAddress(unit_id=unit, kind=ChannelKind.SMS, address="138", position=5))

    found = check(examine(swept), "渠道")
    assert (found.state, "DUBAN_SMS_URL" in found.fix) == (Health.FAILED, True)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_doctor_answers_within_five_seconds_when_the_database_never_does(swept: Office) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://duban@127.0.0.1:{silent.getsockname()[1]}/duban"
        began = time.monotonic()
        checks = examine(Office(swept.settings, open_engine(url), swept.now))

        assert time.monotonic() - began < 5
        assert check(checks, "数据库").state is Health.FAILED


@pytest.mark.parametrize(
    ("back", "stops"),
    [
        pytest.param(timedelta(minutes=4, seconds=59), False, id="hosts differ a little"),
        pytest.param(timedelta(minutes=6), True, id="6 minutes"),
        pytest.param(timedelta(hours=1), True, id="an hour"),
        pytest.param(timedelta(days=1), True, id="a day"),
        pytest.param(timedelta(0), False, id="frozen"),
        pytest.param(timedelta(days=-400), False, id="forward"),
    ],
)
def test_a_clock_that_went_back_stops_sweeps_and_post(
    swept: Office, clock: Clock, back: timedelta, *, stops: bool
) -> None:
    clock.set(swept.now() - back)

    if not stops:
        tick(swept, today=swept.today())
        assert check(examine(swept), "时钟与时区").state is Health.OK
        return
    for act in (
        lambda: tick(swept, today=swept.today()),
        lambda: deliver(swept, lambda _kind: RecordingChannel()),
    ):
        with pytest.raises(ClockWentBackError, match="系统时钟"):
            act()
    assert check(examine(swept), "时钟与时区").state is Health.FAILED
    with swept.reading() as session:
        assert {row.day for row in session.exec(select(Sweep))} == {DAY}


def test_an_alarm_goes_out_by_the_second_channel_once_a_day(
    swept: Office, clock: Clock, http_sink: HttpSink
) -> None:
    office = calling(swept, http_sink.wecom("key"))
    clock.go_forward(hours=27)

    first = alarm(office, examine(office))
    again = alarm(office, examine(office))
    clock.go_forward(days=1)
    next_day = alarm(office, examine(office))

    assert "最近一次处理" in first.told
    assert (again.told, again.is_complete) == ((), True)
    assert "最近一次处理" in next_day.told
    assert len(http_sink.accepted()) == 2
    assert "duban up" in http_sink.accepted()[0]["text"]


def test_an_alarm_that_was_not_taken_is_tried_again(
    swept: Office, clock: Clock, http_sink: HttpSink
) -> None:
    http_sink.script({"key": ["errcode 45009", "errcode 0"]})
    office = calling(swept, http_sink.wecom("key"))
    clock.go_forward(hours=27)

    verdicts = [alarm(office, examine(office)).outcome for _ in range(2)]

    assert [found and found.verdict for found in verdicts] == [Verdict.LIMITED, Verdict.ACCEPTED]


def test_nothing_is_told_while_nothing_has_failed(swept: Office) -> None:
    fine = [each for each in examine(swept) if each.state is not Health.FAILED]

    assert alarm(swept, fine).outcome is None


def test_a_failure_without_a_number_to_call_is_a_refusal(swept: Office, clock: Clock) -> None:
    clock.go_forward(hours=27)

    with pytest.raises(NotConfiguredError) as refusal:
        alarm(swept, examine(swept))

    assert "DUBAN_ALARM_URL" in refusal.value.advice
