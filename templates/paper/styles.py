"""Styles by name: Word keeps them by identifiers that it changes, and python-docx searches them."""

from docx.document import Document as WordFile
from docx.text.paragraph import Paragraph


def style_names(document: WordFile) -> dict[str, str]:
    """Return the name of every style under its identifier."""
    return {style.style_id: str(style.name) for style in document.styles}


def style_of(paragraph: Paragraph, names: dict[str, str]) -> str:
    """Return the name of a paragraph's style; empty for the default one."""
    return names.get(paragraph._p.style or "", "")  # noqa: SLF001 - `style` would search them all
