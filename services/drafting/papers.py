"""A paper that is drawn up, as a file: its words in the office's own template or the shipped."""

from dataclasses import dataclass

from services.drafting.desk import Desk
from services.office import Office
from templates import render
from templates.words import PaperWords


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """A paper as it was drawn up: its name without an ending, and the Word file."""

    stem: str
    content: bytes


def drawn(office: Office, desk: Desk, words: PaperWords, *, about: str) -> Drawn:
    """Return the paper; the same words give the same bytes."""
    stem = " ".join(part for part in (desk.number, words.paper.label, about) if part)
    folder = office.settings.templates
    return Drawn(stem=stem.replace("/", "／"), content=render.paper(words, folder=folder))
