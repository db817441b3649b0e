"""Plain text to blocks: the form in which text extraction leaves a plan.

A TAB opens a cell, a line without one continues the cell above it, a lone TAB is an empty cell
and a blank line ends the row.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path

from supervision.errors import UnreadableDocumentError
from tasks_catalog.blocks import Cell, Document, Paragraph, Row, Table
from tasks_catalog.columns import LONGEST_HEADING, Column, column_of
from tasks_catalog.outline import clean
from tasks_catalog.readers.listed import listed
from tasks_catalog.readers.package import bomb
from tasks_catalog.readers.text_forms import BARS, DRAWN, Line, barred, tabbed
from tasks_catalog.readers.wrapping import unwrapped

# A byte-order mark is certain; without one, GB18030 is what older office software writes.
LARGEST_TEXT = 4 * 1024 * 1024  # bytes; the issued plan has 74 KB
MOST_LINES = 60_000  # the issued plan has 1,123
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# These begin something new even directly under a table, where a cell would otherwise go on.
OPENS_CELL = re.compile(r"\t[^\t]*$")  # a second TAB on the line separates columns instead
FIRST_COLUMNS = set(Column) - {Column.OTHER}
ENTITY = re.compile(r"&(nbsp|ldquo|rdquo|mdash|hellip|middot|lt|gt|amp);")  # left by a web copy
BEGINS_ANEW = re.compile(r"附件|附表|附录|抄送|备注|注[：:]")


def read(path: Path) -> Document:
    """Return the document in a text file; raises `UnreadableDocumentError` for anything else."""
    return parse(decode(contents(path)))


def contents(path: Path) -> bytes:
    """Return the bytes of a file that is to be text, unless it is far too long for a plan."""
    content = path.read_bytes()
    if len(content) > LARGEST_TEXT:
        raise UnreadableDocumentError(
            f"文本文件“{path.name}”超过 {LARGEST_TEXT // 1024 // 1024} MB，不像是一份方案。",
            advice="请确认选对了文件，或只保留方案和清单部分后重试。",
        )
    return content


def decode(content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or GB18030, with or without a byte-order mark."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    if b"\x00" in content:
        return _decoded(content, _width_of_utf16(content))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(content, "gb18030")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_text() from error
    if "\x00" in text:
        raise _not_text()
    return text


def _width_of_utf16(content: bytes) -> str:
    """Tell the byte order of UTF-16 without a mark by the side on which line breaks are zero."""
    little, big = content.count(b"\n\x00"), content.count(b"\x00\n")
    if len(content) % 2 or not little + big:
        raise _not_text()
    return "utf-16-le" if little >= big else "utf-16-be"


def _not_text() -> UnreadableDocumentError:
    return UnreadableDocumentError(
        "文件内容不是可以识别的文本编码（UTF-8、GB18030、UTF-16），可能已损坏或不是文本文件。",
        advice="请用 WPS 或 Word 打开原文，另存为 .docx 或 UTF-8 编码的 .txt 后重试。",
    )


def parse(text: str) -> Document:
    """Return the blocks of a text; lines are counted by line feeds, from 1."""
    printed = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "")
    if ENTITY.search(printed):
        printed = unescape(printed)
    lines = list(enumerate(printed.split("\n"), start=1))
    if len(lines) > MOST_LINES:
        raise bomb()
    return Document(tuple(unwrapped(list(_blocks(lines)))))


def _blocks(lines: Sequence[Line]) -> Iterator[Paragraph | Table]:
    at = 0
    while at < len(lines):
        table, taken = _form_at(lines, at)
        if table is not None:
            yield table
        else:
            plain = lines[at : at + taken]
            yield from (Paragraph(number, text) for number, text in plain if text.strip())
        at += taken


def _form_at(lines: Sequence[Line], at: int) -> tuple[Table | None, int]:
    """Return the table that begins here, in whichever form, and how many lines are settled."""
    first = lines[at][1]
    if OPENS_CELL.match(first):
        return _celled(lines, at)
    if "\t" in first.strip():
        return tabbed(lines, at)
    if BARS.search(first) or DRAWN.search(first) or first.lstrip().startswith("+-"):
        return barred(lines, at)
    heading = clean(first)
    if len(heading) <= LONGEST_HEADING and column_of(heading) in FIRST_COLUMNS:
        return listed(lines, at)
    return None, 1


def _celled(lines: Sequence[Line], start: int) -> tuple[Table, int]:
    """Return the rows whose cells are opened by TABs, as long as nothing stands between them."""
    rows: list[Row] = []
    cells: list[Cell] = []
    end = start
    for at in range(start, len(lines)):
        number, text = lines[at]
        if text.startswith("\t"):
            cells.append(Cell(text=text[1:], line=number, column=len(cells)))
        elif cells and _goes_on(text):
            cells[-1] = replace(cells[-1], text=f"{cells[-1].text}\n{text}")
        elif text.strip():
            break
        elif cells:
            rows.append(Row(tuple(cells)))
            cells = []
        end = at + 1
    if cells:
        rows.append(Row(tuple(cells)))
    return Table(rows=tuple(rows), placed=False), end - start


def _goes_on(text: str) -> bool:
    """Tell whether a line without TAB continues the cell above: annex headings never do."""
    return (
        bool(text.strip()) and not text.startswith((" ", "\u3000")) and not BEGINS_ANEW.match(text)
    )
