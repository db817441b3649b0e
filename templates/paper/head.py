"""The head of a paper: 发文机关标志, 发文字号, the red rule, title and 主送; of a 函, its own."""

from docx.document import Document as WordFile
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from templates.paper import measures
from templates.paper.measures import (
    ADDRESSEE,
    LETTER_FOOT,
    LETTER_MARK,
    LETTER_NUMBER,
    MARK,
    NUMBER,
    TITLE,
)
from templates.paper.writing import place, rule_below, run, write

NUMBER_TEXT = "{% if is_draft %}（草稿，签发后编号）{% else %}{{ number }}{% endif %}"


def red_head(document: WordFile) -> None:
    """Open a paper with the red head (下行文): the mark, its number, the rule."""
    write(document, "{{ mark }}", MARK)
    write(document, NUMBER_TEXT, NUMBER)
    _title_and_addressee(document)


def letter_head(document: WordFile) -> None:
    """Open a 函: name 30 mm from the paper's edge, double rules at top and foot of page 1 only."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance = Mm(measures.LETTER_MARK_FROM_TOP)
    head, foot = section.first_page_header, section.first_page_footer
    head.is_linked_to_previous = foot.is_linked_to_previous = False
    name = head.paragraphs[0]
    name.style = document.styles[LETTER_MARK]
    run(name, "{{ mark }}")
    beside = (measures.WIDTH - measures.LETTER_RULE) / 2
    name.paragraph_format.left_indent = Mm(beside - measures.LEFT)
    name.paragraph_format.right_indent = Mm(beside - measures.RIGHT)
    _double_rule(name, "thickThinSmallGap")
    line = foot.paragraphs[0]
    line.style = document.styles[LETTER_FOOT]
    _double_rule(line, "thinThickSmallGap")
    from_top = measures.HEIGHT - measures.LETTER_RULE_FROM_BOTTOM
    place(line, width=measures.LETTER_RULE, from_top=from_top - measures.RULE_BELOW)
    foot.add_paragraph(style=LETTER_FOOT)  # Word wants one that is not placed
    write(document, NUMBER_TEXT, LETTER_NUMBER)
    _title_and_addressee(document)


def _double_rule(paragraph: Paragraph, kind: str) -> None:
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - borders have no API
    rule_below(properties, measures.DOUBLE_RULE, distance=measures.RULE_BELOW, kind=kind)


def _title_and_addressee(document: WordFile) -> None:
    write(document, "{{ title | in_lines }}", TITLE)
    write(document, "{{ addressee }}：", ADDRESSEE)
