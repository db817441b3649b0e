"""The silent replay of the bundled plan over 700 days: CPU seconds, and what the machine adds.

Run as `python -m bench.replay`; `--script` and the days may be given as to `duban simulate`.
"""

import argparse
import tempfile
from datetime import date
from time import process_time

from services.office import open_office
from services.simulating.replay import Span, replay
from services.simulating.results import results
from services.simulating.scratch import staged
from services.simulating.scripts import SILENT, script_named

FIRST, LAST = date(2024, 3, 3), date(2026, 1, 31)
ADDITIONS = 15_000_000
MOST = 20  # CPU seconds, on a machine that does nothing else


def run(script: str, span: Span) -> None:
    """Replay once and print one line."""
    with tempfile.TemporaryDirectory() as folder:
        began = process_time()
        office = open_office(must_exist=False, data_dir=folder)
        with staged(office, first=span.first) as stage:
            done = replay(stage, span, script_named(script))
            found = results(done)
        spent = process_time() - began
    print(
        f"{len(done.days)} days, {len(found.messages)} messages: {spent:.1f} CPU s "
        f"(goal: at most {MOST}); {ADDITIONS:,} additions took {_yardstick():.2f} s meanwhile"
    )


def _yardstick() -> float:
    """Return what a plain loop costs now: on shared cores everything costs more."""
    began, total = process_time(), 0
    for number in range(ADDITIONS):
        total += number
    return process_time() - began


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--script", default=SILENT)
    parser.add_argument("--from", dest="first", type=date.fromisoformat, default=FIRST)
    parser.add_argument("--to", dest="last", type=date.fromisoformat, default=LAST)
    asked = parser.parse_args()
    run(asked.script, Span(first=asked.first, last=asked.last))
