"""Lights on the command line: set by hand, judged, listed, narrowed and written into files."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from tests.commands import Duban

ACCOUNTS = (
    ("admin", "张三", "administrator", ""),
    ("desk", "周五", "office", ""),
    ("visitor", "郑八", "supervisor", ""),
    ("inside", "孙六", "office", "章贡生态环境局"),
)
SPRING = ("--as-of", "2024-04-15")


@pytest.fixture
def manned(started: Duban) -> Duban:
    """`duban` in an office whose people have their accounts."""
    for name, full_name, role, unit in ACCOUNTS:
        by = () if name == "admin" else ("--as", "admin")
        of = ("--unit", unit) if unit else ()
        ran = started("user", "add", name, "--name", full_name, "--role", role, *of, *by)
        assert ran.code == 0, ran.err
    return started


def test_a_light_set_by_hand_is_shown_with_its_rule_wherever_the_item_is(manned: Duban) -> None:
    ran = manned("light", "set", "t07", "黄", "--reason", "等设备", "--as", "desk", *SPRING)

    assert ran.out == "T07 人工定为黄灯，至 2024-06-11 调度开启时失效。\n"
    item = next(
        item for item in manned("items", *SPRING, "--json").answer["items"] if item["code"] == "T07"
    )
    assert (item["light"], item["rule"]) == ("yellow", "R32")
    assert item["reason"].startswith("周五于2024-04-15人工定为黄灯：等设备")
    assert item["facts"]["instead_of_rule"] == "R15"
    assert "灯：黄（R32：周五于2024-04-15" in manned("item", "show", "T07", *SPRING).out
    later = manned("item", "show", "T07", "--as-of", "2024-06-11", "--json").answer
    assert later["light"]["rule"] == "R15"
    assert [line["label"] for line in later["timeline"]][-1] == "人工定灯"


def test_a_light_is_taken_back_and_its_history_kept(manned: Duban) -> None:
    manned("light", "set", "T07", "red", "--reason", "等设备", "--as", "visitor", *SPRING)

    cleared = manned(
        "light", "clear", "T07", "--reason", "已到货", "--as", "desk", "--as-of", "2024-04-20"
    )

    assert cleared.code == 0
    history = manned("light", "history", "T07", "--json").answer
    assert history["schema"] == "duban.light-history/1"
    assert [(row["light"], row["ended_on"]) for row in history["overrides"]] == [
        ("red", "2024-04-20")
    ]
    assert "已到货" in manned("light", "history", "T07").out


def test_nobody_of_a_responsible_unit_sets_a_light(manned: Duban) -> None:
    ran = manned("light", "set", "T07", "green", "--reason", "好", "--as", "inside", *SPRING)

    assert ran.code == 4
    assert "须回避" in ran.err


def test_a_date_judged_past_keeping_is_red_until_revoked(manned: Duban) -> None:
    judged = manned(
        "item", "judge-unable", "T07", "--reason", "用地未批", "--as", "visitor", *SPRING
    )
    red = manned("items", "--light", "红", *SPRING, "--json").answer["items"]
    revoked = manned(
        "item", "revoke-unable", "T07", "--reason", "已批", "--as", "desk", "--as-of", "2024-05-06"
    )

    assert (judged.code, revoked.code) == (0, 0)
    assert {item["code"]: item["reason"] for item in red} == {
        "T02": "已逾期15天",
        "T07": "郑八于2024-04-15判定难以按期：用地未批",
    }
    after = manned("items", "--light", "red", "--as-of", "2024-05-06", "--json").answer
    assert [item["code"] for item in after["items"]] == ["T02"]


def test_a_trial_of_setting_a_light_keeps_nothing(manned: Duban) -> None:
    ran = manned(
        "light", "set", "T07", "red", "--reason", "试", "--as", "desk", *SPRING, "--dry-run"
    )

    assert ran.out.startswith("试运行：")
    assert manned("light", "history", "T07", "--json").answer["overrides"] == []


def test_one_command_writes_the_list_in_every_format(started: Duban, tmp_path: Path) -> None:
    ran = started(
        "overdue", "--as-of", "2025-01-02", "--min-days", "100", "--json",
        "--xlsx", "表/逾期.xlsx", "--csv", "表/逾期.csv", "--docx", "表/逾期.docx",
    )  # fmt: skip

    assert ran.answer["total"] == 8
    assert ran.err.count("8 项") == 3
    text = (tmp_path / "表/逾期.csv").read_text("utf-8-sig")
    records = list(csv.reader(StringIO(text)))
    assert records[0][9:11] == ["状态灯+规则", "判灯依据"]
    assert len(records) == 1 + 8
    assert {path.name for path in (tmp_path / "表").iterdir()} == {
        "逾期.xlsx", "逾期.csv", "逾期.docx",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("option", "value", "advice"),
    [
        ("--light", "紫", "green 绿"),
        ("--rung", "purple", "blue 蓝色督办"),
        ("--group", "工业", "工业领域"),
        ("--kind", "指标", "task 任务"),
    ],
    ids=["light", "rung", "group", "kind"],
)
def test_a_word_there_is_not_is_answered_with_those_there_are(
    started: Duban, option: str, value: str, advice: str
) -> None:
    ran = started("items", option, value)

    assert ran.code == 2
    assert advice in ran.err
