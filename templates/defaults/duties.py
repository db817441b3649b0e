"""The default template of a unit's 责任清单: all that the plan asks of it, in one place."""

from docx.document import Document as WordFile

from supervision.vocabulary import PaperKind
from templates.paper.foot import page_numbers
from templates.paper.measures import ANCHOR, FORM_TITLE, HEADING, SUBTITLE
from templates.paper.tables import Column, table
from templates.paper.writing import blank, write

ITEMS: tuple[Column, ...] = (
    ("编号", 14, "{{ item.code }}", True),
    ("任务/项目", 40, "{{ item.title }}", False),
    ("工作内容及目标", 60, "{{ item.content }}", False),
    ("完成时限", 20, "{{ item.deadline_text }}", True),
    ("配合单位", 22, "{% if item.others %}{{ item.others }}{% else %}—{% endif %}", False),
)
SUPPORTED: tuple[Column, ...] = (*ITEMS[:-1], ("牵头及配合单位", *ITEMS[-1][1:]))
INDICATORS: tuple[Column, ...] = (
    ("编号", 14, "{{ indicator.code }}", True),
    ("指标", 82, "{{ indicator.name }}", False),
    ("现状值", 30, "{{ indicator.baseline }}", True),
    ("目标值", 30, "{{ indicator.target }}", True),
)
MEASURES: tuple[Column, ...] = (
    ("出处", 28, "{{ measure.code }}", True),
    ("举措", 128, "{{ measure.text }}", False),
)
PARTS = (
    ("leads", "牵头事项", ITEMS, "item in leads"),
    ("supports", "配合事项", SUPPORTED, "item in supports"),
    ("indicators", "承担指标", INDICATORS, "indicator in indicators"),
    ("measures", "正文举措", MEASURES, "measure in measures"),
)


def build() -> WordFile:
    """Return the template; its tags are the words of `DutiesWords`."""
    document = blank(PaperKind.DUTIES.label)
    page_numbers(document)
    write(document, "{{ unit }}责任清单", FORM_TITLE)
    write(document, "（{{ as_of | chinese_day }}）", SUBTITLE)
    write(
        document,
        "依据《{{ plan_title }}》{% if plan_number %}（{{ plan_number }}）{% endif %}，{{ unit }}"
        "牵头{{ leads | length }}项、配合{{ supports | length }}项，承担指标"
        "{{ indicators | length }}项，涉及举措{{ measures | length }}条。"
        "本清单由{{ office }}梳理。",
    )
    for words, heading, columns, each in PARTS:
        write(document, f"{{%p if {words} %}}")
        write(document, heading, HEADING)
        table(document, columns, each=each)
        write(document, "{%p endif %}")
    document.add_paragraph(style=ANCHOR)  # Word wants one after the last table
    return document
