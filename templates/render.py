"""Words to text and to Word files: the only place that knows Jinja2 and docxtpl."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from functools import cache
from inspect import getmembers
from io import BytesIO
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from supervision.errors import NotConfiguredError
from templates.words import (
    CloseOutWords,
    DigestWords,
    FindingsWords,
    NoticeWords,
    PaperWords,
)

HERE = Path(__file__).parent
PAPERS = HERE / "notices"


def chinese_day(day: date) -> str:
    """Return a date as official papers write it: 2025年4月8日, no leading zeros (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


@cache
def texts() -> ImmutableSandboxedEnvironment:
    """Return the environment of plain texts: a word that is missing is an error, never a blank."""
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(HERE),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters["chinese_day"] = chinese_day
    return environment


def words_of(words: object) -> dict[str, Any]:
    """Return what a template may mention: the fields and properties of its words class."""
    return {name: getattr(words, name) for name in names_of(type(words))}


def names_of(words: type) -> set[str]:
    """Return the names a class of words offers: its fields and what it derives from them."""
    derived = {name for name, _ in getmembers(words, lambda value: isinstance(value, property))}
    return {field.name for field in fields(words)} | derived


def digest(words: DigestWords) -> tuple[str, str]:
    """Return the subject (one line) and the body (Markdown that also reads as plain text)."""
    stated = words_of(words)
    with _explained("mail/digest"):
        subject = texts().get_template("mail/digest/subject.txt").render(stated).strip()
        body = texts().get_template("mail/digest/body.md").render(stated)
    return subject, _without_gaps(body)


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Turn a fault of a template, such as a word it may not use, into a refusal for people."""
    try:
        yield
    except (TemplateError, OSError) as error:
        raise NotConfiguredError(
            f"模板 {name} 有误：{error}", advice="请改正模板，或恢复随附的模板。"
        ) from error


def _without_gaps(body: str) -> str:
    """Let at most one blank line stand between paragraphs: branches of a template leave more."""
    kept: list[str] = []
    for line in (line.rstrip() for line in body.splitlines()):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip() + "\n"


def paper(words: PaperWords, *, folder: Path | None = None) -> bytes:
    """Return the Word file of a paper; `folder` holds the office's own templates, if any.

    `<folder>/<kind>/document.docx` goes before the shipped one.
    NotConfiguredError names a template that is missing or uses a word it may not.
    """
    kind = words.paper.value
    own = None if folder is None else folder / kind / "document.docx"
    file = own if own is not None and own.is_file() else PAPERS / kind / "document.docx"
    return _filled_in(file, words)


def notice(words: NoticeWords) -> bytes:
    """Return the Word file of a draft, in the words of before papers had numbers."""
    return _filled_in(PAPERS / "supervision" / "document.docx", words)


def findings(words: FindingsWords) -> bytes:
    """Return the Word file of a 清单核对报告."""
    return paper(words)


def close_out(words: CloseOutWords) -> bytes:
    """Return the Word file of a close-out sheet (销号单)."""
    return paper(words)


def _filled_in(file: Path, words: object) -> bytes:
    """Return a filled-in Word file; an unknown word and text that is not escaped are errors.

    docxtpl's defaults lose text after `&` and print nothing for an unknown name (measured).
    """
    from docxtpl import DocxTemplate  # noqa: PLC0415 - half a second that only papers need

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    environment.filters["chinese_day"] = chinese_day
    if not file.is_file():
        raise NotConfiguredError(f"没有模板 {file}", advice="请恢复随附的模板。")
    template = DocxTemplate(file)
    with _explained(str(file)):
        template.render(words_of(words), jinja_env=environment, autoescape=True)
    buffer = BytesIO()
    template.save(buffer)
    return buffer.getvalue()
