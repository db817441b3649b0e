"""Bad input is the normal case: one clear line in Chinese, the right exit code, no traceback."""

import sqlite3
from pathlib import Path

import pytest

from tests.commands import Duban, Ran


def refused(ran: Ran, code: int) -> str:
    assert ran.code == code
    assert ran.err.startswith("错误：")
    assert "Traceback" not in ran.err
    assert ran.err.count("\n") == 1
    assert ran.out == ""
    return ran.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(("overdue",), 4, id="before init"),
        pytest.param(("itms",), 2, id="an unknown command"),
        pytest.param(("items", "--kin", "task"), 2, id="an unknown option"),
        pytest.param(("items", "--kind"), 2, id="an option without its value"),
        pytest.param(("items", "--kind", "foo"), 2, id="a value outside the list"),
        pytest.param(("plan", "read"), 2, id="a missing argument"),
        pytest.param(("calendar", "add", "soon", "--source", "x"), 2, id="a year in letters"),
        pytest.param(("overdue", "--as-of", "2025-02-30"), 2, id="a day that does not exist"),
        pytest.param(("tick", "--as-of", "yesterday"), 2, id="a day in words"),
        pytest.param(("plan", "read", "nothing.txt"), 1, id="a file that is not there"),
        pytest.param(("run", "nightly"), 2, id="an unknown flow"),
    ],
)
def test_a_wrong_request_is_refused_in_one_line(
    duban: Duban, arguments: tuple[str, ...], code: int
) -> None:
    refused(duban(*arguments), code)


@pytest.mark.parametrize("word", ["tick", "items", "overdue"])
def test_an_unknown_plan_is_answered_with_those_there_are(started: Duban, word: str) -> None:
    assert "zhanggong" in refused(started(word, "--plan", "other"), 2)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(b"", "empty.txt", id="empty"),
        pytest.param(bytes(range(256)) * 40, "binary.txt", id="binary"),
        pytest.param("今天天气很好。\n".encode() * 3, "letter.txt", id="not a plan"),
        pytest.param(b"PK\x03\x04 truncated", "cut.docx", id="a cut archive"),
        pytest.param(b"%PDF-1.7", "cut.pdf", id="a cut PDF"),
    ],
)
def test_a_file_that_is_no_plan_is_refused(
    duban: Duban, tmp_path: Path, content: bytes, name: str
) -> None:
    (tmp_path / name).write_bytes(content)

    refused(duban("plan", "read", name), 1)


def test_a_database_of_a_newer_version_is_left_alone(started: Duban, tmp_path: Path) -> None:
    database = tmp_path / "var" / "duban.db"
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = database.read_bytes()

    assert "升级" in refused(started("overdue"), 1)
    refused(started("init"), 1)
    assert database.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(duban: Duban, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "duban.db").write_bytes(b"not a database at all" * 100)

    refused(duban("overdue"), 1)


def test_a_database_held_by_another_process_is_named_and_nothing_is_lost(
    started: Duban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUBAN_BUSY_SECONDS", "0.05")
    holder = sqlite3.connect(tmp_path / "var" / "duban.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    line = refused(started("tick", "--as-of", "2025-01-02"), 1)

    holder.execute("ROLLBACK")
    holder.close()
    assert "占用" in line
    assert started("tick", "--as-of", "2025-01-02", "--json").answer["messages_queued"] == 4


def test_a_wrong_setting_is_named(started: Duban, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_BUSY_SECONDS", "long")

    assert "busy_seconds" in refused(started("overdue"), 4)


def test_a_setting_file_that_does_not_parse_is_named(started: Duban, tmp_path: Path) -> None:
    (tmp_path / "duban.toml").write_text("busy_seconds = = 3\n")

    assert "duban.toml" in refused(started("overdue"), 4)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(("round", "workbook", "import", ".", "--as", "x"), "“.”：是目录", id="folder"),
        pytest.param(("items", "--csv", "."), "“.”：是目录", id="a folder to write to"),
    ],
)
def test_what_the_system_refuses_is_said_in_chinese(
    started: Duban, arguments: tuple[str, ...], words: str
) -> None:
    said = refused(started(*arguments), 1)

    assert words in said
    assert "Errno" not in said


def test_letters_where_a_number_belongs_are_told_which_option_and_what_it_takes(
    duban: Duban,
) -> None:
    answered = duban("report", "hand-in", "T08", "--percent", "abc", "--progress", "x", "--as", "a")

    assert "--percent 应为整数" in refused(answered, 2)
