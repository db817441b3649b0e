"""The default template of a 约谈建议 with its 专报: put before those who may decide it (R19)."""

from docx.document import Document as WordFile

from supervision.vocabulary import PaperKind
from templates.defaults.official import official
from templates.paper.foot import annex_page
from templates.paper.measures import HEADING, TABLE_NOTE
from templates.paper.tables import Column, table
from templates.paper.writing import write

COLUMNS: tuple[Column, ...] = (
    # So narrow that a number breaks before its year: 章无废办督 / 〔2024〕6号.
    ("文号", 34, "{{ step.number }}", False),
    ("类别", 20, "{{ step.rung }}", True),
    ("印发日期", 40, "{{ step.issued_on | chinese_day }}", True),
    (
        "答复时限",
        40,
        "{% if step.reply_due_on %}{{ step.reply_due_on | chinese_day }}{% else %}—{% endif %}",
        True,
    ),
    ("结果", 22, "{{ step.outcome }}", True),
)


def build() -> WordFile:
    """Return the template; its tags are the words of `InterviewWords`."""
    return official(PaperKind.INTERVIEW, _body, annex=_report, sealed=False)


def _body(document: WordFile) -> None:
    write(
        document,
        "《{{ plan_title }}》{% if plan_number %}（{{ plan_number }}）{% endif %}实施中，"
        "{{ unit }}有{{ matters | length }}项事项经逐级督办仍未办结。现将有关情况和建议报告如下：",
    )
    write(document, "一、基本情况", HEADING)
    write(document, "{%p for matter in matters %}")
    write(
        document,
        "{{ matter.code }}　{{ matter.title }}，完成时限为{{ matter.deadline_text }}，"
        "截至{{ as_of | chinese_day }}{% if matter.days_overdue %}已逾期{{ matter.days_overdue }}天"
        "{% else %}进展严重滞后{% endif %}，"
        "先后印发督办文书{{ matter.steps | length }}件。",
    )
    write(document, "{%p endfor %}")
    write(document, "二、约谈依据", HEADING)
    write(document, "{{ grounds }}，符合约谈条件。")
    write(document, "三、有关建议", HEADING)
    write(
        document,
        "建议由{{ interviewer }}约谈{{ unit }}{{ person }}，时间、地点由办公室另行报定。"
        "约谈时请被约谈人：",
    )
    write(document, "{%p for demand in demands %}")
    write(document, "{{ loop.index }}.{{ demand }}")
    write(document, "{%p endfor %}")
    write(document, "妥否，请批示。")


def _report(document: WordFile) -> None:
    """Tell each matter at length: the 专报."""
    annex_page(document)
    write(document, "{%p for matter in matters %}")
    write(document, "{{ matter.code }}　{{ matter.title }}", HEADING)
    write(document, "工作内容及目标：{{ matter.content }}")
    write(
        document,
        "完成时限：{{ matter.deadline_text }}"
        "{% if matter.due_on %}（{{ matter.due_on | chinese_day }}）{% endif %}"
        "{% if matter.days_overdue %}，逾期{{ matter.days_overdue }}天{% endif %}。",
    )
    write(
        document,
        "办理情况：{% if matter.progress %}{{ matter.progress }}{% else %}未报送。{% endif %}",
    )
    write(document, "{%p if matter.problem %}")
    write(document, "存在问题：{{ matter.problem }}")
    write(document, "{%p endif %}")
    write(document, "督办经过：")
    table(document, COLUMNS, each="step in matter.steps")
    write(document, "", TABLE_NOTE)
    write(document, "{%p endfor %}")
