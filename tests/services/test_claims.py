"""Claims: kept by a living sender however slow, lost by one that was stopped; races with people."""

from collections.abc import Callable
from datetime import datetime
from threading import Barrier, Event, Thread

import pytest
from sqlmodel import select

from db.plan_tables import WorkItem
from db.record_tables import Act
from notifications.message import Outcome, OutgoingMessage, RecordingChannel
from services import claims
from services.delivery import deliver
from services.office import Office
from supervision.vocabulary import ChannelKind, ItemState, MessageState
from tests.builders import change_item
from tests.clock import Clock
from tests.outboxes import DAY, ledger_of, queue_many

MOST_WAITS = 200


@pytest.fixture
def on_the_day(zhanggong: Office, clock: Clock) -> Office:
    """An office at nine on the day its outbox is emptied."""
    clock.turn_to(DAY)
    return zhanggong


def until(is_so: Callable[[], bool]) -> bool:
    """Wait until something has come about, ten seconds at the most."""
    return any(is_so() or Event().wait(0.05) for _ in range(MOST_WAITS))


def test_a_slow_but_living_sender_keeps_its_claim(on_the_day: Office, clock: Clock) -> None:
    settings = on_the_day.settings.model_copy(update={"lease_seconds": 1})
    office = Office(settings, on_the_day.engine, on_the_day.now)
    queue_many(office, 1, channel=ChannelKind.FILE)
    taken: list[int] = []

    def lease_until() -> datetime:
        (message,) = ledger_of(office).values()
        assert message.lease_until is not None
        return message.lease_until

    class Slow(RecordingChannel):
        def deliver(self, message: OutgoingMessage) -> Outcome:
            for _ in range(3):
                clock.go_forward(seconds=0.9)
                assert until(lambda: lease_until() > office.now())
                taken.append(claims.take_over(office))
            return super().deliver(message)

    done = deliver(office, lambda _kind: Slow())

    assert (done.sent, taken) == (1, [0, 0, 0])
    assert not next(iter(ledger_of(office).values())).was_in_doubt


def test_a_sender_that_was_stopped_loses_its_claim_and_its_word(
    on_the_day: Office, clock: Clock
) -> None:
    queue_many(on_the_day, 1, channel=ChannelKind.FILE)

    class Stopped(RecordingChannel):
        def deliver(self, message: OutgoingMessage) -> Outcome:
            clock.go_forward(seconds=61)  # nothing of it ran meanwhile, its thread neither
            deliver(on_the_day, lambda _kind: second)
            return super().deliver(message)

    first, second = Stopped(), RecordingChannel()
    done = deliver(on_the_day, lambda _kind: first)

    (message,) = ledger_of(on_the_day).values()
    assert (message.state, message.fence, message.was_in_doubt) == (MessageState.SENT, 2, True)
    assert {m.message_id for m, _ in first.attempts + second.attempts} == {message.message_id}
    assert done.sent == 0


@pytest.mark.parametrize("round_", range(10))
def test_closing_an_item_and_sending_its_reminder_at_once_leave_no_third_way(
    on_the_day: Office, round_: int
) -> None:
    """REL24: what was closed before the send's own check is not urged; else it was just sent."""
    del round_
    queue_many(on_the_day, 6, channel=ChannelKind.FILE)
    barrier, channel = Barrier(2), RecordingChannel()
    with on_the_day.reading() as session:
        told = session.exec(select(Act.work_item_id)).first()
        code = session.get_one(WorkItem, told).code

    def close() -> None:
        barrier.wait()
        change_item(on_the_day, code, state=ItemState.CLOSED)

    closing = Thread(target=close)
    closing.start()
    barrier.wait()
    deliver(on_the_day, lambda _kind: channel)
    closing.join()

    states = [message.state for message in ledger_of(on_the_day).values()]
    assert set(states) <= {MessageState.SENT, MessageState.WITHDRAWN}
    assert states.count(MessageState.SENT) == len(channel.accepted)
