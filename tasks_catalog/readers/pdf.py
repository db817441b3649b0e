"""PDF with a text layer to blocks: tables by their ruled lines, the rest as paragraphs.

A place is the running number of the printed line, counted over all pages.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from supervision.errors import UnreadableDocumentError
from tasks_catalog.blocks import Aside, Document, Paragraph, Table
from tasks_catalog.outline import numbering
from tasks_catalog.readers.drawing import Page
from tasks_catalog.readers.page import Line, flow
from tasks_catalog.readers.pdf_page import drawn
from tasks_catalog.remarks import is_remark
from tasks_catalog.sections import annex_label

MOST_PAGES = 600
FULL, NEARLY_FULL = 3.1, 6.0  # letters: a line that ends this near to the margin may go on
DEEPEST_INDENT = 3.5  # letters; what stands further in is centred
INDENTED_ONE_IN = 12  # lines


def read(path: Path) -> Document:
    """Return the document; raises `UnreadableDocumentError` for scans, passwords and damage."""
    try:
        file = PdfReader(path)
        if file.is_encrypted and not file.decrypt(""):
            raise UnreadableDocumentError(
                f"“{path.name}”设有打开密码。", advice="请去掉密码后另存一份再试。"
            )
        if len(file.pages) > MOST_PAGES:
            raise UnreadableDocumentError(
                f"“{path.name}”有 {len(file.pages)} 页，不像是一份方案。",
                advice="请只保留方案和清单部分后重试。",
            )
        pages = [drawn(page) for page in file.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise UnreadableDocumentError(
            f"“{path.name}”已损坏，或不是 PDF 文件。",
            advice="请确认能用阅读器正常打开，或改用 Word 版原文。",
        ) from error
    if not any(page.texts for page in pages):
        raise UnreadableDocumentError(
            f"“{path.name}”里没有可以选中的文字，应当是扫描件。",
            advice="请向发文单位索取电子文档，或先做文字识别（OCR）并校对后再读。",
        )
    return _document(pages)


def _document(pages: Sequence[Page]) -> Document:
    found: list[Line | Table] = []
    asides: list[Aside] = []
    number = 1
    for at, page in enumerate(pages, start=1):
        if not page.texts:
            asides.append(Aside(number, f"第{at}页没有可以选中的文字", "图片"))
        blocks, number = flow(page, number)
        found.extend(blocks)
    return Document(tuple(_paragraphs(found)), tuple(asides))


def _paragraphs(found: Sequence[Line | Table]) -> Iterator[Paragraph | Table]:
    """Join printed lines to paragraphs, over page ends too."""
    indents = _indents([block for block in found if isinstance(block, Line)])
    last: Line | None = None
    begun: Paragraph | None = None
    for block in found:
        if isinstance(block, Line) and begun and last and _goes_on(last, block, indents=indents):
            begun = Paragraph(begun.line, begun.text + block.words)
        else:
            if begun:
                yield begun
            begun = Paragraph(block.number, block.words) if isinstance(block, Line) else None
            if isinstance(block, Table):
                yield block
        last = block if isinstance(block, Line) else None
    if begun:
        yield begun


def _goes_on(above: Line, line: Line, *, indents: bool) -> bool:
    """Tell whether a line continues the one above.

    In a document that indents its paragraphs the indent decides, in one that does not, whether
    the line above is full.
    """
    full = above.end > above.right - (NEARLY_FULL if indents else FULL) * above.size
    begins = line.x > line.left + line.size or numbering(line.words)
    return full and not begins and not annex_label(line.words) and not is_remark(line.words)


def _indents(lines: Sequence[Line]) -> bool:
    """Tell whether paragraphs begin with an indent of about two letters."""
    indented = sum(1 < (line.x - line.left) / line.size < DEEPEST_INDENT for line in lines)
    return indented > len(lines) / INDENTED_ONE_IN
