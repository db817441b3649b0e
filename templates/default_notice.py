"""Builds the shipped Word template of a supervision notice: `python -m templates.default_notice`.

An office may replace the file by its own.
"""

from pathlib import Path

from docx import Document
from docx.document import Document as WordFile

from templates.office_paper import (
    CENTRE,
    RIGHT,
    TITLE_POINTS,
    XIAOBIAOSONG,
    lay_out,
    line,
    red_rule,
    table,
)

FILE = Path(__file__).parent / "notices" / "supervision" / "document.docx"
COLUMNS = (("序号", 12), ("编号", 16), ("任务/项目", 70), ("时限", 30), ("逾期天数", 28))  # mm
CELLS = (
    "{{ loop.index }}",
    "{{ line.code }}",
    "{{ line.title }}",
    "{{ line.due_on | chinese_day }}",
    "{{ line.days_overdue }}",
)


def build() -> WordFile:
    """Return the template; its tags are the words of `NoticeWords`."""
    document = Document()
    lay_out(document)
    line(document, "{{ issuer }}", font=XIAOBIAOSONG, points=TITLE_POINTS, at=CENTRE, red=True)
    line(document, "{{ number }}", at=CENTRE)
    red_rule(line(document, ""))
    title = "督办通知（{{ rung }}）"
    line(document, title, font=XIAOBIAOSONG, points=TITLE_POINTS, at=CENTRE)
    line(document, "{{ addressee }}：")
    line(
        document,
        "根据《{{ plan_title }}》{% if plan_number %}（{{ plan_number }}）{% endif %}，贵单位负责的"
        "下列{{ count }}项事项已过完成时限，截至{{ as_of | chinese_day }}尚未销号。",
        indent=True,
    )
    table(document, COLUMNS, CELLS, each="line in lines")
    line(
        document,
        "请抓紧办理，并于收到本通知之日起{{ reply_days }}个工作日内书面回复办理情况、"
        "未按期完成的原因和预计完成时间。",
        indent=True,
    )
    line(document, "{% if remark %}（签发提示：{{ remark }}）{% endif %}", indent=True)
    line(document, "{{ issuer }}", at=RIGHT)
    line(document, "{{ as_of | chinese_day }}", at=RIGHT)
    return document


if __name__ == "__main__":
    build().save(str(FILE))
