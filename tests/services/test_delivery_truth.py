"""The ledger against what the other side recorded: refusals, limits, poison (REL10 to REL12)."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from db.plan_tables import ChannelAddress
from db.plan_tables import Office as OfficeRow
from db.record_tables import DeliveryAttempt, Message
from notifications.message import Outcome, OutgoingMessage, RecordingChannel, Verdict
from services import channel_keeping
from services.channel_keeping import Keeping, NewWay
from services.channels import open_channel
from services.delivery import deliver
from services.office import Office
from services.settings import read_settings
from supervision.vocabulary import ChannelKind, MessageKind, MessageState, Role
from tests.clock import Clock
from tests.outboxes import DAY, ledger_of, queue_many
from tests.people import person
from tests.sinks.http import HttpSink
from tests.sinks.smtp import SmtpSink

UNIT = "章贡生态环境局"
REPLIES = ("250", "450 4.2.0 busy", "451 4.7.1 come again", "550 5.1.1 no such", "552 5.2.2 full")


def with_settings(office: Office, **more: object) -> Office:
    """Return the office with more settings than it had."""
    settings = read_settings(
        data_dir=office.settings.data_dir, database_url=office.settings.database_url, **more
    )
    return Office(settings, office.engine, office.now)


@pytest.fixture
def on_the_day(zhanggong: Office, clock: Clock) -> Office:
    """An office that may use real channels, at nine on the day its outbox is emptied."""
    clock.turn_to(DAY)
    with zhanggong.transaction() as session:
        session.exec(select(OfficeRow)).one().baseline_confirmed_on = DAY
    return zhanggong


def empty(office: Office, clock: Clock, *, step: timedelta, most: int) -> int:
    """Empty the outbox again and again as time goes by; return how often it took."""
    for times in range(1, most + 1):
        done = deliver(office, lambda kind: open_channel(office, kind))
        if not (done.pending or done.in_doubt):
            return times
        clock.go_forward(seconds=step.total_seconds())
    return most


def verdicts(chance: random.Random) -> list[str]:
    """Return what a relay says to one recipient's attempts, until it says yes or no for good."""
    said: list[str] = []
    while not said or said[-1].startswith("45"):
        said.append(chance.choice(REPLIES))
    return said


@pytest.mark.parametrize("count", [300, pytest.param(1000, marks=pytest.mark.proof)])
def test_the_ledger_says_what_the_relay_said_to_each_recipient(
    on_the_day: Office, clock: Clock, smtp_sink: SmtpSink, count: int
) -> None:
    """REL10: verdicts that differ by recipient and change over time."""
    chance = random.Random(10)
    office = with_settings(on_the_day, smtp_url=smtp_sink.url())
    script = {address: verdicts(chance) for address in queue_many(office, count)}
    smtp_sink.script(script)

    empty(office, clock, step=timedelta(minutes=10), most=100)

    accepted = Counter(attempt.recipient for attempt in smtp_sink.accepted())
    asked = Counter(attempt.recipient for attempt in smtp_sink.attempts())
    for message in ledger_of(office).values():
        last = script[message.address][-1]
        wanted = MessageState.SENT if last == "250" else MessageState.REFUSED
        assert message.state is wanted
        assert accepted[message.address] == (1 if last == "250" else 0)
        assert asked[message.address] == len(script[message.address]) == message.fence
        assert last == "250" or last in (message.reason or "")


def robots_messages(office: Office, url: str, count: int) -> None:
    """Queue messages that all go by one robot."""
    with office.transaction() as session:
        keeping = Keeping(actor=person(session, "admin", Role.ADMINISTRATOR), now=office.now())
        new = NewWay(unit=UNIT, kind=ChannelKind.WECOM_ROBOT, address=url)
        shown = channel_keeping.add_way(session, office, new, keeping)
    queue_many(office, count, MessageKind.ALARM, channel=ChannelKind.WECOM_ROBOT)
    with office.transaction() as session:
        way = session.exec(select(ChannelAddress).where(ChannelAddress.address == shown)).one()
        for message in session.exec(select(Message)):
            message.way_id, message.address = way.id, shown


def busiest_minute(moments: Sequence[datetime]) -> int:
    """Return the most moments that lie in any one minute."""
    minute = timedelta(minutes=1)
    return max(sum(moment <= other < moment + minute for other in moments) for moment in moments)


