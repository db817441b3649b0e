"""The default template of a half-year or annual summary (总结)."""

from docx.document import Document as WordFile

from supervision.vocabulary import PaperKind
from templates.defaults.circular import GROUPS
from templates.defaults.official import official
from templates.paper.measures import HEADING
from templates.paper.tables import table
from templates.paper.writing import write


def build() -> WordFile:
    """Return the template; its tags are the words of `SummaryWords`."""
    return official(PaperKind.SUMMARY, _body, sealed=False)


def _body(document: WordFile) -> None:
    write(
        document,
        "现将《{{ plan_title }}》{% if plan_number %}（{{ plan_number }}）{% endif %}"
        "{{ period }}督办工作总结如下（数据截至{{ as_of | chinese_day }}）：",
    )
    write(document, "一、工作开展情况", HEADING)
    write(
        document,
        "共开展季度调度{{ rounds }}次，应报{{ owed }}项次，实报{{ reported }}项次；"
        "召开推进会议{{ meetings }}次，现场督导{{ inspections }}次，印发督办文书{{ notices }}件。",
    )
    write(document, "二、任务完成情况", HEADING)
    write(
        document,
        "纳入督办的事项共{{ total.items }}项，已销号{{ total.closed }}项，"
        "占{{ total.closed_percent }}%。各专班情况如下：",
    )
    table(document, GROUPS, each="each in groups")
    write(document, "{%p if done %}")
    write(document, "本期完成的主要事项：")
    write(document, "{%p for item in done %}")
    write(document, "{{ loop.index }}.{{ item.title }}（{{ item.lead_unit }}，{{ item.why }}）。")
    write(document, "{%p endfor %}")
    write(document, "{%p endif %}")
    write(document, "三、存在问题", HEADING)
    write(document, "{%p for item in behind %}")
    write(document, "{{ loop.index }}.{{ item.title }}（{{ item.lead_unit }}）：{{ item.why }}。")
    write(document, "{%p else %}")
    write(document, "未发现推进滞后的事项。")
    write(document, "{%p endfor %}")
    write(document, "四、下步打算", HEADING)
    write(document, "{%p for step in next_steps %}")
    write(document, "{{ loop.index }}.{{ step }}")
    write(document, "{%p endfor %}")
