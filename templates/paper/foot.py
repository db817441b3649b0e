"""The foot of a paper: 附件说明, 署名, 成文日期, 附注, annex pages, 版记 and page numbers."""

from docx.document import Document as WordFile
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.table import Table

from templates.paper import measures
from templates.paper.measures import (
    ANCHOR,
    ANNEX_LABEL,
    ANNEX_TITLE,
    ANNEXES,
    ANNEXES_NEXT,
    CONTACT,
    COPIED,
    DATE,
    IMPRINT,
    NAME,
    PAGE_NUMBER_EVEN,
    PAGE_NUMBER_ODD,
    SEALED_DATE,
    SEALED_NAME,
)
from templates.paper.writing import element, run, write

DAY = "{% if issued_on %}{{ issued_on | chinese_day }}{% else %}　　　　年　　月　　日{% endif %}"
PRINTED = "{{ mark }}\t{% if printed_on %}{{ printed_on | chinese_day }}印发{% endif %}"
CONTACT_TEXT = (
    "（联系人：{{ contact_name }}{% if contact_phone %}，联系电话：{{ contact_phone }}{% endif %}）"
)


def annexes(document: WordFile) -> None:
    """Name the annexes under the text: one without a number, several each on its line."""
    for tags, style in (
        ("{%p if attachments | length == 1 %}", None),
        ("附件：{{ attachments[0] }}", ANNEXES),
        ("{%p else %}", None),
        ("{%p for name in attachments %}", None),
        ("{%p if loop.first %}", None),
        ("附件：1.{{ name }}", ANNEXES),
        ("{%p else %}", None),
        ("{{ loop.index }}.{{ name }}", ANNEXES_NEXT),
        ("{%p endif %}", None),
        ("{%p endfor %}", None),
        ("{%p endif %}", None),
    ):
        write(document, tags, style or ANNEXES)


def signature(document: WordFile, *, sealed: bool) -> None:
    """Put name and date under the text, placed for a seal or not; then whom to ask."""
    write(document, "{{ mark }}", SEALED_NAME if sealed else NAME)
    write(document, DAY, SEALED_DATE if sealed else DATE)
    write(document, "{%p if contact_name %}", CONTACT)
    write(document, CONTACT_TEXT, CONTACT)
    write(document, "{%p endif %}", CONTACT)


def annex_page(document: WordFile) -> None:
    """Begin the annex on a page of its own, under its name in 附件说明: lines 1 and 3."""
    write(document, "附件", ANNEX_LABEL)
    write(document, "{{ attachments | first | in_lines }}", ANNEX_TITLE)


def imprint(document: WordFile, *, is_letter: bool = False) -> None:
    """Put 版记 at the foot of the last page: 抄送, who printed it and when; a 函 has 抄送 only."""
    copied = '{% if copied_to %}抄送：{{ copied_to | join("，") }}。{% endif %}'
    rows = [(copied, COPIED)]
    if not is_letter:
        whole = [("{%tr if copied_to %}", IMPRINT), *rows, ("{%tr endif %}", IMPRINT)]
        rows = [*whole, (PRINTED, IMPRINT)]
    write(document, "{%p if copied_to or printed_on %}", ANCHOR)
    made = document.add_table(rows=len(rows), cols=1)
    for row, (text, style) in zip(made.rows, rows, strict=True):
        paragraph = row.cells[0].paragraphs[0]
        paragraph.style = document.styles[style]
        run(paragraph, text)
    _at_the_foot(made)
    if not is_letter:
        _rules(made)
        right = Pt(measures.TYPE_AREA - measures.SIHAO)
        stops = made.rows[-1].cells[0].paragraphs[0].paragraph_format.tab_stops
        stops.add_tab_stop(right, WD_TAB_ALIGNMENT.RIGHT)
    write(document, "{%p endif %}", ANCHOR)
    document.add_paragraph(style=ANCHOR)  # the table stands on the page of this one


def _at_the_foot(made: Table) -> None:
    """Let a table float at the lower edge of the type area of the page where the text ends.

    Across it is held to the paper: LibreOffice sets a table as wide as the text in line otherwise.
    """
    made.autofit = False
    for cell in made.columns[0].cells:
        cell.width = made.columns[0].width = Mm(measures.TYPE_AREA_WIDTH)
    properties = made._tbl.tblPr  # noqa: SLF001 - floating tables have no API
    left = round(measures.LEFT * measures.MILLIMETRE * 20)
    place = element("w:tblpPr", vertAnchor="margin", horzAnchor="page", tblpX=left,
                    tblpYSpec="bottom")  # fmt: skip
    properties.insert_element_before(
        place, "w:tblOverlap", "w:tblW", "w:jc", "w:tblLayout", "w:tblLook"
    )
    margins = element("w:tblCellMar")
    margins.extend(element(f"w:{side}", w=0, type="dxa") for side in ("left", "right"))
    properties.insert_element_before(margins, "w:tblLook")


def _rules(made: Table) -> None:
    borders = element("w:tblBorders")
    for side, eighths in (
        ("top", measures.OUTER_RULE),
        ("bottom", measures.OUTER_RULE),
        ("insideH", measures.INNER_RULE),
    ):
        borders.append(element(f"w:{side}", val="single", sz=eighths, space=0, color="000000"))
    properties = made._tbl.tblPr  # noqa: SLF001 - rules of a table have no API
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def page_numbers(document: WordFile) -> None:
    """Put — 1 — below the type area, at the outer edge: odd pages right, even ones left."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, style in (
        (section.footer, PAGE_NUMBER_ODD),
        (section.even_page_footer, PAGE_NUMBER_EVEN),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles[style]
        run(paragraph, "— ")
        field = element("w:fldSimple", instr="PAGE")
        paragraph._p.append(field)  # noqa: SLF001 - fields have no API
        shown = paragraph.add_run("1")
        field.append(shown._element)  # noqa: SLF001
        run(paragraph, " —")
