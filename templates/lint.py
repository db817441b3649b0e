"""Which words a template uses and which it may: what an office's own template is held to."""

from dataclasses import fields
from pathlib import Path

from docxtpl import DocxTemplate
from jinja2 import Environment, meta

from templates.words import CloseOutWords, DigestWords, FindingsWords, NoticeWords

HERE = Path(__file__).parent
# Every template with the one class of words that reaches it.
TEMPLATES: dict[str, type] = {
    "mail/digest/subject.txt": DigestWords,
    "mail/digest/body.md": DigestWords,
    "notices/close_out/document.docx": CloseOutWords,
    "notices/findings/document.docx": FindingsWords,
    "notices/supervision/document.docx": NoticeWords,
}


def words_used(file: Path) -> set[str]:
    """Return the words a template mentions, in a Word file or a text."""
    environment = Environment(autoescape=True)
    environment.filters["chinese_day"] = str
    if file.suffix == ".docx":
        template = DocxTemplate(file)
        return set(template.get_undeclared_template_variables(jinja_env=environment))
    return set(meta.find_undeclared_variables(environment.parse(file.read_text("utf-8"))))


def words_stated(words: type) -> set[str]:
    """Return the words a class offers: its fields and what it derives from them."""
    derived = {name for name, value in vars(words).items() if isinstance(value, property)}
    return {field.name for field in fields(words)} | derived
