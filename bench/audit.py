"""Verifying the record: the CPU time of the whole chain, next to hashing the same bytes alone.

`python -m bench.audit [--entries 1000000] [--databases sqlite,postgresql] [--json]`; a million
entries take some four minutes and 1 GB of disk. On PostgreSQL the server's own time is apart.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from uuid import UUID, uuid4

from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, text
from sqlmodel import Session

from bench.databases import KINDS, fresh_engine
from bench.meter import peak_mib
from db import events
from db.engine import reading, transaction
from db.event_forms import text_in
from db.events import Entry
from db.plan_tables import Office

GOAL = 5.0  # CPU seconds for a million entries (SEC19)
BATCH = 10_000
BEGUN = datetime(2025, 1, 2, 1, 30, tzinfo=UTC)
ACTS = (
    ("hand_in", "open", "reported", None),
    ("add_evidence", None, None, None),
    ("accept", "reported", "accepted", "情况属实，数据与台账一致"),
    ("send_back", "reported", "sent_back", "缺少第三季度的处置量，请补充后重新报送"),
    ("close_out", "submitted", "closed", "已印发实施，同意销号"),
)
Figures = Mapping[str, float]


def main(arguments: list[str]) -> None:
    """Measure and print."""
    asked = _asked(arguments)
    results: dict[str, Figures] = {}
    for kind in asked.databases.split(","):
        with (
            TemporaryDirectory(prefix="duban-bench-") as folder,
            fresh_engine(kind, Path(folder)) as engine,
        ):
            if engine is not None:
                print(f"{kind}: writing {asked.entries:,} entries …", file=sys.stderr)
                results[kind] = measured(engine, asked.entries)
    if asked.json:
        print(json.dumps(results))
    else:
        show(results, asked.entries)


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.audit", description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--databases", default=",".join(KINDS))
    parser.add_argument("--json", action="store_true", help="every figure, as measured")
    return parser.parse_args(arguments)


def measured(engine: Engine, count: int) -> Figures:
    """Write a chain of that many entries, verify it, and hash its texts alone."""
    office_id = _write(engine, count)
    with reading(engine) as session:
        server, cpu, wall = _server_cpu(session), process_time(), perf_counter()
        broken_at = events.first_broken(session, office_id)
        figures = {
            "cpu": process_time() - cpu,
            "wall": perf_counter() - wall,
            "server_cpu": _server_cpu(session) - server,
            "peak_mib": peak_mib(),
        }
        if broken_at is not None:
            raise AssertionError(f"the chain does not hold at {broken_at}")
        return {**figures, **_floor(session)}


def _write(engine: Engine, count: int) -> UUID:
    with transaction(engine) as session:
        office = Office(code="office", name="督办办公室")
        session.add(office)
        session.flush()
        office_id = office.id
    for first in range(0, count, BATCH):
        with transaction(engine) as session:
            some = _entries(range(first, min(first + BATCH, count)))
            events.append(session, office_id, some, at=BEGUN + timedelta(seconds=first))
    return office_id


def _entries(numbers: range) -> Iterator[Entry]:
    """Give entries as bureaus and the office make them: about 450 bytes of text each."""
    for number in numbers:
        act, before, after, why = ACTS[number % len(ACTS)]
        yield Entry(
            actor=f"unit{number % 60:02d}",
            act=act,
            about_kind="work_item",
            about_id=uuid4(),
            as_of=date(2025, 1, 2),
            before=before,
            after=after,
            why=why,
            document="章无废办〔2025〕3号" if number % 7 == 0 else None,
            facts={"code": f"T{number % 63:02d}", "version": 1, "content": uuid4().hex * 2},
        )


def _floor(session: Session) -> Figures:
    """Hash the same texts and do nothing else; only the hashing is timed."""
    connection = session.connection()
    query = text(f"SELECT {text_in(connection.dialect.name)} FROM event")
    spent, size = 0.0, 0
    with connection.execute(query, execution_options={"yield_per": BATCH}) as rows:
        for some in rows.scalars().partitions():  # the text, without its hash
            texts = [each if isinstance(each, bytes) else each.encode() for each in some]
            size += sum(map(len, texts))
            before = process_time()
            for each in texts:
                sha256(each).hexdigest()
            spent += process_time() - before
    return {"floor_cpu": spent, "bytes": size}


def _server_cpu(session: Session) -> float:
    """Return the CPU seconds of the server's process for this session; 0 where there is none."""
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        return 0.0
    process = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def show(results: Mapping[str, Figures], count: int) -> None:
    """Print the table."""
    columns = ("database", "CPU s", "floor s", "× floor", "goal", "server s", "wall s", "peak MiB")
    table = Table(*columns, title=f"Verifying {count:,} entries", title_justify="left")
    for kind, figures in results.items():
        ratio = figures["cpu"] / figures["floor_cpu"]
        shown = ("cpu", "floor_cpu", "server_cpu", "wall")
        cpu, floor, server, wall = (f"{figures[name]:.2f}" for name in shown)
        goal = f"{GOAL * count / 10**6:.1f}"
        peak = f"{figures['peak_mib']:.0f}"
        table.add_row(kind, cpu, floor, f"{ratio:.1f}", goal, server, wall, peak)
    Console(width=None if sys.stdout.isatty() else 110).print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
