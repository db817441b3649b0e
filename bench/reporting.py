"""Sixty bureaus report in the same minute (REL14): 600 reports, each with a file of 1 MB.

`python -m bench.reporting [--databases sqlite,postgresql] [--processes 1,2] [--seconds 60]
[--json]`. Once paced, the reports spread over the minute by chance, once as a burst, all sixty
bureaus at the same moment; beside the burst stands its floor (bench/reporting_floor.py). A report's
time runs from the moment it was to come, so waiting in line counts; both databases write to disk
what they commit. Several processes share the bureaus, as a portal of several processes would.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from bench import reporting_floor
from bench.databases import KINDS, fresh_engine
from bench.sharing import Done, Share, in_processes
from services.office import Office
from services.settings import read_settings
from tests.bureaus import ROUND_DAY, open_round, report
from tests.clock import Clock

GOALS = {"paced": 0.5, "postgresql, burst": 2.0, "sqlite, burst": 8.0}  # seconds, p99 (REL14)
SEED = 14
Figures = Mapping[str, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One measurement: of what, on which database, by how many processes."""

    kind: str
    pace: str  # paced, burst or floor
    processes: int
    seconds: float

    @property
    def name(self) -> str:
        """How the table calls it."""
        return f"{self.kind}, {self.pace}, {self.processes} process{'es' * (self.processes > 1)}"

    @property
    def goal(self) -> float | None:
        """The seconds within which 99 of 100 reports have to be stored."""
        return GOALS.get(self.pace, GOALS.get(f"{self.kind}, {self.pace}"))


def main(arguments: list[str]) -> None:
    """Measure and print."""
    asked = _asked(arguments)
    results: dict[Run, Figures] = {}
    for run in _runs(asked):
        with (
            TemporaryDirectory(prefix="duban-bench-") as folder,
            fresh_engine(run.kind, Path(folder), durable=True) as engine,
        ):
            if engine is not None:
                print(f"{run.name} …", file=sys.stderr)
                results[run] = measured(engine, Path(folder), run)
    if asked.json:
        print(json.dumps({run.name: figures for run, figures in results.items()}))
    else:
        show(results)


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.reporting", description=__doc__)
    parser.add_argument("--databases", default=",".join(KINDS))
    parser.add_argument("--paces", default="paced,burst,floor")
    parser.add_argument("--processes", default="1", help="how many share the work, such as 1,2")
    parser.add_argument("--seconds", type=float, default=60, help="over which the paced ones come")
    parser.add_argument("--json", action="store_true", help="every figure, as measured")
    return parser.parse_args(arguments)


def _runs(asked: argparse.Namespace) -> Iterator[Run]:
    for kind in asked.databases.split(","):
        for pace in asked.paces.split(","):
            for processes in asked.processes.split(","):
                seconds = asked.seconds if pace == "paced" else 0
                yield Run(kind=kind, pace=pace, processes=int(processes), seconds=seconds)


def measured(engine: Engine, folder: Path, run: Run) -> Figures:
    """Have every bureau report all its items, each at its moment; return how long they took."""
    url = engine.url.render_as_string(hide_password=False)
    settings = read_settings(data_dir=folder / "var", database_url=url)
    bureaus = open_round(Office(settings, engine, Clock(ROUND_DAY)))
    if run.pace == "floor":
        reporting_floor.lay(engine)
    chance = random.Random(SEED)
    due = [[chance.random() * run.seconds for _ in bureau.codes] for bureau in bureaus]
    shares = [
        Share(settings, list(zip(bureaus, due, strict=True))[number :: run.processes])
        for number in range(run.processes)
    ]
    act = reporting_floor.report if run.pace == "floor" else report
    return _figures(in_processes(shares, act))


def _figures(done: Sequence[Done]) -> Figures:
    took = sorted(each for share in done for each in share.took)
    return {
        "reports": len(took),
        "p50": took[len(took) // 2],
        "p99": took[len(took) * 99 // 100],
        "longest": took[-1],
        "wall": max(share.wall for share in done),
        "cpu": sum(share.cpu for share in done),
    }


def show(results: Mapping[Run, Figures]) -> None:
    """Print the table."""
    names = ("p50", "p99", "longest", "wall", "cpu")
    columns = ("database", "reports", *(f"{name} s" for name in names), "goal p99")
    table = Table(*columns, title="60 bureaus report, 1 MB each", title_justify="left")
    for run, figures in results.items():
        shown = [f"{figures[column]:.3f}" for column in names]
        goal = "" if run.goal is None else f"{run.goal:.3f}"
        table.add_row(run.name, f"{figures['reports']:.0f}", *shown, goal)
    Console(width=None if sys.stdout.isatty() else 110).print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
