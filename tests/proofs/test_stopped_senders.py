"""A sender that goes on after its message was taken over changes nothing any more (REL13)."""

import subprocess
import sys
from collections import Counter

import pytest
from sqlmodel import select

from db.record_tables import DeliveryAttempt
from services.office import Office
from supervision.vocabulary import MessageKind, MessageState
from tests.clock import Clock
from tests.outboxes import DAY, ledger_of
from tests.sinks.smtp import ROOT, SmtpSink

SIZES = pytest.mark.parametrize(
    ("stops", "size"),
    [
        pytest.param(4, 4, id="4 stops", marks=pytest.mark.proof),
        pytest.param(50, 20, id="50 stops", marks=pytest.mark.proof),
    ],
)


@pytest.fixture
def on_the_day(zhanggong: Office, clock: Clock) -> Office:
    """An office at nine on the day its outbox is emptied."""
    clock.turn_to(DAY)
    return zhanggong


def stop_senders(office: Office, sink: SmtpSink, kind: MessageKind, stops: int, size: int) -> int:
    """Let senders of their own be stopped in the middle of a message; return how many were."""
    url = office.engine.url.render_as_string(hide_password=False)
    where = [url, str(office.settings.data_dir), sink.url(), kind.value, str(stops), str(size)]
    command = [sys.executable, "-m", "tests.proofs.stopped_senders", *where]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return int(done.stdout)


def attempts_taken_over(office: Office) -> int:
    """Count the messages whose first attempt ended after their second was made."""
    with office.reading() as session:
        fences = Counter(row.message_id for row in session.exec(select(DeliveryAttempt)))
    return sum(many == 2 for many in fences.values())


@SIZES
def test_a_reminder_whose_sender_stood_still_is_taken_over_and_its_late_word_refused(
    on_the_day: Office, smtp_sink: SmtpSink, stops: int, size: int
) -> None:
    """REL13: one more copy at the most for each stop, and on flagged messages only."""
    assert stop_senders(on_the_day, smtp_sink, MessageKind.DIGEST, stops, size) == stops

    ledger = ledger_of(on_the_day)
    wire = Counter(str(attempt.message_id) for attempt in smtp_sink.accepted())
    flagged = {key for key, message in ledger.items() if message.was_in_doubt}
    assert {message.state for message in ledger.values()} == {MessageState.SENT}
    assert set(wire) == set(ledger)
    assert len(ledger) == stops * size
    assert len(flagged) == attempts_taken_over(on_the_day) == stops
    assert {ledger[key].fence for key in flagged} == {2}
    assert {key for key, times in wire.items() if times > 1} <= flagged
    assert max(wire.values()) == 2


@SIZES
def test_a_signed_paper_whose_sender_stood_still_stays_parked_whatever_he_says_later(
    on_the_day: Office, smtp_sink: SmtpSink, stops: int, size: int
) -> None:
    """REL13: his copy is the only one, and what he knows of it stands at his attempt."""
    assert stop_senders(on_the_day, smtp_sink, MessageKind.CIRCULAR, stops, size) == stops

    ledger = ledger_of(on_the_day)
    wire = Counter(str(attempt.message_id) for attempt in smtp_sink.accepted())
    parked = {key for key, message in ledger.items() if message.state is MessageState.PARKED}
    assert set(wire.values()) == {1}
    assert set(wire) == set(ledger)
    assert len(parked) == stops
    assert {ledger[key].fence for key in parked} == {1}
    assert all(
        message.state is MessageState.SENT for key, message in ledger.items() if key not in parked
    )
