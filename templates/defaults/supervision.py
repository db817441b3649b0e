"""The default template of a 督办通知: blue and yellow with a table, red about one matter."""

from docx.document import Document as WordFile

from supervision.vocabulary import PaperKind
from templates.defaults.official import official
from templates.paper.measures import HEADING
from templates.paper.tables import Column, table
from templates.paper.writing import write, write_led

MATTER = "{{ line.title }}{% if line.demand %}（{{ line.demand }}）{% endif %}"
DUE = (
    "{% if line.due_on %}{{ line.due_on | chinese_day }}"
    "{% else %}{{ line.deadline_text }}{% endif %}"
)
COLUMNS: tuple[Column, ...] = (
    ("序号", 14, "{{ loop.index }}", True),
    ("编号", 16, "{{ line.code }}", True),
    ("任务/项目", 66, MATTER, False),
    ("完成时限", 38, DUE, True),
    (
        "逾期天数",
        22,
        "{% if line.days_overdue %}{{ line.days_overdue }}{% else %}—{% endif %}",
        True,
    ),
)
LATE = "{% if all_overdue %}已过完成时限{% else %}逾期或者进展严重滞后{% endif %}"
NEXT_RUNG = (
    "{% if rung.value == 'blue' %}黄色督办{% elif rung.value == 'yellow' %}红色督办"
    "{% else %}约谈建议{% endif %}"
)


def build() -> WordFile:
    """Return the template; its tags are the words of `SupervisionWords`."""
    return official(PaperKind.SUPERVISION, _body)


def _body(document: WordFile) -> None:
    write(
        document,
        "根据《{{ plan_title }}》{% if plan_number %}（{{ plan_number }}）{% endif %}，"
        "截至{{ as_of | chinese_day }}，你单位负责的{% if count == 1 %}以下事项{% else %}"
        "下列{{ count }}项事项{% endif %}" + LATE + "，尚未申请销号。"
        "{% if previous_number %}此前已以{{ previous_number }}督办，答复时限已过，事项仍未办结。"
        "{% endif %}现就有关要求通知如下：",
    )
    matters(document)
    write(document, "{%p if via %}")
    write(document, "本通知由{{ via }}转送。")
    write(document, "{%p endif %}")
    demands(document, you="你单位")


def matters(document: WordFile) -> None:
    """Name the matters: one in sentences on a red sheet, several in a table."""
    write(document, "一、督办事项", HEADING)
    write(document, "{%p if rung.value == 'red' %}")
    write(document, "{%p for line in lines %}")
    write(
        document,
        "{{ line.code }}　{{ line.title }}。完成时限为{{ line.deadline_text }}"
        "{% if line.due_on %}（{{ line.due_on | chinese_day }}）{% endif %}"
        "{% if line.days_overdue %}，至今已逾期{{ line.days_overdue }}天{% endif %}。"
        "{{ line.demand }}",
    )
    write(document, "{%p endfor %}")
    write(document, "{%p else %}")
    table(document, COLUMNS, each="line in lines")
    write(document, "{%p endif %}")


def demands(document: WordFile, *, you: str) -> None:
    """Say what is asked, by when it is answered, and what comes next."""
    write(document, "二、办理要求", HEADING)
    write_led(
        document,
        "（一）抓紧办理。",
        f"请{you}逐项明确责任人和完成时间，采取有效措施加快推进，办结后及时申请销号。",
    )
    write_led(
        document,
        "（二）按时答复。",
        "请于收到本文之日起{{ reply_days }}个工作日内"
        "{% if reply_due_on %}（{{ reply_due_on | chinese_day }}前）{% endif %}书面答复办理情况、"
        f"未按期完成的原因和预计完成时间，由{you}主要负责人审签并加盖公章。",
    )
    write_led(
        document,
        "（三）严肃纪律。",
        f"逾期不答复，或者无正当理由仍不办理的，将按规定转入{NEXT_RUNG}，并纳入督查通报和年度考核。",
    )
