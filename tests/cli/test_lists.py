"""`duban items` and `duban overdue` on the issued plan."""

import pytest

from tests.commands import Duban

FIELDS = {
    "code", "kind", "title", "state", "light", "rule", "due_on", "deadline_text", "days_overdue",
    "lead_unit", "supporting_units", "sponsor_unit", "historic", "progress_percent",
}  # fmt: skip


@pytest.mark.parametrize(
    ("day", "total"),
    [
        pytest.param("2024-03-03", 5, id="on the day of issue"),
        pytest.param("2024-04-01", 6, id="after March 2024"),
        pytest.param("2024-06-01", 8, id="after May 2024"),
        pytest.param("2025-01-01", 13, id="after 2024"),
        pytest.param("2026-01-01", 59, id="after 2025"),
    ],
)
def test_overdue_gives_the_golden_counts(started: Duban, day: str, total: int) -> None:
    ran = started("overdue", "--as-of", day, "--json")

    assert ran.code == 0
    assert ran.answer["schema"] == "duban.overdue/1"
    assert (ran.answer["total"], len(ran.answer["items"])) == (total, total)
    assert ran.answer["historic"] == 5


def test_an_overdue_item_says_everything_the_interface_promises(started: Duban) -> None:
    items = started("overdue", "--as-of", "2025-01-01", "--json").answer["items"]

    by_code = {item["code"]: item for item in items}
    assert set(by_code["T07"]) >= FIELDS
    assert by_code["T07"]["lead_unit"] == "章贡生态环境局"
    assert (by_code["T07"]["light"], by_code["T07"]["rule"]) == ("red", "R14")
    assert by_code["T07"]["days_overdue"] == 1
    assert by_code["T01"]["historic"] is True
    assert by_code["P04"]["sponsor_unit"] is None


def test_a_collective_cannot_answer_so_the_office_leads_and_its_members_support(
    started: Duban,
) -> None:
    items = started("items", "--kind", "task", "--json").answer["items"]

    formed = next(item for item in items if item["code"] == "T02")
    assert formed["lead_unit"] == "区“无废城市”建设工作领导小组办公室"
    assert len(formed["supporting_units"]) == 30


def test_items_can_be_narrowed_to_a_unit_by_its_name(started: Duban) -> None:
    ran = started("items", "--unit", "区委宣传部", "--json")

    assert [item["code"] for item in ran.answer["items"]] == ["T02", "T03", "T04"]


def test_an_unknown_unit_is_answered_with_the_nearest_name(started: Duban) -> None:
    ran = started("items", "--unit", "区工信")

    assert ran.code == 2
    assert "区工信局" in ran.err


def test_fail_on_overdue_leaves_with_three(started: Duban) -> None:
    assert started("overdue", "--as-of", "2025-01-01", "--fail-on", "overdue").code == 3


def test_the_table_counts_what_the_json_counts(started: Duban) -> None:
    ran = started("overdue", "--as-of", "2025-01-02")

    assert "逾期未销号 13 项，其中基线待核 5 项" in ran.out
    assert ran.out.count("基线待核") == 1 + 5
