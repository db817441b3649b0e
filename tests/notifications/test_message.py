import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from notifications.message import Outcome, RecordingChannel, Verdict
from tests.notifications.messages import a_message

ROOT = Path(__file__).resolve().parents[2]
DEFERRED = Outcome(verdict=Verdict.DEFERRED, reason="450 4.2.1 later")
ACCEPTED = Outcome(verdict=Verdict.ACCEPTED)


def test_a_message_needs_a_zone_because_its_day_depends_on_it() -> None:
    with pytest.raises(ValueError, match="zone"):
        a_message(dated_at=datetime(2025, 1, 2, 9, 0))  # noqa: DTZ001 the point of the test


def test_neither_text_nor_attachments_show_when_a_message_is_printed() -> None:
    assert "老旧小区" not in repr(a_message())


def test_a_recording_channel_answers_attempt_by_attempt_and_stays_with_the_last() -> None:
    channel = RecordingChannel({"lan@zhujian.test": [DEFERRED, ACCEPTED]})

    verdicts = [channel.deliver(a_message()).verdict for _ in range(3)]

    assert verdicts == [Verdict.DEFERRED, Verdict.ACCEPTED, Verdict.ACCEPTED]
    assert len(channel.accepted) == 2


def test_a_recording_channel_knows_recipients_without_an_address_by_name() -> None:
    channel = RecordingChannel({"区住建局": [DEFERRED]})

    outcome = channel.deliver(a_message(address=""))

    assert outcome == DEFERRED
    assert channel.attempts[0][1] == DEFERRED


@pytest.mark.parametrize("module", ["message", "mime", "files", "relay", "mail"])
def test_only_opening_a_channel_imports_apprise(module: str) -> None:
    program = f"import sys, notifications.{module}; sys.exit('apprise' in sys.modules)"

    finished = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)

    assert finished.returncode == 0
