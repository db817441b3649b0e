"""Word documents (.docx) to blocks: tables with their real merges, and what stands beside the flow.

The parts are read directly: the usual library shows neither content controls nor tracked changes
nor text boxes, and loads every part of a hostile file. A place is the running number of the
paragraph, those in tables counted.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from tasks_catalog.blocks import Aside, Cell, Document, Paragraph, Row, Table
from tasks_catalog.readers.package import (
    Package,
    attribute,
    child,
    local,
    open_package,
    whole_number,
)
from tasks_catalog.readers.word_numbering import Numbering, numbering_of
from tasks_catalog.readers.word_text import ParagraphText, all_text, read_text

MAIN = "word/document.xml"
WIDEST = 64  # columns; Word itself allows 63
WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body"}
UNPLACED = "不在段落里的文字"
REMOVED = {"del": "已删除的修订", "moveFrom": "已移走的修订"}
BESIDE = (
    (re.compile(r"word/footnotes\d*\.xml"), "脚注"),
    (re.compile(r"word/endnotes\d*\.xml"), "尾注"),
    (re.compile(r"word/comments\d*\.xml"), "批注"),
    (re.compile(r"word/header\d*\.xml"), "页眉"),
    (re.compile(r"word/footer\d*\.xml"), "页脚"),
    (re.compile(r"word/diagrams/data\d*\.xml"), "图示"),
    (re.compile(r"word/charts/chart\d*\.xml"), "图表"),
)
PAGE_NUMBER = re.compile(r"[\s\d—\-–－第页共/PAGENUMOF]*")


def read(path: Path) -> Document:
    """Return the document; raises `UnreadableDocumentError` for a broken or unsafe file."""
    with open_package(path) as package:
        parts = dict(package.roots("word/numbering.xml", "word/styles.xml"))
        numbering = numbering_of(parts.get("word/numbering.xml"), parts.get("word/styles.xml"))
        walk = _Walk(numbering)
        main = child(package.xml(_main_part(package)), "body")
        blocks = tuple(walk.blocks(main)) if main is not None else ()
        return Document(blocks, (*walk.asides, *_beside(package)), tuple(walk.doubts))


def _main_part(package: Package) -> str:
    """Return the part with the text: the package says which, and it is nearly always the same."""
    for _, relations in package.roots("_rels/.rels"):
        for relation in relations:
            if (attribute(relation, "Type") or "").endswith("/officeDocument"):
                return (attribute(relation, "Target") or MAIN).lstrip("/")
    return MAIN


def _beside(package: Package) -> Iterator[Aside]:
    for name in package.names:
        kind = next((kind for pattern, kind in BESIDE if pattern.fullmatch(name)), None)
        if kind is None:
            continue
        for text in _paragraphs_beside(package.xml(name)):
            if not PAGE_NUMBER.fullmatch(text):
                yield Aside(0, text, kind)


def _paragraphs_beside(root: ET.Element) -> Iterator[str]:
    paragraphs = [element for element in root.iter() if local(element) == "p"]
    return (text for each in paragraphs or [root] if (text := all_text(each).strip()))


@dataclass(slots=True)
class _Walk:
    """One pass over the body, counting paragraphs."""

    numbering: Numbering
    line: int = 0
    asides: list[Aside] = field(default_factory=list)
    doubts: list[Aside] = field(default_factory=list)

    def blocks(self, container: Iterable[ET.Element]) -> Iterator[Paragraph | Table]:
        """Yield what stands in a container, whatever it is wrapped in."""
        for element in container:
            yield from self.block(element)

    def block(self, element: ET.Element) -> Iterator[Paragraph | Table]:
        """Yield the paragraphs and tables that one element of the flow is or holds."""
        name = local(element)
        if name == "p":
            text = self.paragraph(element)
            yield from (Paragraph(self.line, each) for each in text.split("\n") if each.strip())
        elif name == "tbl":
            yield from self.table(element)
        elif name in WRAPPERS:
            yield from self.blocks(element)
        elif name == "AlternateContent":
            yield from self.blocks(next(iter(element), ()))  # the other forms repeat it
        else:
            self.aside(all_text(element), REMOVED.get(name, UNPLACED))

    def paragraph(self, element: ET.Element) -> str:
        """Return a paragraph's text with its automatic number; what floats becomes an aside."""
        self.line += 1
        found: ParagraphText = read_text(element)
        for text, kind in found.asides:
            self.aside(text, kind)
        inserted = (text for text in found.inserted if text.strip())
        self.doubts.extend(Aside(self.line, text, "未接受的插入修订") for text in inserted)
        words = found.text.strip("\n")
        number = self.numbering.prefix(child(element, "pPr")) if words.strip() else ""
        return number + words if words.strip() else ""

    def aside(self, text: str, kind: str) -> None:
        """Keep text that has no place in the flow."""
        if text.strip():
            self.asides.append(Aside(self.line, text.strip(), kind))

    def table(self, element: ET.Element) -> Iterator[Paragraph | Table]:
        """Yield the table; a frame of one cell is opened and its content taken as text."""
        found = [(row, list(self.inside(row, "tc"))) for row in self.inside(element, "tr")]
        cells = [cell for _, inside in found for cell in inside]
        if len(cells) == 1:
            yield from self.blocks(cells[0])
            return
        rows = tuple(row for each, inside in found if (row := self.row(each, inside)))
        if rows:
            yield Table(rows=rows)

    def row(self, element: ET.Element, inside: list[ET.Element]) -> Row | None:
        """Return a row with its cells in their grid columns, None for one that was deleted."""
        properties = child(element, "trPr")
        if child(properties, "del") is not None:
            self.aside(all_text(element), REMOVED["del"])
            return None
        before = attribute(child(properties, "gridBefore"), "val")
        column = whole_number(before, default=0, most=WIDEST)
        cells: list[Cell] = []
        for each in inside:
            cell = self.cell(each, column)
            column += cell.width
            if cells and attribute(child(each, "tcPr", "hMerge"), "val") in {"continue", ""}:
                cell = _widened(cells.pop(), cell)
            cells.append(cell)
        return Row(tuple(cells)) if cells else None

    def cell(self, element: ET.Element, column: int) -> Cell:
        """Return a cell; text under a vertical merge is invisible in print, so it is an aside."""
        properties, first = child(element, "tcPr"), self.line + 1
        merge = child(properties, "vMerge")
        hidden = merge is not None and attribute(merge, "val") != "restart"
        words = "\n".join(self._lines(element))
        if hidden:
            self.aside(words, "被合并单元格遮住的文字")
        span = attribute(child(properties, "gridSpan"), "val")
        return Cell(
            text="" if hidden else words,
            line=first,
            column=column,
            width=max(1, whole_number(span, default=1, most=WIDEST)),
            merged_above=hidden,
        )

    def inside(self, container: ET.Element, name: str) -> Iterator[ET.Element]:
        """Yield the rows of a table or the cells of a row, whatever they are wrapped in."""
        for element in container:
            if local(element) == name:
                yield element
            elif local(element) in WRAPPERS:
                yield from self.inside(element, name)
            else:
                self.aside(all_text(element), UNPLACED)

    def _lines(self, element: ET.Element) -> Iterator[str]:
        for block in self.blocks(element):
            if isinstance(block, Paragraph):
                yield block.text
            else:
                for row in block.rows:
                    self.aside(row.words, "单元格里的表格")


def _widened(left: Cell, right: Cell) -> Cell:
    text = "\n".join(part for part in (left.text, right.text) if part)
    return Cell(
        text=text,
        line=left.line,
        column=left.column,
        width=left.width + right.width,
        merged_above=left.merged_above,
    )
