import json
import subprocess
import sys

import pytest

from bench import sweep
from bench.items import UNITS, items
from bench.sweep import Results
from tests.sinks.smtp import ROOT


@pytest.fixture(scope="module")
def results() -> Results:
    """Run the command once for two sizes, the smaller of which concerns half of the units."""
    command = [sys.executable, "-m", "bench.sweep", "--sizes=90,300", "--runs=1", "--json"]
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    taken = json.loads(ended.stdout)
    return {int(count): by_name for count, by_name in taken.items()}


def test_the_items_are_a_third_overdue_and_spread_over_all_units() -> None:
    numbers = {item.number for item in items(300) if item.number % 3 == 0}

    assert len(numbers) == 100
    assert {item.lead for item in items(300) if item.number in numbers} == set(range(UNITS))


def test_every_contender_reaches_every_unit_with_something_overdue(results: Results) -> None:
    accepted = {name: figures["accepted"] for name, figures in results[300].items()}

    assert accepted == {"floor": UNITS, "floor_orm": UNITS, "day": UNITS}


def test_a_unit_that_is_not_concerned_gets_nothing(results: Results) -> None:
    """Of 90 items 30 are overdue, each of another unit; the first comes near its date."""
    assert results[90]["floor"]["accepted"] == 30
    assert results[90]["day"]["accepted"] == 31


def test_every_overdue_item_is_on_record_as_told_and_drafted(results: Results) -> None:
    """Of 300 items 100 are overdue and 2 come near their date."""
    ours = results[300]["day"]

    assert (ours["queued"], ours["sent"], ours["attempts"]) == (UNITS, UNITS, UNITS)
    assert (ours["acts"], ours["untold"], ours["notices"]) == (100 + 2, 0, 100)


def test_the_second_run_of_the_day_sends_nothing(results: Results) -> None:
    ours = results[300]["day"]

    assert (ours["queued_again"], ours["sent_again"]) == (0, 0)


def test_the_whole_of_a_run_is_its_start_and_its_work(results: Results) -> None:
    for figures in results[300].values():
        assert 0 < figures["imports_cpu"] < sweep.whole(figures)
        assert figures["imports_cpu"] + sweep.first_run(figures) == sweep.whole(figures)


def test_the_table_names_each_program_and_the_second_run(
    results: Results, capsys: pytest.CaptureFixture[str]
) -> None:
    sweep.show(results)

    shown = capsys.readouterr().out
    assert all(shown.count(name) == len(results) for name in sweep.NAMES.values())
    assert shown.count("again the same day: 0 messages") == len(results)
    assert "90 to 300 items" in shown