@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.proof)])
def test_a_robot_is_never_used_more_than_twenty_times_a_minute_and_loses_nothing(
    on_the_day: Office, clock: Clock, http_sink: HttpSink, count: int
) -> None:
    """REL11: the limit kept, and the vendor's own limits waited for."""
    office = with_settings(on_the_day, channel_hosts=("127.0.0.1",))
    http_sink.script({"key": ["errcode 45009", "errcode 11232", "status 429", "errcode 0"]})
    robots_messages(office, http_sink.wecom("key"), count)

    empty(office, clock, step=timedelta(seconds=15), most=count)

    with office.reading() as session:
        moments = [attempt.started_at for attempt in session.exec(select(DeliveryAttempt))]
    assert {message.state for message in ledger_of(office).values()} == {MessageState.SENT}
    assert len(http_sink.accepted()) == count
    assert busiest_minute(moments) <= 20


@pytest.mark.parametrize(
    "answer",
    ["errcode 310000", "errcode 300001", "body <html></html>", "body ", "status 302", "status 500",
     "close"],
)  # fmt: skip
def test_what_the_vendor_did_not_confirm_is_never_recorded_as_sent(
    on_the_day: Office, http_sink: HttpSink, answer: str
) -> None:
    office = with_settings(on_the_day, channel_hosts=("127.0.0.1",))
    http_sink.script({"key": [answer]})
    robots_messages(office, http_sink.wecom("key"), 1)

    done = deliver(office, lambda kind: open_channel(office, kind))

    (message,) = ledger_of(office).values()
    assert done.sent == 0
    assert message.state is not MessageState.SENT
    assert message.reason


def test_no_robots_key_stands_in_the_ledger_or_in_any_reason(
    on_the_day: Office, http_sink: HttpSink
) -> None:
    office = with_settings(on_the_day, channel_hosts=("127.0.0.1",))
    http_sink.script({"jinsique": ["status 404"]})
    robots_messages(office, http_sink.wecom("jinsique"), 1)

    deliver(office, lambda kind: open_channel(office, kind))

    with office.reading() as session:
        attempt = session.exec(select(DeliveryAttempt)).one()
        assert "jinsique" not in str([*ledger_of(office).values(), attempt])


@pytest.mark.parametrize(
    "position",
    [
        pytest.param(number, marks=() if number in {0, 1, 50, 98, 99} else pytest.mark.proof)
        for number in range(100)
    ],
)
@pytest.mark.parametrize("poison", ["bad address", "error while sending"])
def test_one_poisonous_row_stops_none_of_the_others(
    on_the_day: Office, clock: Clock, position: int, poison: str
) -> None:
    """REL12: wherever it stands among a hundred."""
    queue_many(on_the_day, 100, channel=ChannelKind.FILE)
    address = f"u{position}@x.test"

    class Poisoned(RecordingChannel):
        def deliver(self, message: OutgoingMessage) -> Outcome:
            if message.address == address and poison == "error while sending":
                raise ZeroDivisionError
            verdict = Verdict.REFUSED if message.address == address else Verdict.ACCEPTED
            self.attempts.append((message, Outcome(verdict=verdict)))
            return self.attempts[-1][1]

    channel = Poisoned()
    runs = 6 if poison == "error while sending" else 1
    for _ in range(runs):
        deliver(on_the_day, lambda _kind: channel)
        clock.go_forward(hours=2)

    wanted = MessageState.PARKED if runs > 1 else MessageState.REFUSED
    states = Counter(message.state for message in ledger_of(on_the_day).values())
    assert states == {MessageState.SENT: 99, wanted: 1}
    (row,) = (row for row in ledger_of(on_the_day).values() if row.address == address)
    assert row.fence == (5 if runs > 1 else 1)


def test_a_scheme_that_was_added_is_handed_over_and_never_called_sent(
    on_the_day: Office, http_sink: HttpSink
) -> None:
    office = with_settings(on_the_day, extra_schemes=("json",))
    with office.transaction() as session:
        keeping = Keeping(actor=person(session, "admin", Role.ADMINISTRATOR), now=office.now())
        url = f"json://127.0.0.1:{http_sink.port}/hook"
        new = NewWay(unit=UNIT, kind=ChannelKind.OTHER, address=url)
        shown = channel_keeping.add_way(session, office, new, keeping)
        way = session.exec(select(ChannelAddress).where(ChannelAddress.address == shown)).one()
        way_id = way.id
    queue_many(office, 1, MessageKind.ALARM, channel=ChannelKind.OTHER)
    with office.transaction() as session:
        session.exec(select(Message)).one().way_id = way_id

    deliver(office, lambda kind: open_channel(office, kind))

    (message,) = ledger_of(office).values()
    assert (message.state, message.sent_at) == (MessageState.HANDED_OVER, None)
