"""A quarter from the command line: accounts, the round, reports, reviews, closing."""

from pathlib import Path

import pytest

from tests.commands import Duban

OPENED, LATE = "2024-12-10", "2024-12-26"
ENVIRONMENT, PUBLICITY = "章贡生态环境局", "区委宣传部"
PEOPLE = (
    ("lisi", "office", None),
    ("hbj", "liaison", ENVIRONMENT),
    ("xcb", "liaison", PUBLICITY),
    ("gxj", "liaison", "区工信局"),
)


@pytest.fixture
def quarter(started: Duban) -> Duban:
    """The bundled plan with its accounts, 2024Q4 opened by the sweep of its first day."""
    assert started("user", "add", "admin", "--name", "管", "--role", "administrator").code == 0
    for name, role, unit in PEOPLE:
        of_unit = () if unit is None else ("--unit", unit)
        account = ("user", "add", name, "--name", name, "--role", role, *of_unit, "--as", "admin")
        assert started(*account).code == 0
    assert started("tick", "--as-of", OPENED).code == 0
    return started


def answer(duban: Duban, *arguments: str, on: str = OPENED) -> dict[str, object]:
    ran = duban(*arguments, "--as-of", on, "--json")
    assert ran.code == 0, ran.err
    found: dict[str, object] = ran.answer
    return found


def test_a_report_goes_from_the_form_to_acceptance(quarter: Duban) -> None:
    empty = quarter("report", "show", "T07", "--round", "2024Q4", "--json").answer
    assert (empty["state"], empty["version"], empty["content"]["progress"]) == ("open", None, "")

    said = ("--progress", "完成主体施工", "--percent", "60", "--as", "hbj")
    first = answer(quarter, "report", "hand-in", "T07", *said)
    back = answer(quarter, "report", "send-back", "T07", "--reason", "缺数据", "--as", "lisi")
    assert (first["version"], first["state"], back["state"]) == (1, "reported", "sent_back")
    shown = quarter("report", "show", "t07")
    assert "退回意见：缺数据" in shown.out
    assert "完成主体施工" in shown.out

    more = ("--progress", "完成主体施工12公里", "--percent", "60", "--as", "hbj")
    assert answer(quarter, "report", "hand-in", "T07", *more)["version"] == 2
    stale = quarter("report", "accept", "T07", "--as", "lisi", "--version", "1", "--as-of", OPENED)
    accepted = answer(quarter, "report", "accept", "T07", "--as", "lisi", "--version", "2")
    assert (stale.code, accepted["state"]) == (2, "accepted")
    items = quarter("items", "--as-of", OPENED, "--json").answer["items"]
    by_code = {item["code"]: item["progress_percent"] for item in items}
    assert (by_code["T07"], by_code["T08"]) == (60, None)


def test_another_unit_is_refused_with_who_may(quarter: Duban) -> None:
    ran = quarter("report", "hand-in", "T07", "--progress", "我", "--as", "xcb", "--as-of", OPENED)

    assert ran.code == 4
    assert "牵头单位" in ran.err


def test_a_supporting_unit_adds_its_part(quarter: Duban) -> None:
    given = ("report", "contribute", "T05", "--text", "已提供企业名单", "--as", "gxj")

    assert answer(quarter, *given) == {
        "schema": "duban.contribution/1", "code": "T05", "version": 1, "dry_run": False,
    }  # fmt: skip
    assert "已提供企业名单" in quarter("report", "show", "T05").out


@pytest.mark.parametrize("money", ["十万", "12,5"])
def test_money_is_written_as_a_number(quarter: Duban, money: str) -> None:
    said = ("--progress", "x", "--invested", money, "--as", "hbj", "--as-of", OPENED)

    assert quarter("report", "hand-in", "P01", *said).code == 2


def test_a_round_is_followed_reminded_closed_and_kept(quarter: Duban) -> None:
    answer(quarter, "report", "hand-in", "T07", "--progress", "开工", "--as", "hbj")
    assert answer(quarter, "round", "open", "2024Q4", "--as", "lisi")["is_new"] is False

    stands = answer(quarter, "round", "status", "2024q4", on=LATE)
    assert stands["count"] == {
        "owed": 63, "reported": 1, "accepted": 0, "sent_back": 0, "late": 0, "missing": 62,
    }  # fmt: skip
    reminded = answer(quarter, "round", "remind", "--as", "lisi", on=LATE)
    assert reminded["added"] == 62
    early = quarter("round", "close", "--as", "lisi", "--as-of", "2024-12-25")
    assert early.code == 2
    closed = answer(quarter, "round", "close", "2024Q4", "--as", "lisi", on=LATE)
    kept = quarter("round", "snapshot", "2024Q4", "--json").answer

    assert closed["hash"] == kept["hash"]
    assert len(kept["items"]) == 63
    assert "开工" in quarter("round", "snapshot", "2024Q4").out
    assert quarter("round", "snapshot", "2025Q1").code == 2
    assert "已关闭" in quarter("round", "close", "2024Q4", "--as", "lisi", "--as-of", LATE).out


def test_a_status_for_people_names_who_is_to_be_called(quarter: Duban) -> None:
    shown = quarter("round", "status", "--as-of", "2024-12-31").out

    assert ENVIRONMENT in shown
    assert "须由人催办：T01" in shown


def test_the_year_plan_is_set_listed_and_imported(quarter: Duban, tmp_path: Path) -> None:
    target = ("T07", "2025Q1", "--percent", "40", "--stage", "完成招标", "--as", "lisi")
    assert answer(quarter, "round", "milestones", "set", *target)["changed"] == 1
    (tmp_path / "plan.yaml").write_text("T07: {2025Q4: 100}\nT08: {2025Q4: 100}\n", "utf-8")

    file = ("plan.yaml", "--as", "lisi")
    assert answer(quarter, "round", "milestones", "import", *file)["changed"] == 2
    again = quarter("round", "milestones", "import", *file, "--as-of", OPENED)
    assert "原本如此" in again.out

    listed = quarter("round", "milestones", "list", "T07", "--json").answer["milestones"]
    assert listed == [
        {"period": "2025Q1", "percent": 40, "stage": "完成招标"},
        {"period": "2025Q4", "percent": 100, "stage": ""},
    ]
    assert "完成招标" in quarter("round", "milestones", "list", "T07").out


def test_what_is_not_signed_for_is_listed_for_the_telephone(quarter: Duban) -> None:
    found = answer(quarter, "round", "unsigned")

    assert found["total"] == 58
    assert "须电话联系签收 58 项" in quarter("round", "unsigned", "--as-of", OPENED).out
