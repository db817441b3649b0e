"""`duban plan draft`: settled by a file, adopted when nothing waits, historic items as was said."""

from pathlib import Path

import yaml

from tests.commands import Duban

PLAN = """\
安全生产治本攻坚方案（2024-2026年）

附件1
重点任务清单

序号|重点任务|完成时限|牵头单位|配合单位
1|开展危险化学品专项整治|2024年2月底前|区应急管理局|区工信局
2|完善消防设施|2024年1月底前|区消防救援大队|区住建局
3|组织应急演练|择机开展|区应急管理局|
（四）建立台账责任单位：区应急管理局完成时限：长期
"""


def test_a_draft_is_settled_by_a_file_and_adopted_when_nothing_waits(
    started: Duban, tmp_path: Path
) -> None:
    (tmp_path / "方案.txt").write_text(PLAN, "utf-8")
    started("user", "add", "admin", "--name", "张三", "--role", "administrator")
    started("user", "add", "bgs", "--name", "周五", "--role", "office", "--as", "admin")
    first = started("plan", "draft", "start", "方案.txt", "--plan", "safety", "--as", "bgs",
                    "--baseline", "2024-03-03", "--json").answer  # fmt: skip
    refused = started("plan", "draft", "adopt", "safety", "--as", "bgs")
    shown = started("plan", "draft", "show", "safety", "--json").answer
    ruling = {
        "settled": {each["id"]: "已与应急管理局核实" for each in shown["findings"]},
        "items": {"T03": {"due_on": "2024-12-31", "deadline_kind": "year"}},
        "historic": {
            "T01": {"how": "done", "why": "验收意见〔2024〕1号"},
            "T02": {"how": "afresh", "why": "尚未完成"},
        },
    }
    (tmp_path / "核对.yaml").write_text(yaml.safe_dump(ruling, allow_unicode=True), "utf-8")

    settled = started("plan", "draft", "settle", "safety", "核对.yaml", "--as", "bgs", "--json")
    adopted = started("plan", "draft", "adopt", "safety", "--as", "bgs", "--json").answer

    assert (first["waiting"] > 0, refused.code) == (True, 4)
    assert shown["lines"]["total"] == sum(shown["lines"]["went_to"].values())
    assert (settled.answer["waiting"], settled.answer["historic_open"]) == (0, 0)
    assert (adopted["items"], adopted["historic"]) == (3, 2)
    found = started("items", "--plan", "safety", "--json").answer["items"]
    assert {it["code"]: it["historic"] for it in found} == {"T01": True, "T02": False, "T03": False}
    said = started("item", "show", "T01", "--plan", "safety", "--json").answer["timeline"]
    assert [it["why"] for it in said if it["act"] == "say_done"] == ["验收意见〔2024〕1号"]
