"""Measures the overdue list beside its floor in the same run: p50 and p99, at 10k and 1M items.

The overview counts every overdue item and is timed once: it is no list, and has no floor.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from statistics import quantiles

import httpx
from sqlmodel import Session

from bench.items import TODAY
from bench.loading import load_floor, load_ours
from db.life_tables import Account
from services.accounts import NewAccount, add_account
from services.office import Office, open_office
from supervision.rights import Actor
from supervision.vocabulary import Role

ROOT = Path(__file__).resolve().parents[1]
COUNTS = (10_000, 1_000_000)
GOAL = 2.0  # times the floor
FLOOR_BYTES = 39_000  # as the floor was first measured
ROUNDS, BATCH, WARM = 20, 10, 20
WATCHER = "watcher"
WORD = "Chun-Tian-2025"
MOMENT = f"{TODAY.isoformat()}T09:00:00+08:00"


def main(counts: tuple[int, ...]) -> int:
    """Print a line for each page; return 1 when the list misses its goal."""
    missed = False
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="duban-bench-") as folder, ExitStack() as stack:
            room = Path(folder)
            floor, ours = _loaded(room, count)
            client = stack.enter_context(_served(_portal(ours)))
            _sign_in(client)
            body = client.get("/overdue/items").content
            started = time.perf_counter()
            client.get("/overdue")
            first = (time.perf_counter() - started) * 1000
            plain = stack.enter_context(_served(_floor(floor, FLOOR_BYTES)))
            asked = {
                "floor": (plain, "/"),
                "list": (client, "/overdue/items"),
            }
            times = _taken(asked)
        for name, found in times.items():
            ratio = found[0] / times["floor"][0]
            print(f"{count:>9,} {name:<9} p50 {found[0]:7.1f} ms  p99 {found[1]:7.1f} ms"
                  f"  {ratio:5.2f} x floor")  # fmt: skip
        print(f"{count:>9,} list {len(body):,} bytes; the overview, counted once {first:,.0f} ms")
        missed = missed or times["list"][0] > GOAL * times["floor"][0]
    print(f"goal: the list at most {GOAL} x floor: {'missed' if missed else 'met'}")
    return int(missed)


def _loaded(room: Path, count: int) -> tuple[Path, Path]:
    """Load both databases, ours with a supervisor who chose his password himself."""
    floor, ours = room / "floor.db", room / "duban.db"
    load_floor(floor, count)
    load_ours(ours, count)
    opened = open_office(database_url=f"sqlite:///{ours}", data_dir=room)
    moment = datetime.fromisoformat(MOMENT)
    office = Office(opened.settings, opened.engine, lambda: moment)
    with office.transaction() as session:
        keeper = Actor(name="keeper", roles=frozenset({Role.ADMINISTRATOR}))
        _add(session, office, "keeper", Role.ADMINISTRATOR, None)
        account = _add(session, office, WATCHER, Role.SUPERVISOR, keeper)
        account.created_at = moment - timedelta(days=30)
        session.add(account)
    return floor, ours


def _add(session: Session, office: Office, name: str, role: Role, by: Actor | None) -> Account:
    new = NewAccount(
        name=name, full_name=name, unit_id=None, roles=frozenset({role}), password=WORD
    )
    profile = office.settings.password_profile
    return add_account(session, new, by, profile=profile, today=TODAY, now=office.now())


def _portal(database: Path) -> Callable[[int], tuple[list[str], dict[str, str]]]:
    settings = {
        "DUBAN_DATABASE_URL": f"sqlite:///{database}",
        "DUBAN_DATA_DIR": str(database.parent / "var"),
    }
    return lambda port: (["tests.portal.served", str(port), MOMENT], settings)


def _floor(database: Path, size: int) -> Callable[[int], tuple[list[str], dict[str, str]]]:
    return lambda port: (["bench.pages_floor", str(database), str(port), str(size)], {})


@contextmanager
def _served(made: Callable[[int], tuple[list[str], dict[str, str]]]) -> Iterator[httpx.Client]:
    """Give one connection to a server in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    module, settings = made(port)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DUBAN_")}
    process = subprocess.Popen(
        [sys.executable, "-m", *module], cwd=ROOT, env=kept | settings | {"PYTHONPATH": str(ROOT)}
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            _wait_for(client)
            yield client
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(client: httpx.Client) -> None:
    for _ in range(600):
        try:
            client.get("/")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError


def _sign_in(client: httpx.Client) -> None:
    page = client.get("/sign-in").text
    marks = dict(re.findall(r'name="(form_\w+)" value="([^"]*)"', page))
    said = client.post("/sign-in", data=marks | {"name": WATCHER, "password": WORD})
    assert said.is_redirect, said.text


def _taken(asked: dict[str, tuple[httpx.Client, str]]) -> dict[str, tuple[float, float]]:
    """Return p50 and p99 of each in milliseconds; they take turns, so that noise strikes alike."""
    times: dict[str, list[float]] = {name: [] for name in asked}
    for one, path in asked.values():
        for _ in range(WARM):
            assert one.get(path).status_code == httpx.codes.OK
    for _ in range(ROUNDS):
        for name, (one, path) in asked.items():
            for _ in range(BATCH):
                started = time.perf_counter()
                one.get(path)
                times[name].append((time.perf_counter() - started) * 1000)
    cuts = {name: quantiles(found, n=100) for name, found in times.items()}
    return {name: (found[49], found[98]) for name, found in cuts.items()}


if __name__ == "__main__":
    sys.exit(main(tuple(int(text) for text in sys.argv[1:]) or COUNTS))
