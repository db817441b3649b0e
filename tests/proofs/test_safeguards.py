"""Each of five safeguards is held by a named test: without it, that test fails (REL30)."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(".*", "var", "node_modules", "__pycache__", "docs", "pictures")
FAILED = 1  # pytest: tests were run, and some failed; any other code proves nothing


class Safeguard(NamedTuple):
    """Where a safeguard stands, what is left when it is deleted, and the test that notices."""

    file: str
    there: str
    gone: str
    test: str


SAFEGUARDS = {
    "unique key": Safeguard(
        "db/migrations/versions/0001_the_house.py",
        'sa.UniqueConstraint("part", "scope", "day", name=op.f("uq_sweep_part_scope_day")),',
        "",
        "tests/db/test_sweeps.py::test_a_days_part_is_taken_once[sqlite]",
    ),
    "record after send": Safeguard(
        "db/message_claims.py",
        "state=MessageState.SENDING,\n        fence",
        "state=MessageState.SENT,\n        fence",
        "tests/proofs/test_weather.py::test_the_promises_hold_in_any_weather[seed 1]",
    ),
    "time zone": Safeguard(
        "services/office.py",
        "return self.now().astimezone(SHANGHAI).date()",
        'return self.now().astimezone(ZoneInfo("UTC")).date()',
        "tests/proofs/test_clocks.py::"
        "test_an_item_is_overdue_from_sixteen_hours_universal_time_of_its_due_day",
    ),
    "check again before sending": Safeguard(
        "services/delivery.py",
        "return None if acts.is_still_due(session, message.id) else NOTHING_LEFT",
        "return None",
        "tests/services/test_delivery.py::test_an_item_closed_a_moment_ago_is_not_urged[sqlite]",
    ),
    "delivered before the ladder climbs": Safeguard(
        "services/notice_issuing.py",
        "    require_reminded(session, matters)\n",
        "",
        "tests/services/test_notice_issuing.py::"
        "test_the_first_notice_needs_a_reminder_that_was_accepted[sqlite]",
    ),
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the whole tree, to be damaged."""
    folder = tmp_path_factory.mktemp("safeguards") / "duban"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    return folder


@pytest.mark.proof
@pytest.mark.parametrize("name", SAFEGUARDS)
def test_without_a_safeguard_its_named_test_fails(tree: Path, name: str) -> None:
    safeguard = SAFEGUARDS[name]
    file = tree / safeguard.file
    whole = file.read_text("utf-8")
    assert whole.count(safeguard.there) == 1

    before = run(tree, safeguard.test)
    file.write_text(whole.replace(safeguard.there, safeguard.gone), "utf-8")
    after = run(tree, safeguard.test)
    file.write_text(whole, "utf-8")

    assert before.returncode == 0, before.stdout
    assert after.returncode == FAILED, after.stdout


def run(tree: Path, test: str) -> subprocess.CompletedProcess[str]:
    """Run one test of the copy, its own modules before any other."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-m", "not proof", test]
    command += ["-p", "no:cacheprovider"]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
