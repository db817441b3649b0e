"""Connections: every writing transaction takes the write lock at its start, reading ones never do.

On SQLite a transaction that reads first and writes later ignores the busy time-out and fails at
once (measured: 593 of 600 concurrent writers); BEGIN IMMEDIATE waits its turn. See docs/adr/0008.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlmodel import Session

from supervision.errors import DiskFullError, NotConfiguredError, StorageError

WRITES = "duban_writes"
READS = "duban_reads"
TURN = "duban_turn"
AT_ONCE = "duban_at_once"
MOST_AT_ONCE = 6  # writers of one process on PostgreSQL
BUSY_SECONDS = 30.0
DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}


def open_engine(url: str, *, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Return the engine of a SQLite file or a PostgreSQL database; nothing is connected yet.

    `busy_seconds` is how long a SQLite writer waits for another process before it gives up.
    Raises NotConfiguredError for a URL that names neither.
    """
    address = _address(url)
    # The connection last given back is the one that remembers best (db/remembered.py).
    if address.get_backend_name() != "sqlite":
        at_once = {AT_ONCE: BoundedSemaphore(MOST_AT_ONCE)}
        return create_engine(
            address, execution_options=at_once, pool_size=MOST_AT_ONCE * 2, pool_use_lifo=True
        )
    # Writers queue at the file, where the time-out is ours to set, and not for a connection.
    engine = create_engine(
        address, connect_args={"timeout": busy_seconds}, max_overflow=-1, pool_use_lifo=True
    )
    turns = _Turns(busy_seconds)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", turns.begin)
    event.listen(engine, "checkin", turns.end)
    return engine


def _address(url: str) -> URL:
    """Return the URL with the driver that duban ships, whichever driver it names."""
    try:
        address = make_url(url)
        return address.set(drivername=DRIVERS[address.get_backend_name()])
    except (ArgumentError, KeyError) as error:
        raise NotConfiguredError(
            "DUBAN_DATABASE_URL 不是可用的数据库地址",
            advice="应形如 sqlite:///文件路径 或 postgresql://用户:密码@主机/库名。",
        ) from error


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DBAPI connection
    connection.isolation_level = None  # transactions begin where _begin_sqlite says, nowhere else
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    # The mode stays with the file. SQLite does not wait its turn for this switch, and whoever is
    # in the way on a first start makes the same one.
    with _unless_locked():
        connection.execute("PRAGMA journal_mode=WAL")


@contextmanager
def _unless_locked() -> Iterator[None]:
    """Let a statement fail because somebody else holds the file, and for no other reason."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise


class _Turns:
    """The line in which the writers of one process wait for a SQLite file.

    SQLite has nobody wait in line: whoever finds the file locked sleeps up to a tenth of a second
    and tries again, so among many writers some are passed over for seconds (bench/reporting.py).
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._turn = Lock()

    def begin(self, connection: Connection) -> None:
        """Begin a transaction; one that writes waits for its turn, then for other processes."""
        if not connection.get_execution_options().get(WRITES, False):
            connection.exec_driver_sql("BEGIN DEFERRED")
            return
        # Who has waited so long in vain goes on without a turn, and SQLite tells him why.
        connection.info[TURN] = self._turn.acquire(timeout=self._seconds)
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def end(self, _connection: object, record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own
        """Let the next one in once a connection is given back, whatever became of its work."""
        if record.info.pop(TURN, False):
            self._turn.release()


@contextmanager
def _with_few_others(engine: Engine) -> Iterator[None]:
    """Wait while a crowd of this process writes on PostgreSQL; those waiting hold no connection.

    They would meet at the head of the record anyway, and every one that runs meanwhile keeps
    whoever has it from being done (docs/adr/0029). SQLite's writers have their turns.
    """
    at_once: BoundedSemaphore | None = engine.get_execution_options().get(AT_ONCE)
    is_in = at_once is not None and at_once.acquire(timeout=BUSY_SECONDS)
    try:
        yield
    finally:
        if at_once is not None and is_in:  # who waited in vain went on without
            at_once.release()


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Give a session whose work is committed at the end, or not at all.

    Raises StorageError in words for people when the database is locked, full or read-only.
    """
    writing = engine.execution_options(**{WRITES: True})
    with (
        explained(engine),
        _with_few_others(engine),
        Session(writing) as session,
        session.begin(),
    ):
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Give a session that only reads; it sees one state of the database throughout."""
    if not is_sqlite(engine):  # where a deferred transaction does so by itself
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with explained(engine), Session(engine, info={READS: True}) as session:
        yield session


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Turn the driver's errors into refusals that say what to do."""
    try:
        yield
    except DatabaseError as error:
        # SQLite reports a damaged file as the plain kind; the other kinds are faults of our own.
        if type(error) not in (OperationalError, DatabaseError):
            raise
        raise _refusal(engine, str(error.orig)) from error


FULL = "磁盘已满"
_REASONS = {
    "database is locked": (
        "数据库正被另一个程序占用，等待超时",
        "请待对方结束（或关闭打开该文件的工具）后重试；已提交的内容不受影响。",
    ),
    "disk is full": (f"{FULL}，未能写入", "请清理磁盘后重试；已提交的内容完好，本次操作未生效。"),
    "no space left": (f"{FULL}，未能写入", "请清理磁盘后重试；已提交的内容完好，本次操作未生效。"),
    "readonly": ("数据库文件只读，未能写入", "请检查文件与目录的写权限后重试。"),
    "read-only": ("数据库文件只读，未能写入", "请检查文件与目录的写权限后重试。"),
    "unable to open": ("打不开数据库文件", "请检查目录是否存在、是否有读写权限。"),
    "not a database": ("该文件不是数据库", "请检查 DUBAN_DATABASE_URL 所指的文件，或从备份恢复。"),
    "malformed": ("数据库文件已损坏", "请停止使用并从备份恢复。"),
    "disk i/o error": ("磁盘读写出错", "请检查磁盘状态；已提交的内容不受影响。"),
    "no such table": ("数据库尚未初始化", "请先运行 duban init。"),
}


def _refusal(engine: Engine, cause: str) -> StorageError | NotConfiguredError:
    lowered = cause.lower()
    for sign, (what, advice) in _REASONS.items():
        if sign in lowered:
            if sign == "no such table":
                return NotConfiguredError(what, advice=advice)
            kind = DiskFullError if what.startswith(FULL) else StorageError
            return kind(f"{what}（{where(engine)}）", advice=advice)
    line = cause.splitlines()[0] if cause else "原因不明"
    return StorageError(f"数据库不可用：{line}", advice="请检查 DUBAN_DATABASE_URL 与数据库服务。")


def where(engine: Engine) -> str:
    """Return where the database is, without its password."""
    return engine.url.database if is_sqlite(engine) else engine.url.render_as_string()  # type: ignore[return-value]


def is_sqlite(engine: Engine) -> bool:
    """Return whether the engine works on a SQLite file."""
    return engine.dialect.name == "sqlite"


def sqlite_file(engine: Engine) -> Path | None:
    """Return the file of a SQLite database, None for one in memory or on a server."""
    name = engine.url.database if is_sqlite(engine) else None
    return None if name in (None, "", ":memory:") else Path(str(name))
