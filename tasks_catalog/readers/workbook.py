"""Excel workbooks (.xlsx) to blocks: shown texts, merged ranges, formulas by their stored value.

The parts are read directly: the usual reader makes room for every cell of the declared range, so
one cell in the last row and column exhausts memory, and it does not tell formulas from values.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from tasks_catalog.blocks import Aside, Document, Paragraph, Table
from tasks_catalog.readers.number_format import BUILT_IN, shown
from tasks_catalog.readers.package import Package, attribute, child, local, open_package
from tasks_catalog.readers.sheet import Range, Sheet, as_asides, blocks_of

REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
BESIDE = (
    (re.compile(r"xl/comments\w*\.xml|xl/comments/\w+\.xml"), "批注"),
    (re.compile(r"xl/threadedComments/\w+\.xml"), "批注"),
    (re.compile(r"xl/drawings/drawing\d*\.xml"), "文本框"),
    (re.compile(r"xl/charts/chart\d*\.xml"), "图表"),
)
SKIPPED = {"rPh", "phoneticPr", "rPr"}  # how to pronounce it, not what it says


@dataclass(slots=True)
class _Book:
    """What all sheets share."""

    shared: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)  # number format by cell style
    since_1904: bool = False


def read(path: Path) -> Document:
    """Return the document; raises `UnreadableDocumentError` for a broken or unsafe file."""
    with open_package(path) as package:
        root = package.xml("xl/workbook.xml")
        book = _Book(_shared(package), _forms(package), _since_1904(root))
        blocks: list[Paragraph | Table] = []
        asides: list[Aside] = []
        doubts: list[Aside] = []
        for name, state, part in _sheets(package, root):
            sheet = _sheet(name, package.xml(part), book)
            if state in {"hidden", "veryHidden"}:
                asides.extend(as_asides(sheet, "隐藏的工作表"))
            else:
                blocks.extend(blocks_of(sheet))
                doubts.extend(_computed(sheet))
            asides.extend(sheet.hidden)
        return Document(tuple(blocks), (*asides, *_beside(package)), tuple(doubts))


def _sheets(package: Package, root: ET.Element) -> Iterator[tuple[str, str, str]]:
    """Yield name, state and part of each sheet; a sheet without its part is a broken file."""
    parts = {}
    for relation in package.xml("xl/_rels/workbook.xml.rels"):
        target = (attribute(relation, "Target") or "").removeprefix("/xl/").removeprefix("/")
        parts[attribute(relation, "Id")] = f"xl/{target}"
    sheets = child(root, "sheets")
    for sheet in sheets if sheets is not None else ():
        part = parts[attribute(sheet, "id")]
        if "/worksheets/" in part:
            yield attribute(sheet, "name") or "", attribute(sheet, "state") or "", part


def _since_1904(root: ET.Element) -> bool:
    return attribute(child(root, "workbookPr"), "date1904") in {"1", "true"}


def _shared(package: Package) -> list[str]:
    for _, root in package.roots("xl/sharedStrings.xml"):
        return [_text(element) for element in root if local(element) == "si"]
    return []


def _text(element: ET.Element) -> str:
    if local(element) in SKIPPED:
        return ""
    own = element.text or "" if local(element) == "t" else ""
    return own + "".join(_text(inner) for inner in element)


def _forms(package: Package) -> list[str]:
    for _, root in package.roots("xl/styles.xml"):
        formats = child(root, "numFmts")
        own = {
            attribute(each, "numFmtId"): attribute(each, "formatCode") or ""
            for each in (formats if formats is not None else ())
        }
        styles = child(root, "cellXfs")
        numbers = [attribute(each, "numFmtId") for each in (styles if styles is not None else ())]
        return [own.get(number) or BUILT_IN.get(int(number or 0), "") for number in numbers]
    return []


def _sheet(name: str, root: ET.Element, book: _Book) -> Sheet:
    sheet = Sheet(name)
    hidden_columns = _hidden_columns(root)
    data = child(root, "sheetData")
    number = 0
    for row in data if data is not None else ():
        number = int(attribute(row, "r") or number + 1)
        column = 0
        for cell in row:
            reference = REFERENCE.fullmatch(attribute(cell, "r") or "")
            column = _column(reference[1]) if reference else column + 1
            text = _shown(cell, book)
            if _is_on(row, "hidden") or any(column in span for span in hidden_columns):
                _hide(sheet, number, text)
            else:
                computed = child(cell, "f") is not None
                sheet.put(number, column, text, computed=computed)
                if computed and not text:
                    sheet.hidden.append(Aside(number, "（公式，没有存下结果）", "公式"))
    sheet.merged.extend(_merged(root))
    return sheet


def _hide(sheet: Sheet, number: int, text: str) -> None:
    if text.strip():
        sheet.hidden.append(Aside(number, text, "隐藏的行列"))


def _is_on(element: ET.Element, name: str) -> bool:
    return attribute(element, name) in {"1", "true"}


def _hidden_columns(root: ET.Element) -> list[range]:
    columns = child(root, "cols")
    return [
        range(int(attribute(each, "min") or 0), int(attribute(each, "max") or 0) + 1)
        for each in (columns if columns is not None else ())
        if _is_on(each, "hidden")
    ]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _shown(cell: ET.Element, book: _Book) -> str:
    """Return what a cell shows; a formula is never evaluated, only its stored value is taken."""
    kind = attribute(cell, "t") or "n"
    if kind == "inlineStr":
        inline = child(cell, "is")
        return _text(inline) if inline is not None else ""
    value = child(cell, "v")
    stored = (value.text or "") if value is not None else ""
    if kind == "s":
        return book.shared[int(stored)] if stored else ""
    if kind != "n" or not stored:
        return stored
    style = int(attribute(cell, "s") or 0)
    form = book.forms[style] if style < len(book.forms) else ""
    return shown(float(stored), form, since_1904=book.since_1904)


def _merged(root: ET.Element) -> Iterator[Range]:
    merges = child(root, "mergeCells")
    for each in merges if merges is not None else ():
        corners = REFERENCE.findall(attribute(each, "ref") or "")
        if len(corners) == 2:  # noqa: PLR2004 - a range has two corners
            (left, top), (right, bottom) = corners
            yield Range(int(top), _column(left), int(bottom), _column(right))


def _computed(sheet: Sheet) -> Iterator[Aside]:
    for row, column in sorted(sheet.computed & set(sheet.cells)):
        yield Aside(row, sheet.cells[row, column], "公式的计算结果")


def _beside(package: Package) -> Iterator[Aside]:
    for name in package.names:
        kind = next((kind for pattern, kind in BESIDE if pattern.fullmatch(name)), None)
        if kind is None:
            continue
        for element in package.xml(name).iter():
            if local(element) in {"p", "comment", "threadedComment", "v"}:
                text = "".join(each.text or "" for each in element.iter() if _is_text(each))
                if text.strip():
                    yield Aside(0, text.strip(), kind)


def _is_text(element: ET.Element) -> bool:
    return local(element) in {"t", "text"}
