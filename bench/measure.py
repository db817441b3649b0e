"""Runs every contender in turn, each in a process of its own, and keeps the medians."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from bench.loading import load_floor, load_ours
from tests.sinks.smtp import ROOT, running_sink

CONTENDERS = ("floor", "floor_orm", "day")
Figures = Mapping[str, float]  # what bench.meter reported, and what the sink `accepted`


def measured(
    folder: Path, count: int, *, runs: int, byte_code: Path | None = None
) -> dict[str, Figures]:
    """Load that many items and return each contender's medians over so many runs.

    The contenders take turns, so that whatever else the machine does meanwhile strikes them alike.
    Byte code is kept in the given folder; without one, whether a start is slow is left to chance.
    Raises CalledProcessError when one of them fails.
    """
    folder.mkdir()
    load_floor(folder / "floor.db", count)
    load_ours(folder / "duban.db", count)
    environment = _environment()
    if byte_code is not None:
        environment["PYTHONPYCACHEPREFIX"] = str(byte_code)
        _compile(environment)
    taken: dict[str, list[Figures]] = {name: [] for name in CONTENDERS}
    for run in range(runs):
        for name in CONTENDERS:
            place = folder / f"{name}-{run}"
            place.mkdir()
            shutil.copyfile(folder / _database(name), place / _database(name))
            taken[name].append(_run(name, place, environment))
            shutil.rmtree(place)
    return {name: _medians(figures) for name, figures in taken.items()}


def _database(contender: str) -> str:
    return "duban.db" if contender == "day" else "floor.db"


def _environment() -> dict[str, str]:
    """Return an environment without settings, of ours or of Python, that a shell may have left."""
    left_out = ("DUBAN_", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return kept | {"PYTHONPATH": str(ROOT)}


def _compile(environment: Mapping[str, str]) -> None:
    """Import everything once, so that no contender is charged for compiling it."""
    modules = ", ".join(f"bench.{name}" for name in CONTENDERS)
    subprocess.run([sys.executable, "-c", f"import {modules}"], env=environment, check=True)


def _run(contender: str, place: Path, environment: Mapping[str, str]) -> Figures:
    """Run one contender against a sink of its own and return what both of them say."""
    target = place if contender == "day" else place / _database(contender)
    with running_sink(place) as sink:
        command = [sys.executable, "-m", f"bench.{contender}", str(target), str(sink.port)]
        ended = subprocess.run(
            command, env=environment, cwd=place, stdout=subprocess.PIPE, check=True, text=True
        )
        figures: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
        return figures | {"accepted": len(sink.accepted())}


def _medians(runs: list[Figures]) -> Figures:
    return {name: median(figures[name] for figures in runs) for name in runs[0]}
