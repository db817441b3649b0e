"""What no line of duban may do to its database (reliability.md, design rule 8)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "api",
    "cli",
    "db",
    "flows",
    "notifications",
    "services",
    "supervision",
    "tasks_catalog",
)
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))

# The database's clock is another clock, in another zone: every moment comes from the office's.
CLOCKS = re.compile(
    r"'now'|\b(current_(timestamp|date|time)|localtime(stamp)?|sysdate|now\s*\()", re.IGNORECASE
)
FUNCTIONS = {"now", "current_timestamp", "current_date", "current_time", "localtime", "sysdate"}
# A deferred transaction that reads and then writes fails at once when another one writes.
UNLOCKED = re.compile(r"\bbegin\b(?!\s+immediate)", re.IGNORECASE)
WHERE_TRANSACTIONS_BEGIN = {"db/engine.py", "db/schema.py"}
BEGINNINGS = {"Session", "create_engine"}
BEGINNINGS |= {
    f"{owner}.{method}"
    for owner in ("engine", "connection", "session")
    for method in ("begin", "connect", "raw_connection")
}


def statements(tree: ast.AST) -> Iterator[str]:
    """Give every text of a file that is no docstring: SQL is among them."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in documented:
                yield node.value


def sql_functions(tree: ast.AST) -> Iterator[str]:
    """Give the functions a file asks the database for: `func.now()` and the like."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "func":
                yield node.attr


def calls(tree: ast.AST) -> Iterator[str]:
    """Give the name of everything a file calls, with the last word before its dot if it has one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute):
                yield f"{last_word(called.value)}.{called.attr}"
            yield last_word(called)


def last_word(node: ast.AST) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))


def faults(tree: ast.AST, *, begins_transactions: bool) -> list[str]:
    """Return what a file may not do."""
    texts = list(statements(tree))
    found = [f"clock of the database: {text}" for text in texts if CLOCKS.search(text)]
    found += [f"clock of the database: func.{f}" for f in FUNCTIONS & set(sql_functions(tree))]
    if not begins_transactions:
        found += [f"begins unlocked: {text}" for text in texts if UNLOCKED.search(text)]
        found += [f"begins a transaction: {call}" for call in BEGINNINGS & set(calls(tree))]
        found += ["commits for its caller" for call in calls(tree) if call == "commit"]
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_file_asks_the_database_the_time_or_writes_without_the_lock(file: Path) -> None:
    tree = ast.parse(file.read_text())
    begins = str(file.relative_to(ROOT)) in WHERE_TRANSACTIONS_BEGIN

    assert faults(tree, begins_transactions=begins) == []


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("text('SELECT CURRENT_TIMESTAMP')", id="the database's clock"),
        pytest.param("text('SELECT now()')", id="PostgreSQL's clock"),
        pytest.param("text(\"SELECT date('now')\")", id="SQLite's clock"),
        pytest.param("select(func.now())", id="through SQLAlchemy"),
        pytest.param("connection.execute('BEGIN')", id="a plain BEGIN"),
        pytest.param("connection.execute('begin deferred')", id="a deferred one"),
        pytest.param("engine.begin()", id="through SQLAlchemy's engine"),
        pytest.param("office.engine.connect()", id="through the office's engine"),
        pytest.param("Session(engine)", id="through a session of one's own"),
        pytest.param("session.commit()", id="a service that commits"),
    ],
)
def test_each_of_these_would_be_found(code: str) -> None:
    assert len(faults(ast.parse(code), begins_transactions=False)) == 1


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("connection.execute('BEGIN IMMEDIATE')", id="the locked BEGIN"),
        pytest.param("office.now()", id="the office's clock"),
        pytest.param("begin_of_quarter(day)", id="a word that begins so"),
        pytest.param("rounds.begin(session)", id="another thing that begins"),
        pytest.param("'''Never ask for CURRENT_TIMESTAMP.'''", id="a docstring"),
    ],
)
def test_none_of_these_would_be_found(code: str) -> None:
    assert faults(ast.parse(code), begins_transactions=False) == []
