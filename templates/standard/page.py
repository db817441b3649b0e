"""Checks of the page: paper, margins, grid, page numbers."""

from collections.abc import Iterator

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.text.paragraph import Paragraph

from templates.paper import measures
from templates.paper.measures import SIHAO, SONGTI, TEXT
from templates.standard.reading import Deviation, Paper, millimetres

NEAR = 1.0  # mm that the standard lets a margin differ
TYPE_AREA_HEIGHT = (measures.HEIGHT - measures.TOP - measures.BOTTOM) * measures.MILLIMETRE


def page(paper: Paper) -> Iterator[Deviation]:
    """Give where paper or margins of a section are not as they should."""
    for section in paper.sections:
        size = (millimetres(section.page_width), millimetres(section.page_height))
        if any(
            abs(found - right) > NEAR
            for found, right in zip(size, (measures.WIDTH, measures.HEIGHT), strict=True)
        ):
            yield Deviation(rule="幅面", found=f"{size[0]:g}×{size[1]:g}毫米，应为A4（210×297）")
        for name, found, right in (
            ("上", section.top_margin, measures.TOP),
            ("下", section.bottom_margin, measures.BOTTOM),
            ("左", section.left_margin, measures.LEFT),
            ("右", section.right_margin, measures.RIGHT),
        ):
            if abs(millimetres(found) - right) > NEAR:
                yield Deviation(
                    rule="页边", found=f"{name}边{millimetres(found):g}毫米，应为{right}毫米"
                )


def grid(paper: Paper) -> Iterator[Deviation]:
    """Give where the text does not stand in 22 lines of 28 characters."""
    for section in paper.sections:
        found = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - no API for the grid
        kind = None if found is None else found.get(qn("w:type"))
        pitch = 0 if found is None else int(found.get(qn("w:linePitch"), "0")) / 20
        if kind != "lines" or not pitch or int(TYPE_AREA_HEIGHT / pitch) != measures.LINES:
            yield Deviation(rule="行数", found="文档网格不是每面22行")
    for line in paper.styled(TEXT)[:1]:
        yield from _spacing(line)


def _spacing(line: Paragraph) -> Iterator[Deviation]:
    """Give where body text is not set so that 22 lines of 28 characters fill the type area."""
    style = line.style
    if style is None:
        return
    spacing = line.paragraph_format.line_spacing or style.paragraph_format.line_spacing
    points = float(getattr(spacing, "pt", 0))
    if not points or int(TYPE_AREA_HEIGHT / points) != measures.LINES:
        yield Deviation(rule="行数", found=f"正文行距{points:g}磅，不是每面22行")
    between = style.element.xpath("w:rPr/w:spacing/@w:val")
    em = measures.SANHAO + (int(between[0]) / 20 if between else 0)
    if int(measures.TYPE_AREA / em) != measures.CHARACTERS:
        yield Deviation(rule="字数", found=f"正文每行{int(measures.TYPE_AREA / em)}字，应为28字")


def numbers(paper: Paper) -> Iterator[Deviation]:
    """Give where page numbers are not — 1 — at the outer edge, or stand on page 1 of a 函."""
    if not paper.document.settings.odd_and_even_pages_header_footer:
        yield Deviation(rule="页码", found="没有区分单双页")
    for section in paper.sections:
        sides = (
            ("单页", section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            ("双页", section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        )
        for name, footer, side in sides:
            yield from _number(paper, name, footer, side)
    if paper.is_letter:
        yield from _first_page(paper.sections[0])


def _number(
    paper: Paper, name: str, footer: _Footer, side: WD_ALIGN_PARAGRAPH
) -> Iterator[Deviation]:
    numbered = [line for line in footer.paragraphs if _has_number(line)]
    if not numbered:
        yield Deviation(rule="页码", found=f"{name}没有页码")
        return
    line = numbered[0]
    style = None if line.style is None else line.style.paragraph_format.alignment
    aligned = style if line.alignment is None else line.alignment
    if aligned is not side:
        yield Deviation(rule="页码", found=f"{name}页码不在外侧")
    if not (line.text.startswith("— ") and line.text.endswith(" —")):
        yield Deviation(rule="页码", found=f"{name}页码两侧没有一字线")
    if any(paper.letters_of(run, line) != (SONGTI, SIHAO) for run in line.runs):
        yield Deviation(rule="页码", found=f"{name}页码不是4号宋体")


def _has_number(line: Paragraph) -> bool:
    said = line._p.xpath(".//w:fldSimple/@w:instr | .//w:instrText/text()")  # noqa: SLF001
    return any("PAGE" in text for text in said)


def _first_page(section: Section) -> Iterator[Deviation]:
    if not section.different_first_page_header_footer:
        yield Deviation(rule="函首页", found="没有首页不同的页眉页脚")
    elif any(_has_number(line) for line in section.first_page_footer.paragraphs):
        yield Deviation(rule="函首页", found="首页显示了页码")
