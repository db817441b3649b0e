import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from db.bulk import insert_new
from db.engine import open_engine, reading, sqlite_file, transaction, where
from db.plan_tables import Office
from db.record_tables import CalendarDay
from db.schema import require_current
from supervision.errors import NotConfiguredError, StorageError
from supervision.vocabulary import DayKind
from tests.builders import an_office_row

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def offices(engine: Engine) -> int:
    with reading(engine) as session:
        return session.connection().execute(select(func.count(col(Office.id)))).scalar_one()


def add_office(engine: Engine, name: str = "督办办公室") -> None:
    with transaction(engine) as session:
        an_office_row(session, name)


def add_days(engine: Engine, many: int) -> None:
    first = date(2000, 1, 1)
    kind, source = DayKind.WORKDAY, "通知" * 50
    days = (first + timedelta(days=n) for n in range(many))
    with transaction(engine) as session:
        rows = ({"day": day, "kind": kind, "source": source} for day in days)
        insert_new(session, CalendarDay, rows)


@contextmanager
def held_by_another(engine: Engine) -> Iterator[None]:
    """Hold the write lock of a SQLite file, as another program would."""
    file = sqlite_file(engine)
    assert file is not None
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def impatient(engine: Engine) -> Iterator[Engine]:
    """Give another engine on the same file that waits a tenth of a second for its turn."""
    found = open_engine(f"sqlite:///{sqlite_file(engine)}", busy_seconds=0.1)
    yield found
    found.dispose()


def test_work_is_kept_at_the_end_or_not_at_all(engine: Engine) -> None:
    def act() -> None:
        with transaction(engine) as session:
            an_office_row(session)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        act()

    assert offices(engine) == 0
    add_office(engine)
    assert offices(engine) == 1


def test_a_reader_sees_one_state_while_others_write(engine: Engine) -> None:
    query = select(func.count(col(Office.id)))
    with reading(engine) as session:
        before = session.connection().execute(query).scalar_one()
        add_office(engine)
        after = session.connection().execute(query).scalar_one()

    assert (before, after) == (0, 0)
    assert offices(engine) == 1


def test_what_refers_to_nothing_is_refused(engine: Engine) -> None:
    orphan = text(
        "INSERT INTO unit (id, office_id, name, kind, position) VALUES (:i, :o, 'n', 'bureau', 0)"
    )

    with pytest.raises(IntegrityError), transaction(engine) as session:
        session.connection().execute(orphan, {"i": "1" * 32, "o": "2" * 32})


