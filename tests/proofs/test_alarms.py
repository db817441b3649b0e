"""Everything stops and every channel but one is broken: the one is used in time (REL26)."""

from datetime import date, timedelta

from sqlmodel import select

from db.plan_tables import Office as OfficeRow
from services.alarms import Alarm, alarm
from services.channels import open_channel
from services.check_words import Health
from services.delivery import deliver
from services.health import examine, worst_of
from services.office import Office
from services.settings import read_settings
from services.tick import tick
from tests.clock import Clock
from tests.outboxes import queue_many
from tests.sinks.http import HttpSink

DAY = date(2025, 1, 2)


def looked_at(office: Office, clock: Clock, *, times: int, minutes: int) -> list[Alarm]:
    """Look at the office as the watcher does, so often and so far apart; return what was told."""
    told = []
    for _ in range(times):
        clock.go_forward(minutes=minutes)
        told.append(alarm(office, examine(office)))
    return told


def test_when_the_sweeps_stop_help_is_called_by_the_only_channel_left(
    zhanggong: Office, clock: Clock, http_sink: HttpSink
) -> None:
    """REL26: the relay is gone, the gateway too; twenty-six hours and one look later it is told."""
    clock.turn_to(DAY)
    nowhere = "127.0.0.1:9"
    settings = read_settings(
        data_dir=zhanggong.settings.data_dir,
        database_url=zhanggong.settings.database_url,
        smtp_url=f"smtp://{nowhere}/?from=duban@office.test",
        gateway_url=f"gzt://token@{nowhere}/send?tls=no",
        alarm_url=http_sink.wecom("second"),
        channel_hosts=("127.0.0.1",),
    )
    office = Office(settings, zhanggong.engine, zhanggong.now)
    with office.transaction() as session:
        session.exec(select(OfficeRow)).one().baseline_confirmed_on = DAY
    tick(office, today=office.today())
    stopped_at = office.now()

    calm = looked_at(office, clock, times=13, minutes=120)
    queue_many(office, 3)
    deliver(office, lambda kind: open_channel(office, kind))
    (call,) = looked_at(office, clock, times=1, minutes=10)

    assert all("最近一次处理" not in each.told for each in calm)
    assert {"最近一次处理", "线路"} <= set(call.told)
    assert call.is_complete
    assert office.now() - stopped_at <= timedelta(hours=26, minutes=10)
    assert worst_of(examine(office)) is Health.FAILED
    assert "最近一次处理" in http_sink.accepted()[-1]["text"]
