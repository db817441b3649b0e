"""Words to text and to Word files: every paper, and every digest, is made here."""

from io import BytesIO
from pathlib import Path

from supervision.errors import NotConfiguredError
from supervision.vocabulary import PaperKind
from templates.door import refusals
from templates.environments import PaperEnvironment, chinese_day, explained, texts, words_of
from templates.packing import packed
from templates.words import (
    DigestWords,
    PaperWords,
)

__all__ = ["PAPERS", "chinese_day", "digest", "paper", "template_of"]
PAPERS = Path(__file__).parent / "notices"


def digest(words: DigestWords) -> tuple[str, str]:
    """Return the subject (one line) and the body (Markdown that also reads as plain text)."""
    stated = words_of(words)
    with explained("mail/digest"):
        subject = texts().get_template("mail/digest/subject.txt").render(stated).strip()
        body = texts().get_template("mail/digest/body.md").render(stated)
    return subject, _without_gaps(body)


def _without_gaps(body: str) -> str:
    """Let at most one blank line stand between paragraphs: branches of a template leave more."""
    kept: list[str] = []
    for line in (line.rstrip() for line in body.splitlines()):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip() + "\n"


def template_of(kind: PaperKind, *, folder: Path | None = None) -> Path:
    """Return the file a paper is made from: the office's own in `folder`, else the shipped one."""
    own = None if folder is None else folder / kind.value / "document.docx"
    return own if own is not None and own.is_file() else PAPERS / kind.value / "document.docx"


def paper(words: PaperWords, *, folder: Path | None = None) -> bytes:
    """Return the Word file of a paper, the same bytes for the same words.

    `folder` holds the office's own templates, `<kind>/document.docx`, if any.
    NotConfiguredError names a template that is missing, says what it may not, or lacks a word.
    """
    file = template_of(words.paper, folder=folder)
    if not file.is_file():
        raise NotConfiguredError(f"没有模板 {file}", advice="请恢复随附的模板。")
    content = file.read_bytes()
    for reason in refusals(content):
        raise NotConfiguredError(
            f"模板 {file} 不能使用：{reason}", advice="请用 duban template lint 检查后改正。"
        )
    return filled_in(content, words, name=str(file))


def filled_in(template: bytes, words: PaperWords, *, name: str, most: int | None = None) -> bytes:
    """Return a Word template filled in; an unknown, a missing word and unescaped text are errors.

    docxtpl's defaults lose text after `&` and print nothing for an unknown name (measured).
    """
    from docx import Document  # noqa: PLC0415 - as below
    from docxtpl import DocxTemplate  # noqa: PLC0415 - half a second that only papers need

    from templates.fitting import fit  # noqa: PLC0415 - it reads Word files

    environment = PaperEnvironment() if most is None else PaperEnvironment(most=most)
    with explained(name):
        made = DocxTemplate(BytesIO(template))
        used = made.get_undeclared_template_variables(environment)
        _require_words(type(words), used, name=name)
        made.render(words_of(words), jinja_env=environment, autoescape=True)
    buffer = BytesIO()
    made.save(buffer)
    document = Document(buffer)  # read anew: docxtpl leaves heads and feet in pieces
    fit(document)
    finished = BytesIO()
    document.save(finished)
    return packed(finished.getvalue())


def _require_words(words: type[PaperWords], used: set[str], *, name: str) -> None:
    """Refuse a template that would print a paper without, for example, its own number."""
    if lacking := sorted(words.required - used):
        raise NotConfiguredError(
            f"模板 {name} 缺少必须有的词“{'、'.join(lacking)}”",
            advice="请用 duban template lint 检查后改正，或恢复随附的模板。",
        )
