"""What only the words decide: how large the mark stands, and where name and date are put.

Done on the filled-in file, by the styles of this house; a template without them is left alone.
"""

from collections.abc import Iterator

from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from templates.paper.measures import (
    DATE,
    EM,
    IMPRINT,
    LETTER_MARK,
    LOOKS,
    MARK,
    NAME,
    SEALED_DATE,
    SEALED_NAME,
    TIGHTEN,
    TYPE_AREA,
)
from templates.paper.styles import style_names, style_of
from templates.paper.writing import element
from templates.titles import width

NARROWEST = 60  # per cent of its width that a character of the mark may be pressed to
AROUND_DIGITS = 2.5  # characters of air that some programs put around digits
SIGNED_FROM_RIGHT, SEALED_FROM_RIGHT, INWARD = 2, 4, 2  # characters


def fit(document: WordFile) -> None:
    """Fit the mark to the type area and put the signature in its place."""
    names = style_names(document)
    found: dict[str, list[Paragraph]] = {}
    for line in _lines(document):
        found.setdefault(style_of(line, names), []).append(line)
    for style in (MARK, LETTER_MARK):
        for mark in found.get(style, ()):
            _fit_mark(mark, LOOKS[style].points)
    for name, date in zip(found.get(NAME, ()), found.get(DATE, ()), strict=False):
        _sign(name, date)
    for name, date in zip(found.get(SEALED_NAME, ()), found.get(SEALED_DATE, ()), strict=False):
        _seal(name, date)
    for name in (*found.get(NAME, ()), *found.get(SEALED_NAME, ())):
        _keep_text_with(name)
    for printed in found.get(IMPRINT, ()):
        _press(printed)


def _lines(document: WordFile) -> Iterator[Paragraph]:
    """Give the paragraphs that may have to be fitted: text, 版记, the first head of a 函."""
    yield from document.paragraphs
    for table in document.tables:
        if table._tbl.xpath("w:tblPr/w:tblpPr"):  # noqa: SLF001 - 版记 floats; other tables do not
            yield from (
                line for row in table.rows for cell in row.cells for line in cell.paragraphs
            )
    for section in document.sections:
        if section.different_first_page_header_footer:  # asking for a head makes one
            yield from section.first_page_header.paragraphs


def mark_size(name: str, largest: float) -> tuple[float, int]:
    """Return size (pt) and breadth (per cent) at which a name stands on one line.

    Long names are pressed first, as offices print them, and only then become smaller.
    """
    room = TYPE_AREA / max(width(name), 1)
    if room >= largest:
        return largest, 100
    breadth = max(NARROWEST, int(100 * room / largest))
    return min(largest, int(2 * 100 * room / breadth) / 2), breadth


def _fit_mark(mark: Paragraph, largest: float) -> None:
    size, breadth = mark_size(mark.text, largest)
    for run in mark.runs:
        run.font.size = Pt(size)
        properties = run._element.get_or_add_rPr()  # noqa: SLF001 - breadth has no API
        properties.insert_element_before(
            element("w:w", val=breadth), "w:kern", "w:position", "w:sz"
        )


def _keep_text_with(name: Paragraph) -> None:
    """Let no signature stand on a page without text: the last paragraph goes along with it."""
    last = name._p.getprevious()  # noqa: SLF001 - neighbours have no API
    if last is not None and last.tag == qn("w:p"):
        Paragraph(last, name._parent).paragraph_format.keep_with_next = True  # noqa: SLF001


def _press(printed: Paragraph) -> None:
    """Press the line of 版记 that names office and day so far that both stand on it."""
    em = LOOKS[IMPRINT].points + TIGHTEN / 20
    room = TYPE_AREA - 2 * LOOKS[IMPRINT].points
    needed = (width(printed.text) + AROUND_DIGITS) * em
    if needed > room:
        for run in printed.runs:
            _broaden(run, max(NARROWEST, int(100 * room / needed)))


def _broaden(run: Run, per_cent: int) -> None:
    properties = run._element.get_or_add_rPr()  # noqa: SLF001 - breadth has no API
    properties.insert_element_before(element("w:w", val=per_cent), "w:kern", "w:position", "w:sz")


def _sign(name: Paragraph, date: Paragraph) -> None:
    """Put the name 2 characters from the right, the date beginning 2 further in than the name."""
    names, dates = width(name.text), width(date.text)
    if names - dates >= SIGNED_FROM_RIGHT:
        _from_right(name, SIGNED_FROM_RIGHT)
        _from_right(date, names - dates)
    else:
        _from_right(date, SIGNED_FROM_RIGHT)
        _from_right(name, SIGNED_FROM_RIGHT + INWARD + dates - names)


def _seal(name: Paragraph, date: Paragraph) -> None:
    """Put the date 4 characters from the right and the name in the middle over it."""
    names, dates = width(name.text), width(date.text)
    middle = max(SEALED_FROM_RIGHT + dates / 2, names / 2)
    _from_right(date, middle - dates / 2)
    _from_right(name, middle - names / 2)


def _from_right(paragraph: Paragraph, characters: float) -> None:
    paragraph.paragraph_format.right_indent = Pt(characters * EM)
