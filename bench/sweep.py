"""One sweep and its 60 digests, at several sizes, next to plain scripts that only send the mail.

`python -m bench.sweep [--sizes 10000,100000,1000000] [--runs 3] [--json]`; 1,000,000 items take
some five minutes and 3 GB of disk. A floor names every overdue item in its mail, duban 20 of them
and the rest as a number. All figures are of the measured process alone, not of the SMTP sink.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from bench.measure import Figures, measured

GOALS = {10_000: 1.0, 100_000: 1.7, 1_000_000: 6.0}  # CPU seconds, imports included
RUNS, RUNS_OF_A_MILLION = 3, 1
NAMES = {
    "floor": "floor: sqlite3, text",
    "floor_orm": "floor: SQLAlchemy ORM, text + HTML",
    "day": "duban: sweep, ledger, outbox, 60 digests",
}
COLUMNS = ("items", "program", "imports", "work", "CPU s", "× floor", "× ORM", "goal", "peak MiB")
Results = dict[int, dict[str, Figures]]


def main(arguments: list[str]) -> None:
    """Measure and print."""
    asked = _asked(arguments)
    results: Results = {}
    with TemporaryDirectory(prefix="duban-bench-") as folder:
        for count in asked.sizes:
            print(f"measuring {count:,} items …", file=sys.stderr)
            runs = asked.runs or (RUNS_OF_A_MILLION if count >= 10**6 else RUNS)
            results[count] = measured(
                Path(folder) / str(count), count, runs=runs, byte_code=Path(folder) / "byte-code"
            )
    if asked.json:
        print(json.dumps(results))
    else:
        show(results)


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.sweep", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=[10_000, 100_000])
    parser.add_argument("--runs", type=int, help="of which the medians are shown")
    parser.add_argument("--json", action="store_true", help="every figure, as measured")
    return parser.parse_args(arguments)


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",")]


def first_run(figures: Figures) -> float:
    """Return the CPU seconds of a contender's work, without its start."""
    return figures.get("work_cpu", 0) + figures.get("sweep_cpu", 0) + figures.get("delivery_cpu", 0)


def whole(figures: Figures) -> float:
    """Return all CPU seconds of a contender's first run, from the start of its process."""
    return figures["imports_cpu"] + first_run(figures)


def show(results: Results) -> None:
    """Print the table, the second run of each size, and how the work grew."""
    table = Table(*COLUMNS, title="One sweep and its digests (medians)", title_justify="left")
    for count, by_name in results.items():
        for name in by_name:
            table.add_row(f"{count:,}", NAMES[name], *_cells(count, name, by_name))
        table.add_section()
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(table)
    for count, by_name in results.items():
        console.print(_second_run(count, by_name["day"]))
    console.print(_growth(results))


def _cells(count: int, name: str, by_name: Mapping[str, Figures]) -> list[str]:
    figures = by_name[name]
    ratios = [f"{whole(figures) / whole(by_name[floor]):.2f}" for floor in ("floor", "floor_orm")]
    goal = f"{GOALS[count]:.1f}" if name == "day" and count in GOALS else ""
    peak = figures.get("work_mib") or figures["delivery_mib"]
    seconds = (figures["imports_cpu"], first_run(figures), whole(figures))
    return [*(f"{each:.2f}" for each in seconds), *ratios, goal, f"{peak:.0f}"]


def _second_run(count: int, ours: Figures) -> str:
    share = ours["again_cpu"] / first_run(ours)
    return (
        f"{count:,}: sweep {ours['sweep_cpu']:.2f} s, delivery {ours['delivery_cpu']:.2f} s, "
        f"{ours['accepted']:.0f} messages, {ours['acts']:.0f} acts, {ours['notices']:.0f} notices; "
        f"again the same day: {ours['sent_again']:.0f} messages, {share:.1%} of the CPU; "
        f"{ours['delivery_mib'] - ours['imports_mib']:.0f} MiB above the imports"
    )


def _growth(results: Results) -> str:
    """Say how the work grew from each size to the next."""
    work = {count: first_run(by_name["day"]) for count, by_name in results.items()}
    grown = (
        f"{small:,} to {big:,} items: {work[big] / work[small]:.1f} times the work"
        for small, big in pairwise(sorted(work))
    )
    return "; ".join(grown)


if __name__ == "__main__":
    main(sys.argv[1:])
