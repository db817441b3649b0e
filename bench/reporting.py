"""Sixty bureaus report in the same minute (REL14): 600 reports, each with a file of 1 MB.

`python -m bench.reporting [--databases sqlite,postgresql] [--seconds 60] [--json]`. Once paced, the
reports spread over the minute by chance, once as a burst, all sixty bureaus at the same moment. A
report's time runs from the moment it was to come, so waiting in line counts; both databases write
to disk what they commit.
"""

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time, sleep

from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from bench.databases import KINDS, fresh_engine
from services.office import Office
from services.settings import read_settings
from tests.bureaus import ROUND_DAY, UNITS, Bureau, open_round, report
from tests.clock import Clock

GOAL = 0.5  # seconds, p99 of the paced minute (REL14)
SEED = 14
Figures = Mapping[str, float]


def main(arguments: list[str]) -> None:
    """Measure and print."""
    asked = _asked(arguments)
    results: dict[str, Figures] = {}
    for kind in asked.databases.split(","):
        for pace in ("paced", "burst"):
            with (
                TemporaryDirectory(prefix="duban-bench-") as folder,
                fresh_engine(kind, Path(folder), durable=True) as engine,
            ):
                if engine is not None:
                    print(f"{kind}: {pace} …", file=sys.stderr)
                    spread = asked.seconds if pace == "paced" else 0
                    results[f"{kind}, {pace}"] = measured(engine, Path(folder), spread)
    if asked.json:
        print(json.dumps(results))
    else:
        show(results)


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.reporting", description=__doc__)
    parser.add_argument("--databases", default=",".join(KINDS))
    parser.add_argument("--seconds", type=float, default=60, help="over which the paced ones come")
    parser.add_argument("--json", action="store_true", help="every figure, as measured")
    return parser.parse_args(arguments)


def measured(engine: Engine, folder: Path, spread: float) -> Figures:
    """Have every bureau report all its items, each at its moment; return how long they took."""
    url = engine.url.render_as_string(hide_password=False)
    settings = read_settings(data_dir=folder / "var", database_url=url)
    office = Office(settings, engine, Clock(ROUND_DAY))
    bureaus = open_round(office)
    chance = random.Random(SEED)
    beginning, spent = perf_counter() + 1, process_time()

    def act(bureau: Bureau, moments: list[float]) -> list[float]:
        reports = zip(bureau.codes, moments, strict=True)
        return [_timed(partial(report, office, bureau, code), at) for code, at in reports]

    due = [sorted(_moments(chance, len(bureau.codes), beginning, spread)) for bureau in bureaus]
    with ThreadPoolExecutor(UNITS) as together:
        took = sorted(chain.from_iterable(together.map(act, bureaus, due)))
    return {
        "reports": len(took),
        "p50": took[len(took) // 2],
        "p99": took[len(took) * 99 // 100],
        "longest": took[-1],
        "wall": perf_counter() - beginning,
        "cpu": process_time() - spent,
    }


def _moments(chance: random.Random, count: int, beginning: float, spread: float) -> Iterator[float]:
    return (beginning + chance.random() * spread for _ in range(count))


def _timed(act: Callable[[], object], at: float) -> float:
    """Do something at its moment; return the seconds from that moment to its end."""
    sleep(max(0, at - perf_counter()))
    act()
    return perf_counter() - at


def show(results: Mapping[str, Figures]) -> None:
    """Print the table."""
    names = ("p50", "p99", "longest", "wall", "cpu")
    columns = ("database", "reports", *(f"{name} s" for name in names), "goal p99")
    table = Table(*columns, title="60 bureaus report, 1 MB each", title_justify="left")
    for name, figures in results.items():
        shown = [f"{figures[column]:.3f}" for column in names]
        goal = f"{GOAL:.3f}" if name.endswith("paced") else ""
        table.add_row(name, f"{figures['reports']:.0f}", *shown, goal)
    Console(width=None if sys.stdout.isatty() else 110).print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
