"""A trial (`--dry-run`) says what would come of an act and leaves neither rows nor files."""

import sqlite3
from pathlib import Path

import pytest

from tests.commands import Duban

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
ACCOUNTS = (
    ("admin", "administrator", ""),
    ("head", "head", "章贡生态环境局"),
    ("desk", "office", ""),
    ("boss", "approver", ""),
)
LATE = ("--as-of", "2024-12-20")
TRIALS = {
    "acknowledge": ("item", "acknowledge", "T07", "--as", "head"),
    "dispute": ("item", "dispute", "T07", "--reason", "不属本单位职责", "--as", "head"),
    "merge": ("item", "merge", "T15", "--into", "T16", "--reason", "重复", "--document",
              "章无废办〔2024〕4号", "--as", "boss"),
    "evidence": ("evidence", "add", "T07", "办法.pdf", "--kind", "photo", "--as", "head"),
    "statement": ("evidence", "add", "T07", "--kind", "offline", "--text", "已看", "--vouched-by",
                  "王五", "--as", "head"),
    "extension": ("extension", "ask", "T07", "--until", "2025-03-31", "--reason", "办法未出台",
                  "--progress", "已有初稿", "--as", "head", *LATE),
    "meeting": ("meeting", "add", "--kind", "push", "--on", "2024-06-12", "--subject", "推进会",
                "--present", "区工信局", "--as", "desk"),
    "inspection": ("inspection", "add", "T07", "--on", "2024-07-02", "--by", "督查室",
                   "--findings", "偏慢", "--as", "desk"),
    "milestone": ("round", "milestones", "set", "T07", "2025Q1", "--percent", "40", "--as",
                  "desk"),
    "round": ("round", "open", "2024Q4", "--as", "desk", "--as-of", "2024-12-12"),
    "role": ("user", "grant", "boss", "reviewer", "--as", "admin"),
    "account": ("user", "add", "new", "--name", "李四", "--role", "office", "--as", "admin"),
    "calendar": ("calendar", "add", "2027", "--off", "2027-01-01", "--source", "国办〔2026〕7号",
                 "--as", "desk"),
}  # fmt: skip


SCHEMAS = {
    "acknowledge": "duban.item-move/1",
    "dispute": "duban.item-event/1",
    "merge": "duban.item-event/1",
    "evidence": "duban.evidence/1",
    "statement": "duban.evidence/1",
    "extension": "duban.extension/1",
    "meeting": "duban.meeting/1",
    "inspection": "duban.inspection/1",
    "milestone": "duban.milestones-set/1",
    "round": "duban.round-open/1",
    "role": "duban.user-change/1",
    "account": "duban.user/1",
    "calendar": "duban.calendar/1",
}


@pytest.fixture
def manned(started: Duban, tmp_path: Path) -> Duban:
    """`duban` in an office with a few accounts and a file to bring."""
    (tmp_path / "办法.pdf").write_bytes(PDF)
    for name, role, unit in ACCOUNTS:
        by = () if name == "admin" else ("--as", "admin")
        of = ("--unit", unit) if unit else ()
        ran = started("user", "add", name, "--name", "张三", "--role", role, *of, *by)
        assert ran.code == 0, ran.err
    return started


def stored(folder: Path) -> tuple[list[str], list[Path]]:
    """Return every statement that would make the database anew, and the files beside it."""
    with sqlite3.connect(folder / "duban.db") as connection:
        rows = list(connection.iterdump())
    files = [file for file in folder.rglob("*") if not file.name.startswith("duban.db")]
    return rows, sorted(files)


def test_a_trial_of_any_act_tells_what_would_be_and_leaves_no_trace(
    manned: Duban, tmp_path: Path
) -> None:
    before = stored(tmp_path / "var")

    ran = {name: manned(*act, "--dry-run") for name, act in TRIALS.items()}
    answers = {name: manned(*act, "--dry-run", "--json").answer for name, act in TRIALS.items()}

    assert {name: one.err for name, one in ran.items() if one.code} == {}
    assert [name for name, one in ran.items() if not one.out.startswith("试运行：")] == []
    assert {name: one["schema"] for name, one in answers.items()} == SCHEMAS
    assert all(one["dry_run"] is True for one in answers.values())
    assert stored(tmp_path / "var") == before


def test_the_act_itself_says_the_same_without_the_prefix(manned: Duban) -> None:
    act = TRIALS["acknowledge"]
    tried = manned(*act, "--dry-run").out

    done = manned(*act)

    assert tried == f"试运行：{done.out}"
    assert manned(*act, "--json").code != 0  # signed for: it cannot be a second time


def test_what_would_be_refused_is_refused_in_a_trial(manned: Duban) -> None:
    close = ("close-out", "ask", "T07", "--summary", "已印发", "--as", "head")

    tried, asked = manned(*close, "--dry-run"), manned(*close)

    assert (tried.code, tried.err) == (asked.code, asked.err)
    assert tried.code == 2
    assert tried.out == ""


def test_a_trial_of_the_anchor_keeps_none_and_mails_nobody(started: Duban, tmp_path: Path) -> None:
    before = stored(tmp_path / "var")

    tried = started("audit", "anchor", "--mail", "nobody@example.gov.cn", "--dry-run")

    assert (tried.code, tried.out.startswith("试运行：duban 审计锚点")) == (0, True)
    assert stored(tmp_path / "var") == before
