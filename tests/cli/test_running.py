"""`duban tick` and `duban deliver`: once, and truthfully."""

from pathlib import Path

import pytest

from tests.commands import Duban


@pytest.mark.parametrize(
    "day",
    [
        pytest.param("2025-01-01", id="New Year's Day"),
        pytest.param("2025-01-25", id="a Saturday"),
    ],
)
def test_nothing_is_queued_on_a_day_off(started: Duban, day: str) -> None:
    answer = started("tick", "--as-of", day, "--json").answer

    assert answer["messages_queued"] == 0
    assert answer["notices_drafted"] == 0
    assert answer["already_done"] is False


def test_the_first_working_day_queues_and_the_second_time_nothing(started: Duban) -> None:
    first = started("tick", "--as-of", "2025-01-02", "--json").answer
    second = started("tick", "--as-of", "2025-01-02", "--json").answer

    assert first["schema"] == "duban.tick/1"
    assert (first["messages_queued"], first["notices_drafted"]) == (4, 8)
    assert (second["messages_queued"], second["notices_drafted"]) == (0, 0)
    assert second["already_done"] is True


def test_what_came_due_on_the_holiday_is_told_on_the_next_working_day(started: Duban) -> None:
    started("tick", "--as-of", "2025-01-01")
    answer = started("tick", "--as-of", "2025-01-02", "--json").answer

    assert answer["covered_from"] == "2025-01-02"
    assert answer["messages_queued"] == 4


def test_a_sunday_that_is_made_up_for_is_a_working_day(started: Duban) -> None:
    assert started("tick", "--as-of", "2025-01-26", "--json").answer["messages_queued"] == 4


def test_a_trial_changes_nothing(started: Duban) -> None:
    trial = started("tick", "--as-of", "2025-01-02", "--dry-run", "--json").answer
    real = started("tick", "--as-of", "2025-01-02", "--json").answer

    assert trial == real


def test_deliver_writes_one_file_per_unit_and_then_has_nothing_left(
    started: Duban, tmp_path: Path
) -> None:
    started("tick", "--as-of", "2025-01-02")

    first = started("deliver", "--json")
    second = started("deliver", "--json")

    written = sorted(path.suffix for path in (tmp_path / "var/outbox/2025-01-02").iterdir())
    assert written == [".eml"] * 4 + [".md"] * 4
    assert first.answer == {
        "schema": "duban.deliver/1",
        "sent": 4,
        "refused": 0,
        "parked": 0,
        "pending": 0,
        "in_doubt": 0,
    }
    assert second.answer["sent"] == 0


def test_an_outbox_that_cannot_be_written_keeps_everything_and_leaves_with_five(
    started: Duban, tmp_path: Path
) -> None:
    started("tick", "--as-of", "2025-01-02")
    (tmp_path / "var/outbox").write_text("a file where the folder should be")

    blocked = started("deliver", "--json")
    (tmp_path / "var/outbox").unlink()
    afterwards = started("deliver", "--json")

    assert blocked.code == 5
    assert (blocked.answer["sent"], blocked.answer["pending"]) == (0, 4)
    assert (afterwards.code, afterwards.answer["sent"]) == (0, 4)
