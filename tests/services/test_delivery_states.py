"""What becomes of messages that fail: retried, parked for a person, sent by another way."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session, select

from db.plan_tables import ChannelAddress, Contact
from db.plan_tables import Office as OfficeRow
from db.record_tables import Message
from notifications.message import Channel, Outcome, OutgoingMessage, RecordingChannel, Verdict
from services.delivery import Delivered, deliver
from services.office import Office
from services.outgoing import queue_formal
from services.settings import read_settings
from services.tick import tick
from supervision.vocabulary import ChannelKind, ContactPost, MessageKind, MessageState
from tests.clock import Clock
from tests.outboxes import queue_many
from tests.people import unit_id
from tests.services.test_outgoing import notice_to

DAY = date(2025, 1, 2)
UNIT = "章贡生态环境局"
LIAISON, DEPUTY = "liaison@bureau.test", "deputy@bureau.test"


@pytest.fixture
def by_mail(zhanggong: Office, clock: Clock) -> Office:
    """An office with a relay, one of whose units has a liaison and a deputy with mail."""
    clock.turn_to(DAY)
    with zhanggong.transaction() as session:
        session.exec(select(OfficeRow)).one().baseline_confirmed_on = date(2024, 3, 4)
        mail(session, ContactPost.LIAISON, LIAISON)
        mail(session, ContactPost.DEPUTY, DEPUTY)
    settings = read_settings(
        data_dir=zhanggong.settings.data_dir,
        database_url=zhanggong.settings.database_url,
        smtp_url="smtp://127.0.0.1/?from=duban@office.test",
    )
    return Office(settings, zhanggong.engine, zhanggong.now)


def mail(session: Session, post: ContactPost, address: str) -> None:
    unit = unit_id(session, UNIT)
    contact = Contact(unit_id=unit, post=post, name=post.label)
    session.add(contact)
    session.flush()
    session.add(
        ChannelAddress(
            unit_id=unit, contact_id=contact.id, kind=ChannelKind.MAIL, address=address, position=0
        )
    )


def run(office: Office, channel: Channel) -> Delivered:
    return deliver(office, lambda _kind: channel)


def answering(**verdicts: list[Verdict]) -> RecordingChannel:
    """Return a channel that answers the liaison and the deputy as told, and accepts the rest."""
    addresses = {"liaison": LIAISON, "deputy": DEPUTY, "unit": UNIT}
    return RecordingChannel(
        {
            addresses[who]: [Outcome(verdict=verdict, reason=f"said {verdict}") for verdict in each]
            for who, each in verdicts.items()
        }
    )


def of_unit(office: Office) -> list[Message]:
    """Return the unit's messages, each followed by the one that replaces it."""
    with office.reading() as session:
        query = select(Message).where(Message.unit_id == unit_id(session, UNIT))
        return sorted(session.exec(query), key=lambda message: message.key)


def test_what_the_liaison_refuses_goes_to_the_deputy_in_a_row_that_names_it(
    by_mail: Office,
) -> None:
    tick(by_mail, today=DAY)

    done = run(by_mail, answering(liaison=[Verdict.REFUSED]))

    refused, sent = of_unit(by_mail)
    assert (done.sent, done.refused) == (4, 1)
    assert (refused.state, refused.address) == (MessageState.REFUSED, LIAISON)
    assert (sent.state, sent.address) == (MessageState.SENT, DEPUTY)
    assert sent.replaces_id == refused.id
    assert sent.message_id != refused.message_id


def test_a_refusal_by_all_ends_with_the_office_not_with_a_file(by_mail: Office) -> None:
    tick(by_mail, today=DAY)

    run(by_mail, answering(liaison=[Verdict.REFUSED], deputy=[Verdict.REFUSED]))

    assert [message.state for message in of_unit(by_mail)] == [MessageState.REFUSED] * 2


def test_a_deferred_message_never_goes_another_way(by_mail: Office, clock: Clock) -> None:
    tick(by_mail, today=DAY)
    channel = answering(liaison=[Verdict.DEFERRED])

    for _ in range(3):
        run(by_mail, channel)
        clock.go_forward(minutes=20)

    assert [message.address for message in of_unit(by_mail)] == [LIAISON]


def test_what_is_deferred_for_two_days_waits_for_a_person(by_mail: Office, clock: Clock) -> None:
    tick(by_mail, today=DAY)
    channel = answering(liaison=[Verdict.DEFERRED])

    tries = 0
    while of_unit(by_mail)[0].state is MessageState.PENDING:
        run(by_mail, channel)
        tries += 1
        clock.go_forward(hours=1)

    assert of_unit(by_mail)[0].state is MessageState.PARKED
    assert 48 <= tries <= 50


