"""Every default template there is, by the kind of paper it makes."""

from collections.abc import Callable
from io import BytesIO

from docx.document import Document as WordFile

from supervision.vocabulary import PaperKind
from templates.defaults import (
    circular,
    close_out,
    dispatch,
    duties,
    extension,
    findings,
    interview,
    letter,
    receipt,
    reminder,
    summary,
    supervision,
)
from templates.packing import packed

BUILDERS: dict[PaperKind, Callable[[], WordFile]] = {
    PaperKind.REMINDER: reminder.build,
    PaperKind.SUPERVISION: supervision.build,
    PaperKind.LETTER: letter.build,
    PaperKind.INTERVIEW: interview.build,
    PaperKind.DISPATCH: dispatch.build,
    PaperKind.CIRCULAR: circular.build,
    PaperKind.SUMMARY: summary.build,
    PaperKind.DUTIES: duties.build,
    PaperKind.RECEIPT: receipt.build,
    PaperKind.EXTENSION: extension.build,
    PaperKind.CLOSE_OUT: close_out.build,
    PaperKind.FINDINGS: findings.build,
}


def content_of(kind: PaperKind) -> bytes:
    """Return a default template as the Word file that is shipped."""
    buffer = BytesIO()
    BUILDERS[kind]().save(buffer)
    return packed(buffer.getvalue())
