"""Pure: numbered paragraphs (一、（一）1.（1）①, 第一条) to a tree."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from unicodedata import normalize

from tasks_catalog.blocks import UNSEEN, Paragraph

NUMERALS = "一二三四五六七八九十百零〇"
BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
# ⑴ ㈠ ⒈: one character for a whole number; written out it is like any other.
COMPACT = re.compile("^[⑴-⒛㈠-㈩]")
# Style of numbering -> its pattern; a level of the tree is known by its style, not by indents.
STYLES: dict[str, re.Pattern[str]] = {
    "part": re.compile(rf"(第[{NUMERALS}\d]+(?:部分|章|节|条))[\s、：:]*"),
    "一、": re.compile(rf"([{NUMERALS}]+)\s*[、.．]\s*"),
    "（一）": re.compile(rf"([（(][{NUMERALS}]+[）)])[、.．\s]*"),
    "（1）": re.compile(r"([（(]\d{1,3}[）)])[、.．\s]*"),
    "1)": re.compile(r"(\d{1,3}[）)])[、.．\s]*"),
    "1.1": re.compile(
        r"([1-9]\d?(?:\.[1-9]\d?)+)(?![\d.%％]|[个项家万亿吨亩元毫米公千克度倍分])[.、．\s]*"
    ),
    "1.": re.compile(r"(\d{1,3})\s*(?:[、．]|\.(?!\d))\s*"),
    "①": re.compile(r"([①-⑳])\s*"),
    "一是": re.compile(rf"([{NUMERALS}]是)(?=.)"),
}
SENTENCE_END = re.compile(r"[。；！？]")


@dataclass(eq=False, slots=True)
class Node:
    """A numbered paragraph with what stands under it, numbered or not."""

    style: str
    marker: str  # as printed: 一, （一）, 1, （1）
    words: str  # the paragraph after its number, without bookmark marks
    paragraph: Paragraph
    parent: "Node | None"
    children: "list[Node]" = field(default_factory=list)
    plain: list[Paragraph] = field(default_factory=list)  # unnumbered paragraphs that follow it

    @property
    def path(self) -> str:
        """Return the numbers from the top, such as 二（一）1（1）."""
        return (self.parent.path if self.parent else "") + self.marker

    @property
    def heading(self) -> str:
        """Return the first sentence, without its closing mark."""
        return first_sentence(self.words)

    @property
    def ancestors(self) -> "list[Node]":
        """Return the nodes above, the topmost first."""
        return [*self.parent.ancestors, self.parent] if self.parent else []

    def walk(self) -> "Iterator[Node]":
        """Yield this node and all under it, in print order."""
        yield self
        for child in self.children:
            yield from child.walk()


def clean(text: str) -> str:
    """Return a paragraph without the marks of text extraction that nobody sees, trimmed."""
    return UNSEEN.sub("", BOOKMARK.sub("", text)).strip()


def first_sentence(text: str) -> str:
    """Return the text up to its first sentence mark, without it."""
    return SENTENCE_END.split(text, maxsplit=1)[0].strip()


def numbering(text: str) -> tuple[str, str, str] | None:
    """Return style, number as printed and the rest of a numbered paragraph, else None."""
    text = COMPACT.sub(lambda match: normalize("NFKC", match[0]), text)
    for style, pattern in STYLES.items():
        if match := pattern.match(text):
            if rest := text[match.end() :].strip():
                return style, _full_width(match[1]), rest
    return None


def _full_width(marker: str) -> str:
    return marker.replace("(", "（").replace(")", "）")


def outline(paragraphs: Iterable[Paragraph]) -> tuple[list[Node], list[Paragraph]]:
    """Return the top nodes and the paragraphs that stand before the first of them.

    A style seen higher up closes all levels below it, so 1. under 一、 needs no （一）between.
    """
    roots: list[Node] = []
    before: list[Paragraph] = []
    open_nodes: list[Node] = []
    for paragraph in paragraphs:
        numbered = numbering(clean(paragraph.text))
        if numbered is None:
            (open_nodes[-1].plain if open_nodes else before).append(paragraph)
            continue
        style, marker, words = numbered
        while style in [node.style for node in open_nodes]:
            open_nodes.pop()
        parent = open_nodes[-1] if open_nodes else None
        node = Node(style, marker, words, paragraph, parent)
        (parent.children if parent else roots).append(node)
        open_nodes.append(node)
    return roots, before
