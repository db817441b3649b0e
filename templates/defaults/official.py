"""What the default templates of official papers have in common: head, foot and page numbers."""

from collections.abc import Callable

from docx.document import Document as WordFile

from supervision.vocabulary import PaperKind
from templates.paper.foot import annexes, imprint, page_numbers, signature
from templates.paper.head import letter_head, red_head
from templates.paper.watermark import draft_marks
from templates.paper.writing import blank, write

Part = Callable[[WordFile], None]


def official(
    kind: PaperKind,
    body: Part,
    *,
    annex: Part | None = None,
    is_letter: bool = False,
    sealed: bool = True,
) -> WordFile:
    """Return a paper in the dress of GB/T 9704: head, body, signature, annexes, 版记."""
    document = blank(kind.label)
    page_numbers(document)
    (letter_head if is_letter else red_head)(document)
    body(document)
    annexes(document)
    signature(document, sealed=sealed)
    if annex is not None:
        write(document, "{%p if attachments %}")
        annex(document)
        write(document, "{%p endif %}")
    imprint(document, is_letter=is_letter)
    draft_marks(document)
    return document
