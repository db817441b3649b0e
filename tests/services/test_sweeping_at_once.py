import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlmodel import col
from sqlmodel import select as select_rows

from db import plans
from db.engine import reading
from db.events import first_broken
from db.plan_tables import Office as OfficeRow
from db.plan_tables import WorkItem
from db.record_tables import Message, Sweep
from db.schema import require_current
from services.office import Office
from services.tick import tick
from supervision.vocabulary import SweepPart
from tests.clock import Clock
from tests.databases import ISSUED_ON, Databases, adopted, an_office, guarded_engine
from tests.ledger import Rows, ledger

ROOT = Path(__file__).resolve().parents[2]
# A round closes, the year turns, a holiday, the first notices, a weekend.
FIRST, DAYS = date(2024, 12, 26), 6  # for two processes, then as many for five


def processes_of(program: str, url: str, folder: Path, day: date, *figures: int) -> str:
    """Have processes of their own work on a database; return what they printed."""
    command = [sys.executable, "-m", "tests.services.sweepers", program, url, str(folder)]
    figured = [day.isoformat(), *map(str, figures)]
    done = subprocess.run(
        [*command, *figured], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def swept_by(program: str, office: Office, first: date, *figures: int) -> str:
    """Have processes of their own sweep the office's database; return what they printed."""
    url = office.engine.url.render_as_string(hide_password=False)
    return processes_of(program, url, office.settings.data_dir, first, *figures)


def straight_run(database: Databases, folder: Path, days: list[date]) -> dict[str, Rows]:
    """Return the ledger of a copy of the same database, swept by one process without a fault."""
    folder.mkdir()
    clock = Clock(days[0])
    with database.fresh(folder, adopted) as url, guarded_engine(url) as engine:
        for day in days:
            clock.turn_to(day)
            tick(an_office(engine, clock, folder), today=day)
        return ledger(engine)


def is_whole(office: Office) -> bool:
    with office.reading() as session:
        row = plans.the_office(session)
        assert row is not None
        return first_broken(session, row.id) is None


def test_first_starts_at_the_same_moment_make_one_office(
    empty_url: str, settings_folder: Path
) -> None:
    processes_of("start", empty_url, settings_folder / "var", ISSUED_ON, 3)

    with guarded_engine(empty_url) as engine:
        require_current(engine)
        with reading(engine) as session:
            assert len(session.exec(select_rows(OfficeRow)).all()) == 1
            assert len(session.exec(select_rows(WorkItem)).all()) == 63


def test_two_then_five_processes_racing_for_each_day_sweep_it_once(
    zhanggong: Office, database: Databases, settings_folder: Path
) -> None:
    days = [FIRST + timedelta(days=count) for count in range(2 * DAYS)]

    swept_by("race", zhanggong, FIRST, DAYS, 2, 5)

    assert ledger(zhanggong.engine) == straight_run(database, settings_folder / "alone", days)
    assert is_whole(zhanggong)
    with zhanggong.reading() as session:
        swept = select(col(Sweep.part), col(Sweep.day))
        once = Counter(session.connection().execute(swept).tuples())
        told = list(session.connection().execute(select(col(Message.key))).scalars())
    assert once == {(part, day): 1 for part in SweepPart for day in days}
    assert len(told) > 5


def test_a_sweep_killed_at_every_statement_in_turn_loses_nothing_and_doubles_nothing(
    zhanggong: Office, database: Databases, settings_folder: Path
) -> None:
    today = date(2025, 1, 2)

    kills = int(swept_by("kills", zhanggong, today))

    assert kills > 20
    assert ledger(zhanggong.engine) == straight_run(database, settings_folder / "alone", [today])
    assert is_whole(zhanggong)
