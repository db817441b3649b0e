"""Senders killed at every turn: nothing lost, nothing doubled but what is flagged (REL1, REL2)."""

import subprocess
import sys
from collections import Counter

import pytest

from db import outbox, plans
from services.office import Office
from supervision.vocabulary import MessageKind, MessageState
from tests.clock import Clock
from tests.outboxes import DAY, ledger_of, queue_many
from tests.services.senders import POISON
from tests.sinks.smtp import ROOT, SmtpSink

SEED = 20241103
SIZES = pytest.mark.parametrize(
    ("kills", "messages"),
    [
        pytest.param(42, 600, id="42 kills"),
        pytest.param(200, 5000, id="200 kills", marks=pytest.mark.proof),
    ],
)


@pytest.fixture
def on_the_day(zhanggong: Office, clock: Clock) -> Office:
    """An office at nine on the day its outbox is emptied."""
    clock.turn_to(DAY)
    return zhanggong


def deaths_of(act: str, office: Office, sink: SmtpSink, *figures: object) -> int:
    """Let senders of their own empty the outbox and die on the way; return how many died."""
    url = office.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.services.senders", act, url]
    where = [str(office.settings.data_dir), sink.url(), *map(str, figures)]
    done = subprocess.run([*command, *where], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return int(done.stdout)


@SIZES
def test_reminders_survive_every_death_of_their_sender(
    on_the_day: Office, smtp_sink: SmtpSink, kills: int, messages: int
) -> None:
    """REL1: nothing lost, nothing doubled but what is flagged, at most one more for each death."""
    queue_many(on_the_day, messages)

    deaths = deaths_of("kills", on_the_day, smtp_sink, kills, SEED)

    ledger, wire = ledger_of(on_the_day), Counter(a.message_id for a in smtp_sink.accepted())
    extra = {message_id: times - 1 for message_id, times in wire.items() if times > 1}
    print(f"{deaths} deaths, {sum(extra.values())} more copies")  # noqa: T201 - docs/reliability.md
    assert deaths == kills
    assert {message.state for message in ledger.values()} == {MessageState.SENT}
    assert set(wire) == set(ledger)
    assert len(ledger) == messages
    assert sum(extra.values()) <= deaths
    assert all(ledger[str(message_id)].was_in_doubt for message_id in extra)


@SIZES
def test_signed_papers_are_never_sent_twice_and_those_in_doubt_wait_for_a_person(
    on_the_day: Office, smtp_sink: SmtpSink, kills: int, messages: int
) -> None:
    """REL2: not one more copy, and whatever is in doubt stands on the office's list."""
    queue_many(on_the_day, messages, MessageKind.CIRCULAR)

    deaths = deaths_of("kills", on_the_day, smtp_sink, kills, SEED)

    ledger, wire = ledger_of(on_the_day), Counter(a.message_id for a in smtp_sink.accepted())
    parked = {key for key, message in ledger.items() if message.state is MessageState.PARKED}
    sent = {key for key, message in ledger.items() if message.state is MessageState.SENT}
    print(f"{deaths} deaths, {len(parked)} parked")  # noqa: T201 - docs/reliability.md
    assert deaths == kills
    assert max(wire.values()) == 1
    assert len(sent) + len(parked) == len(ledger) == messages
    assert sent <= set(wire)
    assert 0 < len(parked) <= deaths
    assert all(ledger[message_id].was_in_doubt for message_id in parked)
    with on_the_day.reading() as session:
        row = plans.the_office(session)
        assert row is not None
        on_top = outbox.listed(session, row.id, outbox.Wanted(most=len(parked)))
    assert all(entry.needs_a_person for entry in on_top)


@pytest.mark.parametrize("kind", [MessageKind.DIGEST, MessageKind.CIRCULAR])
def test_a_sender_may_die_at_any_statement(
    on_the_day: Office, smtp_sink: SmtpSink, kind: MessageKind
) -> None:
    """REL1, REL2: at its first statement, its second, and so on to its last."""
    deaths = deaths_of("each", on_the_day, smtp_sink, kind, 2)

    ledger, wire = ledger_of(on_the_day), Counter(a.message_id for a in smtp_sink.accepted())
    unsent = {key for key in ledger if key not in wire}
    twice = {str(key) for key, times in wire.items() if times > 1}
    assert deaths > 10
    assert len(ledger) == (deaths + 1) * 2
    assert sum(wire.values()) - len(wire) <= deaths
    assert all(ledger[key].was_in_doubt for key in twice | unsent)
    if kind is MessageKind.DIGEST:
        assert {message.state for message in ledger.values()} == {MessageState.SENT}
        assert not unsent
    else:
        assert not twice
        assert {ledger[key].state for key in unsent} <= {MessageState.PARKED}


def test_a_message_that_kills_its_senders_is_parked_after_five_and_the_rest_goes_out(
    on_the_day: Office, smtp_sink: SmtpSink
) -> None:
    queue_many(on_the_day, 20)

    deaths = deaths_of("poison", on_the_day, smtp_sink)

    states = Counter(message.state for message in ledger_of(on_the_day).values())
    (poison,) = (m for m in ledger_of(on_the_day).values() if m.address == POISON)
    assert states == {MessageState.SENT: 19, MessageState.PARKED: 1}
    assert (deaths, poison.state, poison.fence) == (5, MessageState.PARKED, 5)
