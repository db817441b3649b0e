"""Taking plans in: findings first, corrections by the office, corrected editions, no storm."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.commands import Duban

PLAN = Path(__file__).resolve().parents[2] / "tasks_catalog/plans/zhanggong/plan.txt"
TASKS = """\
全区安全生产治本攻坚三年行动方案（2024-2026年）

附件1
重点任务清单

序号|重点任务|完成时限|牵头单位|配合单位
1|开展危险化学品专项整治|2025年6月底前|区应急管理局|区工信局、区生态环境局
2|完善消防设施|2025年12月底前|区消防救援大队|区住建局
3|组织应急演练|每季度|区应急管理局|
"""

Edit = Callable[..., str]


@pytest.fixture
def edition(tmp_path: Path) -> Edit:
    """Write the invented plan with these replacements and give the file's name."""

    def write(name: str, **changes: str) -> str:
        text = TASKS
        for before, after in changes.items():
            text = text.replace(WORDS[before], after)
        (tmp_path / name).write_text(text, "utf-8")
        return name

    return write


WORDS = {
    "deadline": "2025年6月底前",
    "title": "完善消防设施",
    "third": "3|组织应急演练|每季度|区应急管理局|\n",
    "support": "区工信局、区生态环境局",
}
ACCEPT = ("--plan", "safety", "--accept-findings")


def items(duban: Duban) -> dict[str, Any]:
    found = duban("items", "--plan", "safety", "--as-of", "2024-06-01", "--json").answer["items"]
    return {item["code"]: item for item in found}


def test_findings_stand_in_the_way_until_the_office_has_looked(started: Duban) -> None:
    refused = started("plan", "import", str(PLAN), "--plan", "again")

    assert refused.code == 4
    assert "尚未核对" in refused.err
    assert len(started("plan", "list", "--json").answer["plans"]) == 1


def test_a_plan_is_adopted_once_every_doubt_is_settled_in_writing(
    started: Duban, tmp_path: Path
) -> None:
    started("plan", "findings", str(PLAN), "--settlement", "settled.yaml")
    blank = yaml.safe_load((tmp_path / "settled.yaml").read_text("utf-8"))
    decided = dict.fromkeys(blank["settled"], "已核")
    ruling = {
        "settled": decided,
        "items": {"T04": {"lead_units": ["区文广新旅局"], "due_on": "2024-06-30"}},
        "sponsors": {"方大集团": "章贡高新区管委会"},
        "members": {"各镇（街道）": ["水东镇人民政府"]},
    }
    (tmp_path / "settled.yaml").write_text(yaml.safe_dump(ruling, allow_unicode=True), "utf-8")

    adopted = started(
        "plan", "import", str(PLAN), "--plan", "again", "--settle", "settled.yaml",
        "--baseline", "2024-03-03", "--json",
    )  # fmt: skip

    assert adopted.code == 0
    assert (adopted.answer["items"], adopted.answer["historic"]) == (63, 5)
    found = started("items", "--plan", "again", "--json").answer["items"]
    by_code = {item["code"]: item for item in found}
    assert by_code["T04"]["lead_unit"] == "区文广新旅局"
    assert by_code["T04"]["due_on"] == "2024-06-30"
    assert by_code["P17"]["sponsor_unit"] == "章贡高新区管委会"
    settled = started("plan", "findings", "--plan", "again", "--json").answer["settled"]
    assert settled["dates.before_issue"] == "已核"


def test_adopting_an_old_plan_today_starts_no_storm(started: Duban) -> None:
    adopted = started("plan", "import", str(PLAN), "--plan", "again", "--accept-findings", "--json")
    queued = started("tick", "--plan", "again", "--json").answer

    assert adopted.answer["historic"] == 59
    assert (queued["messages_queued"], queued["notices_drafted"]) == (0, 0)


def test_a_trial_adopts_nothing(started: Duban) -> None:
    trial = started("plan", "import", str(PLAN), "--plan", "again", "--dry-run", "--json")

    assert trial.answer["items"] == 63
    assert len(started("plan", "list", "--json").answer["plans"]) == 1


def test_the_same_file_again_changes_nothing(started: Duban, edition: Edit) -> None:
    file = edition("plan.txt")
    first = started("plan", "import", file, *ACCEPT, "--json")

    again = started("plan", "import", file, *ACCEPT, "--json")

    assert (first.answer["is_new"], again.answer["is_new"]) == (True, False)
    assert len(items_today(started)) == 3


