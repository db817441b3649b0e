"""OpenDocument sheets (.ods) to blocks: the texts as shown, merged cells as the file marks them."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from tasks_catalog.blocks import Aside, Document, Paragraph, Table
from tasks_catalog.readers.package import attribute, bomb, child, local, open_package, whole_number
from tasks_catalog.readers.sheet import Range, Sheet, as_asides, blocks_of

MOST = 1_048_576  # rows of any sheet
GROUPS = {"table-row-group", "table-header-rows", "table-rows"}
CELLS = {"table-cell", "covered-table-cell"}
MOST_REPEATED = 20_000  # cells with text, by repetition


def read(path: Path) -> Document:
    """Return the document; raises `UnreadableDocumentError` for a broken or unsafe file."""
    with open_package(path) as package:
        root = package.xml("content.xml")
        book = child(root, "body", "spreadsheet")
        hidden = set(_hidden_styles(root))
        blocks: list[Paragraph | Table] = []
        asides: list[Aside] = []
        doubts: list[Aside] = []
        for table in () if book is None else book:
            if local(table) != "table":
                continue
            sheet = _sheet(table)
            if attribute(table, "style-name") in hidden:
                asides.extend(as_asides(sheet, "隐藏的工作表"))
            else:
                blocks.extend(blocks_of(sheet))
            asides.extend(sheet.hidden)
            doubts.extend(
                Aside(row, sheet.cells[row, column], "公式的计算结果")
                for row, column in sorted(sheet.computed)
            )
        return Document(tuple(blocks), tuple(asides), tuple(doubts))


def _hidden_styles(root: ET.Element) -> Iterator[str]:
    """Yield the names of the styles under which a sheet is not shown."""
    styles = child(root, "automatic-styles")
    for style in () if styles is None else styles:
        if attribute(child(style, "table-properties"), "display") == "false":
            yield attribute(style, "name") or ""


def _sheet(table: ET.Element) -> Sheet:
    sheet = Sheet(attribute(table, "name") or "")
    number = 1
    for row in _rows(table):
        repeated = _count(row, "number-rows-repeated")
        shown = attribute(row, "visibility") not in {"collapse", "filter"}
        column = 1
        for cell in row:
            if local(cell) not in CELLS:
                continue
            if shown:
                column += _read_cell(sheet, cell, number, column, repeated)
            elif text := _text(cell).strip():
                sheet.hidden.append(Aside(number, text, "隐藏的行列"))
        number += repeated
    return sheet


def _rows(container: ET.Element) -> Iterator[ET.Element]:
    for element in container:
        if local(element) == "table-row":
            yield element
        elif local(element) in GROUPS:
            yield from _rows(element)


def _count(element: ET.Element, name: str) -> int:
    return max(1, whole_number(attribute(element, name), default=1, most=MOST))


def _read_cell(sheet: Sheet, cell: ET.Element, row: int, column: int, repeated: int) -> int:
    """Add a cell, as often as it is repeated, and return how many columns it takes."""
    width = _count(cell, "number-columns-repeated")
    text = "\n".join(_text(each) for each in cell if local(each) == "p")
    for note in cell:
        if local(note) == "annotation":
            sheet.hidden.append(Aside(row, _text(note).strip(), "批注"))
    if text.strip():
        if width * repeated > MOST_REPEATED:
            raise bomb()
        computed = attribute(cell, "formula") is not None
        for line in range(row, row + repeated):
            for place in range(column, column + width):
                sheet.put(line, place, text, computed=computed)
    down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
    if down > 1 or across > 1:
        sheet.merged.append(Range(row, column, row + down - 1, column + across - 1))
    return width


def _text(element: ET.Element) -> str:
    name = local(element)
    if name in {"s", "tab"}:
        return " " * min(_count(element, "c"), 100)
    if name == "line-break":
        return "\n"
    inner = "".join(_text(each) + (each.tail or "") for each in element)
    return (element.text or "") + inner
