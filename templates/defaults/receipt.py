"""The default template of a 报送回执: what a unit has in hand for what it reported."""

from docx.document import Document as WordFile

from supervision.vocabulary import PaperKind
from templates.paper.foot import page_numbers
from templates.paper.measures import DATE, FORM_TITLE, NAME, TABLE_NOTE
from templates.paper.tables import Column, table
from templates.paper.writing import blank, write

COLUMNS: tuple[Column, ...] = (
    ("序号", 12, "{{ loop.index }}", True),
    ("编号", 16, "{{ line.code }}", True),
    ("任务/项目", 80, "{{ line.title }}", False),
    ("累计进度", 24, "{{ line.percent }}", True),
    ("状态", 24, "{{ line.state }}", True),
)


def build() -> WordFile:
    """Return the template; its tags are the words of `ReceiptWords`."""
    document = blank(PaperKind.RECEIPT.label)
    page_numbers(document)
    write(document, "{{ period }}进展报送回执", FORM_TITLE)
    write(
        document,
        "{{ unit }}于{{ received_at | chinese_day }}{{ clock }}通过{{ way }}报送"
        "《{{ plan_title }}》{{ period }}进展"
        "{{ count }}项（报送截止{{ due_on | chinese_day }}），现已收到。填报人{{ reported_by }}"
        "{% if signed_by %}，审签人{{ signed_by }}{% endif %}。",
    )
    table(document, COLUMNS, each="line in lines")
    write(document, "{%p if missing %}")
    write(document, "尚有{{ missing | length }}项未报送：{{ missing | join('、') }}。")
    write(document, "{%p endif %}")
    write(document, "{%p if hash %}")
    write(document, "收到文件的校验值（SHA-256）：{{ hash }}", TABLE_NOTE)
    write(document, "{%p endif %}")
    write(document, "{{ office }}", NAME)
    write(document, "{{ received_at | chinese_day }}", DATE)
    return document
