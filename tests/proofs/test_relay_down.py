"""A relay that fails for six hours: nothing lost, all sent soon after its return (REL9)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from db.plan_tables import ChannelAddress
from db.plan_tables import Office as OfficeRow
from db.record_tables import Message
from notifications.message import Channel, Outcome, OutgoingMessage
from services import channel_keeping
from services.channel_keeping import Keeping, NewWay
from services.channels import open_at, open_channel
from services.delivery import deliver
from services.office import Office
from services.settings import read_settings
from supervision.vocabulary import ChannelKind, MessageKind, MessageState, Role
from tests.clock import Clock
from tests.outboxes import DAY, ledger_of, queue_many
from tests.people import person
from tests.sinks.http import HttpSink
from tests.sinks.smtp import SmtpSink

MESSAGES = 60
DOWN = timedelta(hours=6, minutes=1)  # it is back just after an attempt failed
EVERY = timedelta(minutes=10)  # as prefect.yaml has `deliver-messages`
SOON = timedelta(minutes=15)
WAITED = timedelta(seconds=30)  # what a relay costs that does not answer
ROBOTS_FIRST = 10_000


@pytest.fixture
def town(zhanggong: Office, clock: Clock, http_sink: HttpSink) -> Office:
    """An office that may use real channels, one of whose units has a robot."""
    clock.turn_to(DAY)
    settings = read_settings(
        data_dir=zhanggong.settings.data_dir,
        database_url=zhanggong.settings.database_url,
        channel_hosts=("127.0.0.1",),
    )
    office = Office(settings, zhanggong.engine, zhanggong.now)
    with office.transaction() as session:
        session.exec(select(OfficeRow)).one().baseline_confirmed_on = DAY
        keeping = Keeping(actor=person(session, "admin", Role.ADMINISTRATOR), now=office.now())
        way = NewWay(
            unit="章贡生态环境局", kind=ChannelKind.WECOM_ROBOT, address=http_sink.wecom("key")
        )
        channel_keeping.add_way(session, office, way, keeping)
    return office


def queue_for_the_robot(office: Office, number: int) -> None:
    """Queue one message that goes by the robot."""
    kind = MessageKind.ALARM
    queue_many(office, 1, kind, channel=ChannelKind.WECOM_ROBOT, first=ROBOTS_FIRST + number)
    with office.transaction() as session:
        way = _robot(session)
        key = f"many/{kind}/{ROBOTS_FIRST + number}"
        message = session.exec(select(Message).where(Message.key == key)).one()
        message.way_id, message.address = way.id, way.address


def _robot(session: Session) -> ChannelAddress:
    return session.exec(
        select(ChannelAddress).where(ChannelAddress.kind == ChannelKind.WECOM_ROBOT)
    ).one()


@dataclass(frozen=True)
class Slow:
    """A channel whose every attempt costs the time that silence does."""

    channel: Channel
    clock: Clock
    name: str = "mail"

    def deliver(self, message: OutgoingMessage) -> Outcome:
        outcome = self.channel.deliver(message)
        self.clock.go_forward(seconds=WAITED.total_seconds())
        return outcome

    def describe(self) -> str:
        return self.channel.describe()

    def close(self) -> None:
        self.channel.close()


@dataclass(frozen=True)
class Failure:
    """How a relay fails: by its address, or by what it is told to do."""

    script: dict[str, list[str]]
    url: Callable[[SmtpSink], str] = lambda sink: sink.url()
    is_slow: bool = False


FAILURES = {
    "refused": Failure({}, lambda sink: sink.url().replace(f":{sink.port}", ":9")),
    "hanging": Failure({"MAIL": ["hang 9"]}, lambda s: s.url(options="timeout=0.1"), is_slow=True),
    "TLS failure": Failure({}, lambda sink: sink.url().replace("smtp:", "smtps:")),
    "TLS refused": Failure({}, lambda sink: sink.url(options="starttls=required")),
    "421": Failure({"MAIL": ["421 4.3.2 closing"]}),
    "dropped after DATA": Failure({"*": ["dot:drop"]}),
    "greylisting": Failure({"*": ["450 4.2.0 come again"]}),
}


def run_every_ten_minutes(
    office: Office, clock: Clock, mail: Callable[[], Channel], *, until: datetime
) -> list[datetime]:
    """Empty the outbox as the schedule has it, a robot's message each time; return the moments."""
    moments = []
    due = office.now()
    while due < until:
        clock.set(due)
        moments.append(due)
        queue_for_the_robot(office, int(due.timestamp()) % 1_000_000)
        deliver(
            office,
            lambda kind: mail() if kind is ChannelKind.MAIL else open_channel(office, kind),
        )
        due += EVERY
    clock.set(due)
    return moments


@pytest.mark.proof
@pytest.mark.parametrize("failure", list(FAILURES))
def test_after_six_hours_without_a_relay_all_is_sent_within_a_quarter_of_an_hour(
    town: Office, clock: Clock, smtp_sink: SmtpSink, failure: str
) -> None:
    """REL9: at most a dozen attempts each, and other channels are never held up."""
    how = FAILURES[failure]
    queue_many(town, MESSAGES)
    smtp_sink.script(how.script)

    def failing() -> Channel:
        channel = open_at(town, how.url(smtp_sink))
        return Slow(channel, clock) if how.is_slow else channel

    back_at = town.now() + DOWN
    moments = run_every_ten_minutes(town, clock, failing, until=back_at)
    smtp_sink.script({})
    moments += run_every_ten_minutes(
        town, clock, lambda: open_at(town, smtp_sink.url()), until=back_at + SOON
    )

    ledger = ledger_of(town).values()
    by_mail = [message for message in ledger if message.channel is ChannelKind.MAIL]
    by_robot = [message for message in ledger if message.channel is ChannelKind.WECOM_ROBOT]
    assert {message.state for message in ledger} == {MessageState.SENT}
    assert len(by_mail) == len(smtp_sink.accepted()) == MESSAGES
    assert all(m.sent_at and back_at <= m.sent_at <= back_at + SOON for m in by_mail)
    assert max(message.fence for message in by_mail) <= 12
    assert sorted(m.sent_at for m in by_robot if m.sent_at) == moments
