from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Column, Engine, Integer, MetaData, Table, inspect, text
from sqlalchemy.exc import ProgrammingError
from sqlmodel import Session, SQLModel

import db.plan_tables
import db.record_tables  # both fill the metadata
from db.engine import open_engine, transaction
from db.schema import HEAD, HERE, require_current, upgrade
from supervision.errors import NotConfiguredError, StorageError
from tests.builders import an_office_row

HOUSE = SQLModel.metadata


def stamp(engine: Engine, version: str) -> None:
    with transaction(engine) as session:
        session.connection().execute(
            text("UPDATE alembic_version SET version_num = :version"), {"version": version}
        )


def differences(engine: Engine, metadata: MetaData) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        found: list[object] = compare_metadata(context, metadata)
        return found


def test_the_migrations_have_one_head_and_the_program_knows_it() -> None:
    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations"))

    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_the_migrated_schema_is_what_the_tables_say(engine: Engine) -> None:
    assert differences(engine, HOUSE) == []


def test_a_table_or_column_without_a_migration_would_be_noticed(engine: Engine) -> None:
    extended = MetaData(naming_convention=HOUSE.naming_convention)
    for table in HOUSE.tables.values():
        table.to_metadata(extended)
    Table("afterthought", extended, Column("id", Integer, primary_key=True))
    extended.tables["office"].append_column(Column("motto", Integer))

    found = [difference[0] for difference in differences(engine, extended)]  # type: ignore[index]

    assert sorted(found) == ["add_column", "add_table"]


def test_the_checks_of_the_tables_stand_in_the_database(engine: Engine) -> None:
    """Alembic compares no checks, so their names are compared here."""
    for table in HOUSE.tables.values():
        stated = {check.name for check in table.constraints if isinstance(check, CheckConstraint)}

        stored = {check["name"] for check in inspect(engine).get_check_constraints(table.name)}

        assert {str(name) for name in stated} == stored, table.name


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    with transaction(engine) as session:
        office = an_office_row(session)

    upgrade(engine)

    require_current(engine)
    with Session(engine) as session:
        assert session.get(db.plan_tables.Office, office) is not None


def test_a_database_newer_than_the_program_is_refused_and_left_alone(engine: Engine) -> None:
    stamp(engine, "9999")

    for act in (require_current, upgrade):
        with pytest.raises(StorageError, match=r"比本程序（.*）新") as refusal:
            act(engine)
        assert "升级 duban" in refusal.value.advice


def test_a_database_older_than_the_program_asks_for_init(engine: Engine) -> None:
    stamp(engine, "0000")

    with pytest.raises(NotConfiguredError, match="旧") as refusal:
        require_current(engine)

    assert "duban init" in refusal.value.advice


def test_a_database_without_tables_asks_for_init(empty_url: str) -> None:
    engine = open_engine(empty_url)

    with pytest.raises(NotConfiguredError, match="尚未初始化") as refusal:
        require_current(engine)

    assert "duban init" in refusal.value.advice
    engine.dispose()


def test_asking_after_a_missing_file_does_not_make_it(tmp_path: Path) -> None:
    file = tmp_path / "duban.db"

    with pytest.raises(NotConfiguredError, match="尚未初始化"):
        require_current(open_engine(f"sqlite:///{file}"))

    assert not file.exists()


def test_the_folder_of_a_new_database_is_made(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/new/var/duban.db")

    upgrade(engine)

    require_current(engine)
    engine.dispose()


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file stands where the folder should be")

    with pytest.raises(StorageError, match="无法建立数据目录"):
        upgrade(open_engine(f"sqlite:///{tmp_path}/var/duban.db"))


def test_a_migration_that_fails_half_way_leaves_nothing_and_can_be_run_again(
    empty_url: str,
) -> None:
    engine = open_engine(empty_url)
    with engine.begin() as connection:  # something of that name is in the way of the migration
        connection.execute(text("CREATE TABLE eventhead (id INTEGER)"))
    with pytest.raises((StorageError, ProgrammingError), match="eventhead"):
        upgrade(engine)

    assert inspect(engine).get_table_names() == ["eventhead"]

    with engine.begin() as connection:
        connection.execute(text("DROP TABLE eventhead"))
    upgrade(engine)
    require_current(engine)
    engine.dispose()
