"""How a dossier is printed for people: what the item is, then its time line and its papers."""

from collections.abc import Mapping, Sequence
from typing import Any

from cli import output
from supervision.vocabulary import Decision, Word

# Each list of a dossier: its heading, and the columns that people read of its rows.
LISTS = {
    "reports": ("进展报送", {"period": "季度", "version": "版次", "percent": "进度%",
                 "progress": "进展", "verdict": "审核"}),
    "evidence": ("佐证", {"kind": "类别", "name": "名称", "brought_by": "上传人", "as_of": "日期"}),
    "close_outs": ("销号申请", {"ordinal": "次", "asked_on": "申请", "reviewed_by": "初审人",
                   "decided_by": "复核人", "decision": "结果", "reason": "意见"}),
    "extensions": ("延期", {"asked_on": "申请", "due_on_before": "原期限", "new_due_on": "延至",
                   "decision": "结果", "document": "文号"}),
    "notices": ("督办通知", {"drafted_on": "起草", "rung": "梯级", "state": "状态"}),
    "meetings": ("会议", {"held_on": "日期", "kind": "类别", "subject": "议题"}),
    "inspections": ("督导检查", {"inspected_on": "日期", "inspected_by": "检查人",
                    "findings": "问题", "put_right_by": "整改期限", "put_right_on": "整改完成"}),
    "overrides": ("人工定灯", {"light": "灯", "reason": "理由", "set_by": "经办", "set_on": "起",
                  "expires_on": "失效", "ended_on": "撤销"}),
    "unables": ("难以按期判定", {"reason": "理由", "judged_by": "经办", "judged_on": "日期",
                "due_on": "针对的时限", "revoked_on": "撤销"}),
}  # fmt: skip

HANDED_IN = ("reports", "close_outs")  # what is not accepted of them goes back


def show_dossier(found: Any) -> None:  # noqa: ANN401 - services.dossiers.Dossier
    """Print a dossier; lists that are empty are left out."""
    item = found.item
    light = f"{found.light.light.label}（{found.light.rule}：{found.light.reason}）"
    output.show(f"{item['code']} {item['title']}")
    output.show(
        f"  状态：{item['state'].label}{'（基线待核）' if item['historic'] else ''}　灯：{light}"
    )
    output.show(f"  时限：{item['deadline_text'] or '未写'}　到期日：{_due(item)}")
    for unit in found.units:
        inferred = "（推定）" if unit.is_inferred else ""
        output.show(f"  {unit.relation.label}：{unit.name}{inferred}")
    output.show(f"  内容：{item['content']}")
    for measure in found.measures:
        output.show(f"  正文 {measure.path} {measure.title}：{measure.reason}")
    columns = ("日期", "经办", "事由", "由", "至", "理由", "文号")
    rows = (
        (line.as_of, line.actor, _act(line), line.before, line.after, line.why, line.document)
        for line in found.timeline
    )
    output.show_table("经过", columns, rows)
    for name, (title, shown) in LISTS.items():
        _show_list(title, shown, getattr(found, name), reviewed=name in HANDED_IN)


def _act(line: Any) -> str:  # noqa: ANN401 - services.dossiers.Moment
    other = line.facts.get("other")  # of a merger
    if line.facts.get("answering"):  # of an item given to other units
        other = "、".join(line.facts["answering"][1])
    return f"{line.label}（{other}）" if other else str(line.label)


def _due(item: Mapping[str, Any]) -> str:
    if item["due_on"] is None:
        return "无"
    moved = item["due_on"] != item["original_due_on"]
    return f"{item['due_on']}（原 {item['original_due_on']}）" if moved else str(item["due_on"])


def _show_list(
    title: str, shown: Mapping[str, str], rows: Sequence[Mapping[str, Any]], *, reviewed: bool
) -> None:
    if rows:
        cells = ([_text(row[name], reviewed=reviewed) for name in shown] for row in rows)
        output.show_table(title, tuple(shown.values()), cells)


def _text(value: Any, *, reviewed: bool) -> Any:  # noqa: ANN401 - any cell
    if reviewed and isinstance(value, Decision):
        return value.of_review
    return value.label if isinstance(value, Word) else value
