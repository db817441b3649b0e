"""The default template of a 清单核对报告."""

from docx.document import Document as WordFile

from supervision.vocabulary import PaperKind
from templates.paper.foot import page_numbers
from templates.paper.measures import DATE, FORM_TITLE, HEADING, QUOTE, TEXT
from templates.paper.writing import blank, write

OVERVIEW = (
    "《{{ plan_title }}》{% if plan_number %}（{{ plan_number }}）{% endif %}读出事项"
    "{{ items }}项、指标{{ indicators }}项、举措{{ measures }}条，核对发现{{ count }}处："
    "{% for part in parts %}{{ part.label }}{{ part.count }}处"
    "{% if not loop.last %}，{% endif %}{% endfor %}；未读懂{{ unread }}行。"
)
LINES = (
    (OVERVIEW, TEXT),
    ("{%p for part in parts %}", TEXT),
    ("{{ part.heading }}", HEADING),
    ("{%p for finding in part.findings %}", TEXT),
    ("{{ finding.number }}.{{ finding.text }}", TEXT),
    ("{%p for quote in finding.quotes %}", TEXT),
    ("原文：{{ quote }}", QUOTE),
    ("{%p endfor %}", TEXT),
    ("{%p if finding.settled %}", TEXT),
    ("处理：{{ finding.settled }}", TEXT),
    ("{%p endif %}", TEXT),
    ("{%p endfor %}", TEXT),
    ("{%p endfor %}", TEXT),
    ("{{ as_of | chinese_day }}", DATE),
)


def build() -> WordFile:
    """Return the template; its tags are the words of `FindingsWords`."""
    document = blank(PaperKind.FINDINGS.label)
    page_numbers(document)
    write(document, "清单核对报告", FORM_TITLE)
    for text, style in LINES:
        write(document, text, style)
    return document
