"""Every paper keeps GB/T 9704-2012, and each check of it sees when one does not."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from templates import render
from templates.gbt9704 import deviations
from templates.paper import measures
from templates.samples import notices, rounds
from templates.samples.papers import shapes
from templates.words import PaperWords

Change = Callable[[WordFile], None]


@pytest.mark.parametrize("words", shapes().values(), ids=shapes())
def test_every_paper_keeps_the_standard(words: PaperWords) -> None:
    assert deviations(render.paper(words)) == []


def test_several_annexes_are_numbered_and_still_agree() -> None:
    made = Document(BytesIO(render.paper(replace(rounds.circular, attachments=("甲表", "乙表")))))
    texts = [line.text for line in made.paragraphs]

    assert "附件：1.甲表" in texts
    assert "2.乙表" in texts


def changed(words: PaperWords, change: Change) -> set[str]:
    """Return the rules that a paper breaks after a change to its file."""
    document = Document(BytesIO(render.paper(words)))
    change(document)
    buffer = BytesIO()
    document.save(buffer)
    return {found.rule for found in deviations(buffer.getvalue())}


def line_in(document: WordFile, style: str) -> Paragraph:
    body = document.element.body
    lines = (Paragraph(found, document._body) for found in body.iter(qn("w:p")))  # noqa: SLF001
    return next(line for line in lines if line.style is not None and line.style.name == style)


def says(style: str, text: str) -> Change:
    def change(document: WordFile) -> None:
        line = line_in(document, style)
        for run in line.runs[1:]:
            run.text = ""
        line.runs[0].text = text

    return change


def section(name: str, millimetres: float) -> Change:
    return lambda document: setattr(document.sections[0], name, Mm(millimetres))


def drops(path: str) -> Change:
    """Take out what a path finds in the body, the styles or the settings."""

    def change(document: WordFile) -> None:
        for root in (document.element, document.styles.element, document.settings.element):
            for found in root.xpath(path):
                found.getparent().remove(found)

    return change


def font(style: str, name: str) -> Change:
    def change(document: WordFile) -> None:
        fonts = document.styles[style].element.xpath("w:rPr/w:rFonts")[0]
        fonts.set(qn("w:eastAsia"), name)

    return change


def size(style: str, points: float) -> Change:
    return lambda document: setattr(document.styles[style].font, "size", Pt(points))


def black_mark(document: WordFile) -> None:
    document.styles[measures.MARK].font.color.rgb = RGBColor(0, 0, 0)


def latin_quotes(document: WordFile) -> None:
    for fonts in document.element.body.xpath(".//w:rFonts[@w:hint]"):
        del fonts.attrib[qn("w:hint")]


def looser_lines(document: WordFile) -> None:
    document.styles[measures.TEXT].paragraph_format.line_spacing = Pt(32)


def wider_letters(document: WordFile) -> None:
    spacing = document.styles[measures.TEXT].element.xpath("w:rPr/w:spacing")[0]
    spacing.set(qn("w:val"), "0")


def number_inside(document: WordFile) -> None:
    document.sections[0].footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT


def number_without_dashes(document: WordFile) -> None:
    for run in document.sections[0].footer.paragraphs[0].runs:
        run.text = ""


def number_gone(document: WordFile) -> None:
    footer = document.sections[0].even_page_footer.paragraphs[0]
    footer._p.remove(footer._p.xpath("w:fldSimple")[0])  # noqa: SLF001 - fields have no API


def number_in_heiti(document: WordFile) -> None:
    font(measures.PAGE_NUMBER_ODD, measures.HEITI)(document)


def thick_rules(document: WordFile) -> None:
    for side in document.element.body.xpath(".//w:tblPr[w:tblpPr]/w:tblBorders/*"):
        side.set(qn("w:sz"), "12")


def no_red_rule(document: WordFile) -> None:
    properties = document.styles[measures.NUMBER].element.find(qn("w:pPr"))
    properties.remove(properties.find(qn("w:pBdr")))


CHANGES: list[tuple[str, str, Change]] = [
    ("幅面", "letter paper", section("page_width", 215.9)),
    ("页边", "a wide upper margin", section("top_margin", 25.4)),
    ("页边", "a wide left margin", section("left_margin", 31.8)),
    ("行数", "no grid", drops(".//w:sectPr/w:docGrid")),
    ("行数", "looser lines", looser_lines),
    ("字数", "wider letters", wider_letters),
    ("页码", "no odd and even", drops(".//w:evenAndOddHeaders")),
    ("页码", "numbers inside", number_inside),
    ("页码", "numbers without dashes", number_without_dashes),
    ("页码", "even pages without a number", number_gone),
    ("页码", "numbers in another font", number_in_heiti),
    ("字体", "text in 宋体", font(measures.TEXT, "宋体")),
    ("字体", "title in 3号", size(measures.TITLE, 16)),
    ("字体", "table head in 仿宋", font(measures.CELL_HEAD, measures.FANGSONG)),
    ("标点", "quotes in the Latin font", latin_quotes),
    ("发文机关标志", "a black mark", black_mark),
    ("红色分隔线", "no red rule", no_red_rule),
    ("标题", "a title too long for its line", says(measures.TITLE, "关于" + "办" * 22)),
    ("标题", "a stump of a title", says(measures.TITLE, "关于限期办理逾期事项的督办\n通知")),
    ("发文字号", "square brackets", says(measures.NUMBER, "章无废督[2025]1号")),
    ("发文字号", "第 in the number", says(measures.NUMBER, "章无废督〔2025〕第1号")),
    ("发文字号", "a leading zero", says(measures.NUMBER, "章无废督〔2025〕01号")),
    ("发文字号", "no number", says(measures.NUMBER, "")),
    ("主送机关", "a half-width colon", says(measures.ADDRESSEE, "区工信局:")),
    ("成文日期", "leading zeros", says(measures.SEALED_DATE, "2025年01月02日")),
    ("成文日期", "a day there is none of", says(measures.SEALED_DATE, "2025年2月30日")),
    ("抄送", "no full stop", says(measures.COPIED, "抄送：区政府督查室")),
    ("版记", "in line", drops(".//w:tblPr/w:tblpPr")),
    ("版记分隔线", "thick rules", thick_rules),
    ("附件", "an annex renamed", says(measures.ANNEX_TITLE, "情况表")),
    ("附件说明", "a mark after the name", says(measures.ANNEXES, "附件：办理情况表。")),
    ("附件说明", "numbers from two", says(measures.ANNEXES, "附件：2.办理情况表")),
    ("附件", "no label", drops(f".//w:p[w:pPr/w:pStyle/@w:val='{measures.ANNEX_LABEL}']")),
]


@pytest.mark.parametrize(
    ("rule", "change"),
    [pytest.param(rule, change, id=f"{rule}: {name}") for rule, name, change in CHANGES],
)
def test_a_circular_that_departs_from_the_standard_is_seen(rule: str, change: Change) -> None:
    assert rule in changed(rounds.circular, change)


def no_first_page(document: WordFile) -> None:
    document.sections[0].different_first_page_header_footer = False


def numbered_first_page(document: WordFile) -> None:
    paragraph = document.sections[0].first_page_footer.paragraphs[0]
    field = document.sections[0].footer.paragraphs[0]._p.xpath("w:fldSimple")[0]  # noqa: SLF001
    paragraph._p.append(field)  # noqa: SLF001


def single_rules(document: WordFile) -> None:
    for rule in document.sections[0].first_page_header._element.xpath(".//w:pBdr/w:bottom"):  # noqa: SLF001
        rule.set(qn("w:val"), "single")


def ruled_imprint(document: WordFile) -> None:
    properties = document.element.body.xpath(".//w:tblPr[w:tblpPr]")[0]
    borders = properties.makeelement(qn("w:tblBorders"))
    borders.append(borders.makeelement(qn("w:top"), {qn("w:val"): "single", qn("w:sz"): "8"}))
    properties.append(borders)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        pytest.param("函首页", no_first_page, id="no first page of its own"),
        pytest.param("函首页", numbered_first_page, id="a number on page 1"),
        pytest.param("红色双线", single_rules, id="a single rule"),
        pytest.param("版记分隔线", ruled_imprint, id="rules in the imprint"),
        pytest.param(
            "发文字号", says(measures.LETTER_NUMBER, "章无废函（2025）3号"), id="round brackets"
        ),
    ],
)
def test_a_letter_that_departs_from_the_standard_is_seen(rule: str, change: Change) -> None:
    assert rule in changed(notices.company, change)


def test_a_file_of_unknown_styles_is_told_that_its_fonts_were_not_looked_at() -> None:
    document = Document()
    document.add_paragraph("随便写的一份文件")
    buffer = BytesIO()
    document.save(buffer)

    rules = {found.rule for found in deviations(buffer.getvalue())}

    assert {"幅面", "页边", "行数", "页码", "字体"} <= rules


def test_an_imprint_that_names_no_day_of_printing_is_seen() -> None:
    assert "版记" in changed(
        rounds.circular, drops(f".//w:p[w:pPr/w:pStyle/@w:val='{measures.IMPRINT}']//w:r")
    )
