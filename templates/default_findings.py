"""Builds the shipped Word template of a 清单核对报告: `python -m templates.default_findings`."""

from pathlib import Path

from docx import Document
from docx.document import Document as WordFile

from templates.office_paper import (
    CENTRE,
    HEITI,
    KAITI,
    RIGHT,
    TITLE_POINTS,
    XIAOBIAOSONG,
    lay_out,
    line,
)

FILE = Path(__file__).parent / "notices" / "findings" / "document.docx"


def build() -> WordFile:
    """Return the template; its tags are the words of `FindingsWords`."""
    document = Document()
    lay_out(document)
    line(document, "清单核对报告", font=XIAOBIAOSONG, points=TITLE_POINTS, at=CENTRE)
    line(
        document,
        "《{{ plan_title }}》{% if plan_number %}（{{ plan_number }}）{% endif %}读出事项"
        "{{ items }}项、指标{{ indicators }}项、举措{{ measures }}条，核对发现{{ count }}处："
        "{% for part in parts %}{{ part.label }}{{ part.count }}处"
        "{% if not loop.last %}，{% endif %}{% endfor %}；未读懂{{ unread }}行。",
        indent=True,
    )
    line(document, "{%p for part in parts %}")
    line(document, "{{ part.heading }}", font=HEITI, indent=True)
    line(document, "{%p for finding in part.findings %}")
    line(document, "{{ finding.number }}．{{ finding.text }}", indent=True)
    line(document, "{%p for quote in finding.quotes %}")
    line(document, "原文：{{ quote }}", font=KAITI, indent=True)
    line(document, "{%p endfor %}")
    line(document, "{%p if finding.settled %}")
    line(document, "处理：{{ finding.settled }}", indent=True)
    line(document, "{%p endif %}")
    line(document, "{%p endfor %}")
    line(document, "{%p endfor %}")
    line(document, "{{ as_of | chinese_day }}", at=RIGHT)
    return document


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    build().save(str(FILE))
