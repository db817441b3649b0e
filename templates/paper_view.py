"""A Word paper read back as blocks for a page: its words, in the order and shapes of the paper.

What a person sees before he signs is what the file says, whoever made its template.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

# How each style of our papers looks on a page; any other is shown by its alignment alone.
SHAPES: Mapping[str, str] = MappingProxyType(
    {
        "发文机关标志": "mark",
        "发文字号": "number",
        "函发文机关标志": "mark",  # stands in the head of a letter's first page
        "函发文字号": "aside",
        "公文标题": "title",
        "主送机关": "flush",
        "公文正文": "body",
        "公文一级标题": "heading",
        "表注": "small",
        "附件说明": "body",
        "附件说明续行": "body",
        "署名（盖章）": "signature",
        "成文日期（盖章）": "signature",
        "署名": "signature",
        "成文日期": "signature",
        "附注": "body",
    }
)
ALIGNED = MappingProxyType({1: "centre", 2: "signature"})  # as python-docx numbers them


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A paragraph (`lines`) or a table (`rows`, of cells) of a paper."""

    shape: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(document: bytes) -> list[Block]:
    """Return a Word file's paragraphs and tables from top to bottom; empty ones are left out."""
    from docx import Document  # noqa: PLC0415 - half a second that only papers need
    from docx.table import Table  # noqa: PLC0415 - as above

    found: list[Block] = []
    document_read = Document(BytesIO(document))
    for head in document_read.sections[0].first_page_header.paragraphs:
        found += _paragraph(head)
    for part in document_read.iter_inner_content():
        found += _table(part) if isinstance(part, Table) else _paragraph(part)
    return found


def _paragraph(paragraph: "Paragraph") -> Iterator[Block]:
    if not paragraph.text.strip():
        return
    style = paragraph.style.name if paragraph.style is not None else None
    aligned = ALIGNED.get(paragraph.alignment or 0, "body")
    shape = SHAPES.get(style or "", aligned)
    yield Block(shape=shape, lines=tuple(paragraph.text.split("\n")))


def _table(table: "Table") -> Iterator[Block]:
    """Give a table; one of a single column is the paper's foot (版记)."""
    rows = tuple(tuple(cell.text.strip() for cell in row.cells) for row in table.rows)
    if any(any(row) for row in rows):
        yield Block(shape="table" if len(table.columns) > 1 else "foot", rows=rows)