def test_a_signed_paper_in_doubt_is_parked_and_never_sent_again_by_itself(
    by_mail: Office, clock: Clock
) -> None:
    with by_mail.transaction() as session:
        queue_formal(session, by_mail, notice_to(session, by_mail, UNIT))
    channel = answering(liaison=[Verdict.IN_DOUBT, Verdict.ACCEPTED])

    first = run(by_mail, channel)
    clock.go_forward(hours=30)
    later = run(by_mail, channel)

    assert (first.parked, later.sent) == (1, 0)
    assert len(channel.attempts) == 1
    assert of_unit(by_mail)[0].was_in_doubt


def test_a_message_at_which_the_program_fails_is_parked_after_five_attempts(
    by_mail: Office, clock: Clock
) -> None:
    tick(by_mail, today=DAY)

    class Poisoned(RecordingChannel):
        def deliver(self, message: OutgoingMessage) -> Outcome:
            if message.address == LIAISON:
                raise ZeroDivisionError
            return super().deliver(message)

    channel = Poisoned()
    for _ in range(6):
        run(by_mail, channel)
        clock.go_forward(hours=2)

    assert len(channel.accepted) == 3
    assert (of_unit(by_mail)[0].state, of_unit(by_mail)[0].fence) == (MessageState.PARKED, 5)


def test_what_waited_for_a_relay_is_due_at_once_when_it_answers_again(
    by_mail: Office, clock: Clock
) -> None:
    tick(by_mail, today=DAY)
    down = answering(liaison=[Verdict.UNAVAILABLE])
    run(by_mail, down)

    clock.go_forward(minutes=10)
    again = run(by_mail, answering())

    assert (again.sent, again.is_complete) == (1, True)


def test_a_limited_line_rests_and_loses_nothing(by_mail: Office, clock: Clock) -> None:
    tick(by_mail, today=DAY)
    channel = answering(liaison=[Verdict.LIMITED, Verdict.ACCEPTED])

    first = run(by_mail, channel)
    clock.go_forward(seconds=59)
    too_soon = run(by_mail, channel)
    clock.go_forward(seconds=1)
    again = run(by_mail, channel)

    assert (first.pending, too_soon.sent, again.sent) == (1, 0, 1)


@pytest.mark.parametrize(
    "moment", [lambda c: c.go_forward(hours=13), lambda c: c.go_forward(hours=21)], ids=["22", "6"]
)
def test_no_telephone_rings_in_the_quiet_hours(
    by_mail: Office, clock: Clock, moment: Callable[[Clock], None]
) -> None:
    tick(by_mail, today=DAY)
    with by_mail.transaction() as session:
        for message in session.exec(select(Message)):
            message.channel = ChannelKind.SMS
    moment(clock)
    quiet = Office(
        by_mail.settings.model_copy(update={"quiet_hours": "21:00-07:30"}),
        by_mail.engine,
        by_mail.now,
    )

    assert run(quiet, answering()).sent == 0
    assert run(by_mail, answering()).sent == 4


def test_a_relay_that_hangs_holds_up_no_other_channel(by_mail: Office) -> None:
    queue_many(by_mail, 3)
    queue_many(by_mail, 2, MessageKind.ALARM, channel=ChannelKind.SMS)
    order: list[ChannelKind] = []

    def opening(kind: ChannelKind) -> Channel:
        order.append(kind)
        return RecordingChannel()

    deliver(by_mail, opening)

    assert order == [ChannelKind.SMS, ChannelKind.MAIL]


def test_a_relay_that_defers_everybody_is_left_alone_and_all_is_due_when_it_takes_one(
    by_mail: Office, clock: Clock
) -> None:
    """Greylisting: what is deferred for the relay's own reasons does not wait its hour out."""
    queue_many(by_mail, 30)

    class Greylisting(RecordingChannel):
        is_over = False

        def deliver(self, message: OutgoingMessage) -> Outcome:
            verdict = Verdict.ACCEPTED if self.is_over else Verdict.DEFERRED
            self.attempts.append((message, Outcome(verdict=verdict)))
            return self.attempts[-1][1]

    relay = Greylisting()
    for _ in range(36):
        run(by_mail, relay)
        clock.go_forward(minutes=10)
    tried = len(relay.attempts)
    relay.is_over = True
    done = run(by_mail, relay)

    assert (done.sent, done.is_complete) == (30, True)
    assert tried <= 30 * 12
