"""Which words a template uses and which it may: what every template, an office's own too, keeps."""

from pathlib import Path

from jinja2 import meta

from supervision.vocabulary import PaperKind
from templates.environments import HERE, PaperEnvironment, names_of, texts
from templates.words import (
    CircularWords,
    CloseOutWords,
    DigestWords,
    DispatchWords,
    DutiesWords,
    ExtensionWords,
    FindingsWords,
    InterviewWords,
    LetterWords,
    PaperWords,
    ReceiptWords,
    ReminderWords,
    SummaryWords,
    SupervisionWords,
)

__all__ = ["HERE", "TEMPLATES", "WORDS", "words_stated", "words_used"]
WORDS: dict[PaperKind, type[PaperWords]] = {
    words.paper: words
    for words in (
        ReminderWords,
        SupervisionWords,
        LetterWords,
        InterviewWords,
        DispatchWords,
        CircularWords,
        SummaryWords,
        DutiesWords,
        ReceiptWords,
        ExtensionWords,
        CloseOutWords,
        FindingsWords,
    )
}
# Every template with the one class of words that reaches it.
TEMPLATES: dict[str, type] = {
    "mail/digest/subject.txt": DigestWords,
    "mail/digest/body.md": DigestWords,
    **{f"notices/{kind.value}/document.docx": words for kind, words in WORDS.items()},
}


def words_used(file: Path) -> set[str]:
    """Return the words a template mentions, in a Word file or a text."""
    if file.suffix == ".docx":
        from docxtpl import DocxTemplate  # noqa: PLC0415 - half a second that only papers need

        return set(DocxTemplate(file).get_undeclared_template_variables(PaperEnvironment()))
    return set(meta.find_undeclared_variables(texts().parse(file.read_text("utf-8"))))


def words_stated(words: type) -> frozenset[str]:
    """Return the words a class offers: its fields and what it derives from them."""
    return names_of(words)