def test_a_corrected_edition_shows_each_difference_and_moves_the_date_on_record(
    started: Duban, edition: Edit
) -> None:
    started("plan", "import", edition("plan.txt"), *ACCEPT, "--baseline", "2024-05-01")
    corrected = edition("corrected.txt", deadline="2025年9月底前", support="区工信局")

    answer = started("plan", "import", corrected, *ACCEPT, "--json").answer

    changed = {one["field"]: (one["before"], one["after"]) for one in answer["differences"]}
    assert changed["deadline_text"] == ("2025年6月底前", "2025年9月底前")
    assert changed["supporting_units"] == (["区工信局", "区生态环境局"], ["区工信局"])
    assert answer["dates_moved"] == ["T01"]
    now = {item["code"]: item for item in items_today(started)}
    assert now["T01"]["due_on"] == "2025-09-30"
    assert now["T01"]["supporting_units"] == ["区工信局"]


@pytest.mark.parametrize(
    ("since", "due_on"),
    [
        pytest.param("2024-05-20", "2025-09-30", id="the edition was in force already"),
        pytest.param("2024-06-03", "2025-06-30", id="the edition came later"),
    ],
)
def test_a_day_gone_by_shows_the_date_that_held_then(
    started: Duban, edition: Edit, since: str, due_on: str
) -> None:
    started("plan", "import", edition("plan.txt"), *ACCEPT, "--baseline", "2024-05-01")
    corrected = edition("corrected.txt", deadline="2025年9月底前")

    started("plan", "import", corrected, *ACCEPT, "--baseline", since)

    assert items(started)["T01"]["due_on"] == due_on


def test_a_row_put_in_shifts_numbers_but_no_history(started: Duban, edition: Edit) -> None:
    started("plan", "import", edition("plan.txt"), *ACCEPT, "--baseline", "2024-05-01")
    longer = edition(
        "longer.txt",
        title="排查燃气管线|2025年8月底前|区城管局|\n3|完善消防设施",
        third="4|组织应急演练|每季度|区应急管理局|\n",
    )

    answer = started("plan", "import", longer, *ACCEPT, "--baseline", "2024-05-02", "--json").answer

    assert answer["added"] == ["T04"]
    assert answer["cancelled"] == []
    titles = {code: item["title"] for code, item in items(started).items()}
    assert titles["T02"] == "完善消防设施"
    assert titles["T03"] == "组织应急演练"
    assert titles["T04"] == "排查燃气管线"


def test_an_item_the_edition_leaves_out_is_cancelled_only_if_nothing_happened_to_it(
    started: Duban, edition: Edit
) -> None:
    started("plan", "import", edition("plan.txt"), *ACCEPT, "--baseline", "2024-05-01")
    shorter = edition("shorter.txt", third="")

    answer = started("plan", "import", shorter, *ACCEPT, "--json").answer

    assert (answer["cancelled"], answer["kept"]) == (["T03"], [])
    assert {item["code"]: item["state"] for item in items_today(started)}["T03"] == "cancelled"
    assert items(started)["T03"]["state"] == "assigned"  # as it was on that day gone by


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("settled: [", "核对", id="no YAML"),
        pytest.param("items: {T99: {due_on: 2025-01-01}}", "T99", id="an unknown item"),
        pytest.param("items: {T01: {due: 2025-01-01}}", "items.T01.due", id="an unknown field"),
        pytest.param("items: {T01: {due_on: soon}}", "due_on", id="no date"),
    ],
)
def test_a_settlement_at_fault_is_refused(
    started: Duban, tmp_path: Path, text: str, told: str
) -> None:
    (tmp_path / "settled.yaml").write_text(text, "utf-8")

    ran = started(
        "plan", "import", str(PLAN), "--plan", "again", "--settle", "settled.yaml",
        "--accept-findings",
    )  # fmt: skip

    assert ran.code in {1, 2}
    assert told in ran.err


def test_a_reviewed_catalogue_is_adopted_like_the_document_it_came_from(
    started: Duban, edition: Edit
) -> None:
    started("plan", "read", edition("plan.txt"), "--save", "reviewed.yaml")

    started("plan", "import", "reviewed.yaml", *ACCEPT)

    assert [item["title"] for item in items_today(started)] == [
        "开展危险化学品专项整治",
        "完善消防设施",
        "组织应急演练",
    ]


def items_today(duban: Duban) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = duban("items", "--plan", "safety", "--json").answer["items"]
    return found


def test_the_report_quotes_both_places_in_word(started: Duban, tmp_path: Path) -> None:
    from docx import Document  # noqa: PLC0415 - only this test opens Word

    ran = started("plan", "findings", "--docx", "report.docx")

    text = "\n".join(one.text for one in Document(str(tmp_path / "report.docx")).paragraphs)
    assert ran.code == 0
    assert "高标准创建至少65个“无废细胞”" in text
    assert "清单核对报告" in text
    assert "{" not in text
