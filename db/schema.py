"""The version of the database: what it must be, what it is, and bringing it up to date."""

from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select, text
from sqlmodel import Session

from db.engine import WRITES, explained, reading, sqlite_file
from supervision.errors import NotConfiguredError, StorageError

# The one head of db/migrations; a test holds the two together. Alembic itself is imported only to
# migrate, so that reading commands start fast.
HEAD = "0010"
HERE = Path(__file__).parent
TURN = 0x6475  # the key of PostgreSQL's advisory lock that migrations take


def version_of(session: Session) -> str | None:
    """Return the migration the database stands at, None when it was never set up."""
    if not inspect(session.connection()).has_table("alembic_version"):
        return None
    found = session.connection().execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def require_current(engine: Engine) -> None:
    """Refuse a database that is missing (exit code 4), older (4) or newer (1) than this program."""
    file = sqlite_file(engine)
    if file is not None and not file.exists():
        raise NotConfiguredError("数据库尚未初始化", advice="请先运行 duban init。")
    with reading(engine) as session:
        version = version_of(session)
    if version is None:
        raise NotConfiguredError("数据库尚未初始化", advice="请先运行 duban init。")
    if version > HEAD:
        raise StorageError(
            f"数据库版本（{version}）比本程序（{HEAD}）新",
            advice="请升级 duban 后再用；为免损坏数据，未作任何改动。",
        )
    if version < HEAD:
        raise NotConfiguredError(
            f"数据库版本（{version}）比本程序（{HEAD}）旧", advice="请运行 duban init 升级。"
        )


def upgrade(engine: Engine) -> None:
    """Bring the database to HEAD; does nothing when it is there, refuses one that is newer."""
    from alembic import command  # noqa: PLC0415 - a second of start-up that only this needs
    from alembic.config import Config  # noqa: PLC0415

    file = sqlite_file(engine)
    with explained(engine):
        if file is not None:
            make_folder(file.parent)
        with Session(engine) as session:
            version = version_of(session)
        if version == HEAD:
            return
        if version is not None and version > HEAD:
            require_current(engine)
        config = Config()
        config.set_main_option("script_location", str(HERE / "migrations"))
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            _take_turns(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _take_turns(connection: Connection) -> None:
    """Let one migration at a time run, so that a second first start finds nothing left to do."""
    if connection.dialect.name != "sqlite":  # where BEGIN IMMEDIATE does so
        connection.execute(select(func.pg_advisory_xact_lock(TURN)))


def make_folder(folder: Path) -> None:
    """Make a folder for data; StorageError when that is not permitted."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"无法建立数据目录 {folder}：{error.strerror}", advice="请检查权限与磁盘空间。"
        ) from error
