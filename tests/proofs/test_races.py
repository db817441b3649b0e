"""Items that are closed in the moment in which they are swept or their reminders sent (REL24)."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Barrier, Lock, Thread
from time import monotonic_ns
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, event, update
from sqlmodel import col, select

from db.acts import STILL_DUE
from db.plan_tables import WorkItem
from db.record_tables import Act, Message
from notifications.message import RecordingChannel
from services.delivery import deliver
from services.office import Office
from services.tick import tick
from supervision.vocabulary import ChannelKind, ItemState, MessageState
from tests.builders import adopt_plan, an_item, change_item
from tests.clock import Clock
from tests.outboxes import DAY, queue_many

SEED = 24
SIZES = pytest.mark.parametrize(
    "races", [50, pytest.param(1000, marks=pytest.mark.proof)], ids=lambda races: f"{races} races"
)


def an_office_with(office: Office, clock: Clock, items: int) -> list[UUID]:
    """Adopt a plan of so many items, all overdue on the day; return them."""
    clock.turn_to(DAY.replace(year=2024))
    adopt_plan(office, *(an_item(f"T{n:04}", due_on=DAY) for n in range(1, items + 1)))
    clock.turn_to(DAY.replace(month=2, day=5))
    with office.reading() as session:
        return list(session.connection().execute(select(col(WorkItem.id))).scalars())


def one_message_each(office: Office, items: list[UUID]) -> None:
    """Queue a reminder for each item."""
    queue_many(office, len(items), channel=ChannelKind.FILE)
    with office.transaction() as session:
        for act, item in zip(session.exec(select(Act)).all(), items, strict=True):
            act.work_item_id = item


class Closing(Thread):
    """Closes items one after the other, and notes when each was closed for all to see."""

    def __init__(self, office: Office, items: list[UUID], barrier: Barrier) -> None:
        super().__init__()
        self.closed_at: dict[UUID, int] = {}
        self._office, self._items, self._barrier = office, items, barrier

    def run(self) -> None:
        """Close them in an order of its own, from the moment the other side begins."""
        random.Random(SEED).shuffle(self._items)
        self._barrier.wait()
        for item in self._items:
            with self._office.transaction() as session:
                closed = update(WorkItem).where(col(WorkItem.id) == item)
                session.connection().execute(closed.values(state=ItemState.CLOSED))
            self.closed_at[item] = monotonic_ns()


@contextmanager
def checks_noted(engine: Engine) -> Iterator[dict[UUID, int]]:
    """Note when the sender begins to ask whether a message is still due, by message."""
    noted: dict[UUID, int] = {}
    guard = Lock()

    def note(*details: Any) -> None:  # noqa: ANN401 - as SQLAlchemy calls it
        context = details[4]
        if context is not None and context.invoked_statement is STILL_DUE:
            with guard:
                noted[context.compiled_parameters[0]["asked"]] = monotonic_ns()

    event.listen(engine, "before_cursor_execute", note)
    yield noted
    event.remove(engine, "before_cursor_execute", note)


def told_of(office: Office) -> dict[UUID, list[UUID]]:
    """Return what items each message tells of."""
    told: dict[UUID, list[UUID]] = {}
    with office.reading() as session:
        for act in session.exec(select(Act).where(col(Act.message_id).is_not(None))):
            assert act.message_id is not None
            told.setdefault(act.message_id, []).append(act.work_item_id)
    return told


def states(office: Office) -> dict[UUID, MessageState]:
    """Return what became of each message."""
    with office.reading() as session:
        return {message.id: message.state for message in session.exec(select(Message))}


@SIZES
def test_what_was_closed_before_the_senders_own_question_is_never_urged(
    office: Office, clock: Clock, races: int
) -> None:
    """REL24: of those closed at the same instant each is sent or withdrawn, and for good reason."""
    items = an_office_with(office, clock, races)
    one_message_each(office, items)
    barrier, channel = Barrier(2), RecordingChannel()

    with checks_noted(office.engine) as asked_at:
        closing = Closing(office, list(items), barrier)
        closing.start()
        barrier.wait()
        deliver(office, lambda _kind: channel)
        closing.join()

    ended, told = states(office), told_of(office)
    sent = {message for message, state in ended.items() if state is MessageState.SENT}
    count = Counter(ended.values())
    print(dict(count))  # noqa: T201 - docs/reliability.md
    assert set(ended.values()) <= {MessageState.SENT, MessageState.WITHDRAWN}
    assert len(channel.accepted) == len(sent)
    assert len(asked_at) == races
    assert all(closing.closed_at[told[message][0]] > asked_at[message] for message in sent)


@SIZES
def test_what_is_closed_while_the_day_is_swept_is_not_urged_afterwards(
    office: Office, clock: Clock, races: int
) -> None:
    """REL24: whether the sweep still saw it open or not."""
    items = an_office_with(office, clock, races)
    barrier, channel = Barrier(2), RecordingChannel()

    closing = Closing(office, list(items[: races // 2]), barrier)
    closing.start()
    barrier.wait()
    tick(office, today=office.today())
    closing.join()
    deliver(office, lambda _kind: channel)

    told, ended = told_of(office), states(office)
    for message, state in ended.items():
        is_open = any(item not in closing.closed_at for item in told[message])
        assert state is (MessageState.SENT if is_open else MessageState.WITHDRAWN)
    assert len(channel.accepted) == Counter(ended.values())[MessageState.SENT] > 0


def test_a_reminder_of_a_date_that_was_put_off_meanwhile_is_not_sent(
    office: Office, clock: Clock
) -> None:
    """REL24: an extension granted between the sweep and the send."""
    an_office_with(office, clock, 1)
    tick(office, today=office.today())
    change_item(office, "T0001", due_on=DAY.replace(month=6))
    channel = RecordingChannel()

    deliver(office, lambda _kind: channel)

    assert channel.attempts == []
    assert set(states(office).values()) == {MessageState.WITHDRAWN}


def test_a_reminder_of_a_date_that_was_put_off_over_the_weekend_is_not_written(
    office: Office, clock: Clock
) -> None:
    """REL24: what became due on a day off is told on the next working day, if it still is due."""
    an_office_with(office, clock, 1)
    saturday = DAY.replace(day=4)
    tick(office, today=saturday)
    change_item(office, "T0001", due_on=DAY.replace(month=12))

    tick(office, today=saturday.replace(day=6))

    assert states(office) == {}
