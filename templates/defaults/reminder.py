"""The default template of a 提醒函: what comes near its date; it lays no blame."""

from docx.document import Document as WordFile

from supervision.vocabulary import PaperKind
from templates.defaults.official import official
from templates.paper.tables import Column, table
from templates.paper.writing import write

COLUMNS: tuple[Column, ...] = (
    ("编号", 14, "{{ line.code }}", True),
    ("任务/项目", 56, "{{ line.title }}", False),
    ("完成时限", 38, "{{ line.due_on | chinese_day }}", True),
    ("剩余天数", 20, "{{ line.days_left }}", True),
    ("目前情况", 28, "{% if line.state %}{{ line.state }}{% else %}—{% endif %}", False),
)


def build() -> WordFile:
    """Return the template; its tags are the words of `ReminderWords`."""
    return official(PaperKind.REMINDER, _body, is_letter=True)


def _body(document: WordFile) -> None:
    write(
        document,
        "根据《{{ plan_title }}》{% if plan_number %}（{{ plan_number }}）{% endif %}，"
        "截至{{ as_of | chinese_day }}，你单位负责的下列事项即将到期：",
    )
    table(document, COLUMNS, each="line in lines")
    write(
        document,
        "请对照时限抓紧收尾，备齐印发文件、验收报告等佐证材料，在到期前申请销号；"
        "预计不能按期完成的，请在规定期限内申请延期。已经申请销号的，不必另行答复。",
    )
    write(document, "{%p if reply_due_on %}")
    write(document, "请于{{ reply_due_on | chinese_day }}前将办理进度告知我办。")
    write(document, "{%p endif %}")
    write(document, "特此提醒。")
