"""Measures the overdue list beside its floor in the same run: p50 and p99, at 10k and 1M items.

`list` is asked for again and again while nobody changes anything; before each `changed` a row of
the database is written, so that nothing remembered is of use. The overview counts every overdue
item and is no list, so it has no floor: it is timed when it counts, and when it remembers.
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
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import quantiles

import httpx
from sqlalchemy import Engine, update
from sqlmodel import Session

from bench.databases import KINDS, fresh_engine
from bench.items import TODAY
from bench.loading import fill_ours, load_floor
from db.engine import transaction
from db.life_tables import Account
from services.accounts import NewAccount, add_account
from services.office import Office
from services.settings import read_settings
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


def main(counts: tuple[int, ...], kind: str) -> int:
    """Print a line for each page; return 1 when the list misses its goal."""
    missed = False
    for count in counts:
        times = _measured(count, kind)
        for name, found in times.items():
            ratio = found[0] / times["floor"][0]
            print(f"{count:>9,} {name:<9} p50 {found[0]:7.1f} ms  p99 {found[1]:7.1f} ms"
                  f"  {ratio:5.2f} x floor")  # fmt: skip
        missed = missed or not times or times["list"][0] > GOAL * times["floor"][0]
    print(f"goal: the list at most {GOAL} x floor: {'missed' if missed else 'met'}")
    return int(missed)


def _measured(count: int, kind: str) -> dict[str, tuple[float, float]]:
    """Return p50 and p99 of each page in milliseconds; empty without that kind of database."""
    with tempfile.TemporaryDirectory(prefix="duban-bench-") as folder, ExitStack() as stack:
        room = Path(folder)
        load_floor(room / "floor.db", count)
        engine = stack.enter_context(fresh_engine(kind, room))
        if engine is None:
            return {}
        _load(engine, room, count)
        client = stack.enter_context(_served(_portal(engine, room)))
        _sign_in(client)
        _print_overview(client, count)
        plain = stack.enter_context(_served(_floor(room / "floor.db")))
        return _taken(
            Asked("floor", plain, "/"),
            Asked("list", client, "/overdue/items"),
            Asked("changed", client, "/overdue/items", lambda: _change(engine)),
        )


def _load(engine: Engine, room: Path, count: int) -> None:
    """Fill our database, with a supervisor who chose his password himself."""
    fill_ours(engine, count)
    settings = read_settings(database_url=_address(engine), data_dir=room)
    moment = datetime.fromisoformat(MOMENT)
    office = Office(settings, engine, lambda: moment)
    with office.transaction() as session:
        keeper = Actor(name="keeper", roles=frozenset({Role.ADMINISTRATOR}))
        _add(session, office, "keeper", Role.ADMINISTRATOR, None)
        account = _add(session, office, WATCHER, Role.SUPERVISOR, keeper)
        account.created_at = moment - timedelta(days=30)
        session.add(account)


def _add(session: Session, office: Office, name: str, role: Role, by: Actor | None) -> Account:
    new = NewAccount(
        name=name, full_name=name, unit_id=None, roles=frozenset({role}), password=WORD
    )
    profile = office.settings.password_profile
    return add_account(session, new, by, profile=profile, today=TODAY, now=office.now())


def _portal(engine: Engine, room: Path) -> Callable[[int], tuple[list[str], dict[str, str]]]:
    settings = {"DUBAN_DATABASE_URL": _address(engine), "DUBAN_DATA_DIR": str(room / "var")}
    return lambda port: (["bench.pages_ours", str(port), MOMENT], settings)


def _address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def _floor(database: Path) -> Callable[[int], tuple[list[str], dict[str, str]]]:
    return lambda port: (["bench.pages_floor", str(database), str(port), str(FLOOR_BYTES)], {})


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


def _print_overview(client: httpx.Client, count: int) -> None:
    size = len(client.get("/overdue/items").content)
    counted, remembered = (_milliseconds(client, "/overdue") for _ in range(2))
    print(f"{count:>9,} list {size:,} bytes; the overview {counted:,.0f} ms when it counts,"
          f" {remembered:,.1f} ms when it remembers")  # fmt: skip


def _change(engine: Engine) -> None:
    """Write something that no page shows, as any act of anybody would."""
    with transaction(engine) as session:
        moment = datetime.fromisoformat(MOMENT)
        session.connection().execute(update(Account).values(last_used_at=moment))


@dataclass(frozen=True, slots=True)
class Asked:
    """A page that is timed, and what comes before each time."""

    name: str
    client: httpx.Client
    path: str
    before: Callable[[], None] = lambda: None


def _taken(*pages: Asked) -> dict[str, tuple[float, float]]:
    """Return p50 and p99 of each in milliseconds; they take turns, so that noise strikes alike."""
    times: dict[str, list[float]] = {page.name: [] for page in pages}
    for page in pages:
        for _ in range(WARM):
            assert page.client.get(page.path).status_code == httpx.codes.OK
    for _ in range(ROUNDS):
        for page in pages:
            for _ in range(BATCH):
                page.before()
                times[page.name].append(_milliseconds(page.client, page.path))
    cuts = {name: quantiles(found, n=100) for name, found in times.items()}
    return {name: (found[49], found[98]) for name, found in cuts.items()}


def _milliseconds(client: httpx.Client, path: str) -> float:
    started = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    asked = [text for text in sys.argv[1:] if text not in KINDS]
    database = next((text for text in sys.argv[1:] if text in KINDS), "sqlite")
    sys.exit(main(tuple(int(text) for text in asked) or COUNTS, database))
