"""A blank paper with its styles, and paragraphs written in them: where every template starts."""

from typing import Protocol

from docx import Document
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from templates.paper import measures
from templates.paper.measures import LOOKS, TEXT, Look

SIDES = {
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


class Holder(Protocol):
    """Whatever paragraphs can be added to: a document, a header, a cell."""

    def add_paragraph(self, text: str = "", style: str | None = None) -> Paragraph:
        """Add one at the end."""


def element(tag: str, **values: str | float) -> BaseOxmlElement:
    """Return a Word element such as `w:bottom`; each value becomes an attribute of its name."""
    made: BaseOxmlElement = OxmlElement(tag)
    for name, value in values.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def blank(subject: str) -> WordFile:
    """Return an A4 document with the margins, the grid and the styles of an office's papers."""
    document = Document()
    lay_out(document.sections[0])
    document.styles.element.xpath("w:docDefaults//w:lang")[0].set(qn("w:eastAsia"), "zh-CN")
    for name, look in LOOKS.items():
        _define(document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), look)
    facts = document.core_properties
    facts.author = facts.comments = facts.last_modified_by = ""
    facts.title = subject
    facts.language = "zh-CN"
    return document


def lay_out(section: Section) -> None:
    """Give a section the paper, the margins and the line grid."""
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(measures.WIDTH), Mm(measures.HEIGHT)
    section.top_margin, section.bottom_margin = Mm(measures.TOP), Mm(measures.BOTTOM)
    section.left_margin, section.right_margin = Mm(measures.LEFT), Mm(measures.RIGHT)
    section.footer_distance = Mm(measures.FOOTER_FROM_BOTTOM)
    properties = section._sectPr  # noqa: SLF001 - the grid has no API
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(element("w:docGrid", type="lines", linePitch=measures.LINE_PITCH))


def write(holder: Holder, text: str, style: str = TEXT) -> Paragraph:
    """Add a paragraph of one run in a style of this house."""
    paragraph = holder.add_paragraph(style=style)
    run(paragraph, text)
    return paragraph


def write_led(holder: Holder, lead: str, text: str) -> Paragraph:
    """Add a paragraph of text whose heading, in 楷体, begins its first line."""
    paragraph = holder.add_paragraph(style=TEXT)
    run(paragraph, lead, font=measures.KAITI)
    run(paragraph, text)
    return paragraph


def run(paragraph: Paragraph, text: str, *, font: str | None = None) -> None:
    """Add text to a paragraph: “ ” and … are Chinese signs, which Word has to be told."""
    made = paragraph.add_run(text)
    fonts = made._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - no API
    fonts.set(qn("w:hint"), "eastAsia")
    if font is not None:
        _name(fonts, font)


def _name(fonts: BaseOxmlElement, font: str) -> None:
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)


def _define(style: ParagraphStyle, look: Look) -> None:
    style.base_style = None
    style.quick_style = True
    _letters(style, look)
    shape = style.paragraph_format
    shape.alignment = SIDES[look.at]
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Pt(look.line)
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.keep_with_next = look.stays_with_next
    shape.page_break_before = look.starts_page
    shape.widow_control = False  # 22 lines are 22 lines
    em = look.points + measures.TIGHTEN / 20
    shape.left_indent, shape.right_indent = Pt(look.left * em), Pt(look.right * em)
    shape.first_line_indent = Pt(look.first * em)
    properties = style.element.get_or_add_pPr()
    for tag in ("w:autoSpaceDE", "w:autoSpaceDN"):  # no gap between digits and characters
        properties.insert_element_before(element(tag, val="0"), *AFTER_AUTO_SPACE)
    if not look.on_grid:
        properties.insert_element_before(element("w:snapToGrid", val="0"), *AFTER_SNAP)
    if look.rule_below:
        rule_below(properties, measures.RED_RULE, distance=measures.RULE_BELOW)


def _letters(style: ParagraphStyle, look: Look) -> None:
    style.font.size = Pt(look.points)
    style.font.bold = False
    if look.red:
        style.font.color.rgb = RGBColor.from_string(measures.RED)
    properties = style.element.get_or_add_rPr()
    _name(properties.get_or_add_rFonts(), look.font)
    properties.insert_element_before(
        element("w:spacing", val=measures.TIGHTEN), "w:w", "w:kern", "w:position", "w:sz"
    )


def place(paragraph: Paragraph, *, width: float, from_top: float) -> None:
    """Set a paragraph at a place of the paper, in the middle across; lengths in mm."""
    twips = 20 * measures.MILLIMETRE
    frame = element(
        "w:framePr",
        w=round(width * twips),
        wrap="around",
        vAnchor="page",
        hAnchor="page",
        xAlign="center",
        y=round(from_top * twips),
    )
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - frames have no API
    properties.insert_element_before(frame, "w:widowControl", "w:pBdr", *AFTER_BORDERS)


# What follows in a paragraph's properties: Word refuses another order.
AFTER_BORDERS = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap",
                 "w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN",
                 "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
                 "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc")  # fmt: skip
AFTER_AUTO_SPACE = AFTER_BORDERS[AFTER_BORDERS.index("w:bidi") :]
AFTER_SNAP = AFTER_BORDERS[AFTER_BORDERS.index("w:spacing") :]


def rule_below(
    properties: BaseOxmlElement,
    eighths: int,
    *,
    distance: float = 0,
    kind: str = "single",
) -> None:
    """Draw a red rule below a paragraph: thickness in eighths of a point, distance in mm."""
    borders = element("w:pBdr")
    space = round(distance * measures.MILLIMETRE)
    borders.append(element("w:bottom", val=kind, sz=eighths, space=space, color=measures.RED))
    properties.insert_element_before(borders, *AFTER_BORDERS)
