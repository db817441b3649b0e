"""What the sheet 说明 of a unit's workbook says: what is asked, by when, how, and whom to ask."""

from collections.abc import Sequence

from db.plan_tables import Contact
from db.record_tables import Round
from services.report_content import MOST_CHARACTERS
from supervision.periods import quarter_named


def instructions(
    found: Round, office: str, people: Sequence[Contact], *, items: int
) -> tuple[tuple[str, str], ...]:
    """Return the instructions as (what about, what it says), in the order they are printed."""
    label = quarter_named(found.period).label
    return (
        ("报什么", f"{label}共 {items} 项，每项一行。每项每季只报一次，已报不再催。"),
        (
            "何时报",
            f"请于 {found.due_on} 前交回。{found.closes_on} 起本轮截止，不再接收，未报的计入通报。",
        ),
        (
            "怎么填",
            (
                "只填浅黄色单元格；其余为锁定内容，改动不会被采用，有误请告知办公室。"
                "请勿增删行列。不要填公式，请直接填写文字或数字。"
            ),
        ),
        (
            "本季进展",
            (
                "必填。已预填上次报送的内容，请改写为本季情况；整行没有任何改动的，视为本季未报。"
                f"单项内容不超过 {MOST_CHARACTERS} 字。"
            ),
        ),
        (
            "累计进度%",
            "从开始到现在的累计数，填 0 到 100 的整数。比上次低的，须在“存在问题”写明原因。",
        ),
        ("形象进度", "可从下拉列表选，也可自己写，如“主体工程封顶”。"),
        ("累计完成投资", "只有项目填写：开工以来累计数，单位万元，可有两位小数。"),
        ("佐证说明", "写明材料名称和文号。文件本身不要放进表内，请另行上传。"),
        (
            "怎么交",
            (
                "用 WPS 或 Excel 保存为 .xlsx（不设打开密码、不含宏），把整份文件交回导入。"
                "导入前会逐格列出新增、修改和不予采用之处，确认后才报送；同一份文件重复导入不会重复报送。"
            ),
        ),
        (
            "别人也改了",
            "导出之后如果有人另行报送了同一事项，导入时会并列两处内容，须确认采用哪一个。",
        ),
        ("问谁", _whom(office, people)),
    )


def _whom(office: str, people: Sequence[Contact]) -> str:
    named = "；".join(
        f"{person.post.label} {person.name} {person.phone or ''}".strip() for person in people
    )
    return f"{office}。{named}" if named else f"{office}（联系人尚未登记）。"
