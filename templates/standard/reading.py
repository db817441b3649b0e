"""A produced Word file as the checks see it: paragraphs by style, wherever they stand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from docx import Document
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Length
from docx.styles.style import BaseStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from templates.paper.measures import ADDRESSEE, LETTER_MARK, MARK
from templates.paper.styles import style_names, style_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Deviation:
    """Where a paper is not as GB/T 9704 has it: the rule's name and what was found instead."""

    rule: str
    found: str


class Paper:
    """A Word file, read once."""

    def __init__(self, content: bytes) -> None:
        self.document: WordFile = Document(BytesIO(content))

    @cached_property
    def sections(self) -> list[Section]:
        """Its sections."""
        return list(self.document.sections)

    @cached_property
    def body(self) -> list[Paragraph]:
        """All paragraphs of its text, those in tables too, in their order."""
        body = self.document.element.body
        return [Paragraph(found, self.document._body) for found in body.iter(qn("w:p"))]  # noqa: SLF001

    @cached_property
    def margins(self) -> list[Paragraph]:
        """The paragraphs of its heads and feet, each once."""
        return [line for section in self.sections for part in parts_of(section) for line in part]

    @property
    def everything(self) -> Iterator[Paragraph]:
        """All paragraphs there are."""
        yield from self.body
        yield from self.margins

    @cached_property
    def _by_style(self) -> dict[str, list[Paragraph]]:
        found: dict[str, list[Paragraph]] = {}
        for line in self.everything:
            found.setdefault(self.style_of(line), []).append(line)
        return found

    def style_of(self, line: Paragraph) -> str:
        """Return the name of a paragraph's style."""
        return style_of(line, self._names)

    def styled(self, *names: str) -> list[Paragraph]:
        """Return the paragraphs of its text and margins that are set in one of these styles."""
        return [line for name in names for line in self._by_style.get(name, ())]

    def letters_of(self, run: Run, line: Paragraph) -> tuple[str, float]:
        """Return font and size (pt) of a run's Chinese signs, its own or its style's."""
        own = run._element.rPr  # noqa: SLF001 - no API for scripts
        font, size = self._letters.get(self.style_of(line), ("", 0.0))
        return _font(own) or font, _size(own) or size

    @cached_property
    def _names(self) -> dict[str, str]:
        return style_names(self.document)

    @cached_property
    def _letters(self) -> dict[str, tuple[str, float]]:
        """Font and size of every style, its own or those of the one it is based on."""
        return {str(style.name): _letters_of(style) for style in self.document.styles}

    @cached_property
    def is_letter(self) -> bool:
        """Whether it is a 函: its mark stands in the head of the first page."""
        return bool(self.styled(LETTER_MARK))

    @cached_property
    def is_official(self) -> bool:
        """Whether it goes out under a mark; a form or a list does not."""
        return bool(self.styled(MARK, LETTER_MARK, ADDRESSEE))


def parts_of(section: Section) -> Iterator[list[Paragraph]]:
    """Give the heads and feet that a section has of its own."""
    for part in (
        section.header,
        section.even_page_header,
        section.first_page_header,
        section.footer,
        section.even_page_footer,
        section.first_page_footer,
    ):
        if not part.is_linked_to_previous:
            yield list(part.paragraphs)


def _letters_of(style: BaseStyle | None) -> tuple[str, float]:
    font, size = "", 0.0
    while style is not None and not (font and size):
        properties = style.element.find(qn("w:rPr"))
        font, size = font or _font(properties), size or _size(properties)
        style = getattr(style, "base_style", None)
    return font, size


def text_of(lines: Iterable[Paragraph]) -> list[str]:
    """Return the texts of paragraphs, line breaks taken out."""
    return [line.text.replace("\n", "") for line in lines]


def _font(properties: BaseOxmlElement | None) -> str:
    """Return the font that run properties give to Chinese signs; empty when they give none."""
    fonts = None if properties is None else properties.find(qn("w:rFonts"))
    return "" if fonts is None else str(fonts.get(qn("w:eastAsia"), ""))


def _size(properties: BaseOxmlElement | None) -> float:
    """Return the size that run properties give, in points; 0 when they give none."""
    size = None if properties is None else properties.find(qn("w:sz"))
    return 0 if size is None else int(size.get(qn("w:val"), "0")) / 2


def is_chinese(run: Run) -> bool:
    """Tell whether a run says that its signs are Chinese: “ ” depend on it."""
    properties = run._element.rPr  # noqa: SLF001 - no API for hints
    fonts = None if properties is None else properties.find(qn("w:rFonts"))
    return fonts is not None and fonts.get(qn("w:hint")) == "eastAsia"


def millimetres(length: Length | None) -> float:
    """Return a length in mm, 0 when there is none."""
    return 0 if length is None else round(length.mm, 1)
