"""The default template of a 督查通报: 概况, 总体进展, 存在问题, 下步要求, and each item."""

from docx.document import Document as WordFile

from supervision.vocabulary import PaperKind
from templates.defaults.official import official
from templates.paper.foot import annex_page
from templates.paper.measures import HEADING, SUBHEADING
from templates.paper.tables import Column, table
from templates.paper.writing import write

LIGHTS: tuple[Column, ...] = (
    ("事项", 16, "{{ each.items }}", True),
    ("销号", 16, "{{ each.closed }}", True),
    ("绿", 14, "{{ each.green }}", True),
    ("蓝", 14, "{{ each.blue }}", True),
    ("黄", 14, "{{ each.yellow }}", True),
    ("红", 14, "{{ each.red }}", True),
    ("灰", 14, "{{ each.grey }}", True),
)
GROUPS: tuple[Column, ...] = (("专班", 54, "{{ each.name }}", False), *LIGHTS)
UNITS: tuple[Column, ...] = (("牵头单位", 54, "{{ each.name }}", False), *LIGHTS)
ITEMS: tuple[Column, ...] = (
    ("编号", 13, "{{ line.code }}", True),
    ("任务/项目", 47, "{{ line.title }}", False),
    ("牵头单位", 28, "{{ line.lead_unit }}", False),
    ("完成时限", 25, "{{ line.deadline_text }}", True),
    ("进度", 14, "{{ line.progress }}", True),
    ("灯", 9, "{{ line.light }}", True),
    ("状态", 20, "{{ line.state }}", True),
)
NAMED = "{{ named.unit }}{{ named.count }}项（{{ named.codes | join('、') }}）"
NAMES = "{% for named in {} %}" + NAMED + "{% if not loop.last %}，{% endif %}{% endfor %}"


def build() -> WordFile:
    """Return the template; its tags are the words of `CircularWords`."""
    return official(PaperKind.CIRCULAR, _body, annex=_states)


def _body(document: WordFile) -> None:
    write(
        document,
        "根据《{{ plan_title }}》{% if plan_number %}（{{ plan_number }}）{% endif %}"
        "关于定期通报的要求，现将{{ period }}工作推进情况通报如下"
        "（数据截至{{ as_of | chinese_day }}）：",
    )
    _overview(document)
    _progress(document)
    _problems(document)
    write(document, "四、下步要求", HEADING)
    write(document, "{%p for demand in demands %}")
    write(document, "{{ loop.index }}.{{ demand }}")
    write(document, "{%p endfor %}")


def _overview(document: WordFile) -> None:
    write(document, "一、基本概况", HEADING)
    write(
        document,
        "纳入督办的事项共{{ total.items }}项，已销号{{ total.closed }}项，"
        "占{{ total.closed_percent }}%。本季度应报{{ owed }}项，已报{{ reported }}项。",
    )


def _progress(document: WordFile) -> None:
    write(document, "二、总体进展", HEADING)
    write(
        document,
        "未销号事项中，亮绿灯{{ total.green }}项、蓝灯{{ total.blue }}项、"
        "黄灯{{ total.yellow }}项、红灯{{ total.red }}项，暂无判断依据（灰灯）{{ total.grey }}项。"
        "{% if due_this_year %}年内到期{{ due_this_year }}项，已销号{{ closed_this_year }}项。"
        "{% endif %}",
    )
    write(document, "（一）各专班情况", SUBHEADING)
    table(document, GROUPS, each="each in groups")
    write(document, "（二）各牵头单位情况", SUBHEADING)
    table(document, UNITS, each="each in units")
    write(document, "{%p if ahead %}")
    write(document, "（三）推进较快的事项", SUBHEADING)
    write(document, "{%p for item in ahead %}")
    write(document, "{{ item.code }}　{{ item.title }}（{{ item.lead_unit }}）：{{ item.why }}。")
    write(document, "{%p endfor %}")
    write(document, "{%p endif %}")


def _problems(document: WordFile) -> None:
    write(document, "三、存在问题", HEADING)
    write(document, "{%p if behind %}")
    write(document, "（一）部分事项推进滞后", SUBHEADING)
    write(document, "{%p for item in behind %}")
    write(document, "{{ item.code }}　{{ item.title }}（{{ item.lead_unit }}）：{{ item.why }}。")
    write(document, "{%p endfor %}")
    write(document, "{%p else %}")
    write(document, "未发现推进滞后的事项。")
    write(document, "{%p endif %}")
    write(document, "{%p if late or missing %}")
    write(document, "（二）部分单位未按时报送", SUBHEADING)
    write(document, "{%p if missing %}")
    write(document, "未报送：" + NAMES.replace("{}", "missing") + "。")
    write(document, "{%p endif %}")
    write(document, "{%p if late %}")
    write(document, "迟报：" + NAMES.replace("{}", "late") + "。")
    write(document, "{%p endif %}")
    write(document, "{%p endif %}")


def _states(document: WordFile) -> None:
    annex_page(document)
    table(document, ITEMS, each="line in items")