@ON_SQLITE
def test_writers_that_read_first_wait_for_each_other_and_none_fails(engine: Engine) -> None:
    """With a deferred BEGIN 593 of 600 such writers fail at once with 'database is locked'."""
    add_office(engine, "0")
    writers, acts = 8, 10
    barrier = Barrier(writers)
    faults: list[BaseException] = []

    def count_up() -> None:
        barrier.wait()
        try:
            for _ in range(acts):
                with transaction(engine) as session:
                    row = session.execute(text("SELECT name FROM office")).scalar_one()
                    session.execute(text("UPDATE office SET name = :n"), {"n": str(int(row) + 1)})
        except BaseException as error:  # noqa: BLE001 - shown by the assertion below
            faults.append(error)

    threads = [Thread(target=count_up) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    with reading(engine) as session:
        assert session.execute(text("SELECT name FROM office")).scalar_one() == str(writers * acts)


@ON_SQLITE
def test_every_connection_is_durable_checks_references_and_reads_past_writers(
    migrated_url: str,
) -> None:
    engine = open_engine(migrated_url)

    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    engine.dispose()

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@ON_SQLITE
def test_a_locked_database_is_explained_and_loses_nothing(engine: Engine) -> None:
    with impatient(engine) as other, held_by_another(engine):
        with pytest.raises(StorageError, match="正被另一个程序占用") as refusal:
            add_office(other)

        assert offices(other) == 0  # reading goes on meanwhile
        assert "重试" in refusal.value.advice
        assert str(sqlite_file(engine)) in str(refusal.value)

    add_office(engine)
    assert offices(engine) == 1


@ON_SQLITE
def test_a_writer_whose_work_fails_lets_the_next_one_in(engine: Engine) -> None:
    def act() -> None:
        with transaction(hurried) as session:
            an_office_row(session)
            raise InterruptedError

    with impatient(engine) as hurried:
        for _ in range(3):
            with pytest.raises(InterruptedError):
                act()

        add_office(hurried)

    assert offices(engine) == 1


@ON_SQLITE
def test_a_writer_kept_out_by_another_program_keeps_nobody_out(engine: Engine) -> None:
    with impatient(engine) as hurried:
        with held_by_another(engine):
            for _ in range(3):
                with pytest.raises(StorageError, match="占用"):
                    add_office(hurried)

        add_office(hurried)

    assert offices(engine) == 1


@ON_SQLITE
def test_a_writer_who_waited_in_vain_for_another_of_this_program_is_told_why(
    engine: Engine,
) -> None:
    told: list[str] = []

    def try_to_write(name: str) -> None:
        try:
            add_office(hurried, name)
        except StorageError as error:
            told.append(str(error))

    with impatient(engine) as hurried:
        with transaction(hurried) as session:
            an_office_row(session, "first")
            late = Thread(target=try_to_write, args=("late",))
            late.start()
            late.join()
        try_to_write("next")

    assert len(told) == 1
    assert "占用" in told[0]
    assert offices(engine) == 2


@ON_SQLITE
def test_a_full_disk_is_explained_keeps_what_was_committed_and_goes_on_later(
    engine: Engine,
) -> None:
    add_days(engine, 10)
    with engine.connect() as connection:  # the pool has this one connection, so it stays in force
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")

    with pytest.raises(StorageError, match="磁盘已满") as refusal:
        add_days(engine, 4_000)

    assert "已提交的内容完好" in refusal.value.advice
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        stored = connection.execute(select(func.count(col(CalendarDay.day)))).scalar_one()
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert stored == 10
    add_days(engine, 4_000)


@ON_SQLITE
def test_a_file_that_may_only_be_read_is_explained(engine: Engine) -> None:
    add_office(engine)
    read_only = open_engine(f"sqlite:///file:{sqlite_file(engine)}?mode=ro&uri=true")

    assert offices(read_only) == 1
    with pytest.raises(StorageError, match="只读") as refusal:
        add_office(read_only, "另一个")

    assert "权限" in refusal.value.advice
    read_only.dispose()


def test_a_folder_that_is_missing_is_explained(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/missing/duban.db")

    with pytest.raises(StorageError, match="打不开数据库文件") as refusal:
        offices(engine)

    assert "目录" in refusal.value.advice


def test_a_file_that_is_no_database_is_explained_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "duban.db"
    file.write_text("季度报表\n" * 1000)
    engine = open_engine(f"sqlite:///{file}")

    for act in (offices, add_office, require_current):
        with pytest.raises(StorageError, match="不是数据库") as refusal:
            act(engine)
        assert "DUBAN_DATABASE_URL" in refusal.value.advice

    assert file.read_text() == "季度报表\n" * 1000
    engine.dispose()


@ON_SQLITE
def test_a_damaged_file_is_explained(engine: Engine) -> None:
    add_days(engine, 4_000)
    engine.dispose()  # the last connection brings the log into the file
    file = sqlite_file(engine)
    assert file is not None
    pages = file.read_bytes()
    file.write_bytes(pages[:4096] + b"\xff" * (len(pages) - 4096))

    with pytest.raises(StorageError, match="已损坏") as refusal:
        add_days(engine, 4_001)

    assert "备份" in refusal.value.advice


@ON_SQLITE
def test_a_database_without_its_tables_asks_for_init(empty_url: str) -> None:
    engine = open_engine(empty_url)

    with pytest.raises(NotConfiguredError, match="尚未初始化"):
        offices(engine)

    engine.dispose()


def test_a_server_that_is_not_there_is_explained_without_the_password() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: nobody answers
        port = taken.getsockname()[1]
        engine = open_engine(f"postgresql+psycopg://duban:mimi-7f3a@127.0.0.1:{port}/duban")

        with pytest.raises(StorageError, match="数据库不可用") as refusal:
            offices(engine)

    assert "数据库服务" in refusal.value.advice
    assert "mimi-7f3a" not in str(refusal.value) + refusal.value.advice + where(engine)


@ON_POSTGRESQL
def test_a_connection_cut_by_the_server_fails_one_act_at_most(engine: Engine) -> None:
    add_office(engine)
    with Session(engine) as session:
        mine = session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    other = open_engine(engine.url.render_as_string(hide_password=False))
    with other.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:mine)"), {"mine": mine})
    other.dispose()

    outcomes = []
    for name in ("甲", "乙"):
        try:
            add_office(engine, name)
            outcomes.append("kept")
        except StorageError:
            outcomes.append("refused")

    assert outcomes[-1] == "kept"
    assert offices(engine) == 1 + outcomes.count("kept")


@ON_POSTGRESQL
def test_the_address_of_a_server_needs_no_drivers_name(engine: Engine) -> None:
    plain = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    other = open_engine(plain)

    assert offices(other) == 0
    other.dispose()


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("duban.db", id="a bare file name"),
        pytest.param("oracle://duban@host/duban", id="a database duban does not know"),
        pytest.param("mysql+pymysql://duban:mimi-7f3a@host/duban", id="another one"),
        pytest.param("nonsense://duban:mimi-7f3a@host/duban", id="none at all"),
        pytest.param("", id="nothing"),
    ],
)
def test_an_address_that_is_no_database_is_explained_without_the_password(url: str) -> None:
    with pytest.raises(NotConfiguredError, match="DUBAN_DATABASE_URL") as refusal:
        open_engine(url)

    assert "sqlite" in refusal.value.advice
    assert "postgresql" in refusal.value.advice
    assert "mimi-7f3a" not in str(refusal.value)
