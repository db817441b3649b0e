"""The default template of a close-out sheet (销号单)."""

from docx.document import Document as WordFile

from supervision.vocabulary import PaperKind
from templates.paper.foot import page_numbers
from templates.paper.measures import ANCHOR, FORM_TITLE
from templates.paper.tables import FormRow, form
from templates.paper.writing import blank, write

WIDTHS = (26, 52, 26, 52)  # mm: label, words, label, words
REVIEW = ("{{ review_opinion }}", "初审人：{{ reviewed_by }}　{{ reviewed_on | chinese_day }}")
DECISION = ("{{ decision_opinion }}", "复核人：{{ decided_by }}　{{ closed_on | chinese_day }}")
VOUCHED = "{% if piece.vouched_by %}（{{ piece.vouched_by }}署名）{% endif %}"
PIECES = (
    "{%p for piece in evidence %}",
    "{{ loop.index }}．{{ piece.kind }}：{{ piece.name }}" + VOUCHED,
    "{%p endfor %}",
)
ROWS: tuple[FormRow, ...] = (
    (("所属计划", ("《{{ plan_title }}》",)),),
    (("编　　号", ("{{ code }}",)), ("类　　别", ("{{ kind }}",))),
    (("任务/项目", ("{{ title }}",)),),
    (("工作内容及目标", ("{{ content }}",)),),
    (("牵头单位", ("{{ lead_units }}",)), ("配合单位", ("{{ supporting_units }}",))),
    (("完成时限", ("{{ deadline_text }}",)), ("到 期 日", ("{{ due_on }}",))),
    (
        ("申请日期", ("{{ asked_on | chinese_day }}",)),
        ("销号日期", ("{{ closed_on | chinese_day }}",)),
    ),
    (("是否逾期", ("{{ lateness }}",)), ("等　　次", ("{{ grade }}",))),
    (("完成情况", ("{{ summary }}", "申请人：{{ asked_by }}")),),
    (("投资完成额", ("{{ invested }}",)),),
    (("佐证材料", PIECES),),
    (("初审意见", REVIEW),),
    (("复核意见", DECISION),),
)


def build() -> WordFile:
    """Return the template; its tags are the words of `CloseOutWords`."""
    document = blank(PaperKind.CLOSE_OUT.label)
    write(document, "督办事项销号单", FORM_TITLE)
    page_numbers(document)
    form(document, WIDTHS, ROWS)
    document.add_paragraph(style=ANCHOR)  # Word wants one after the last table
    return document
