"""Plain text to blocks: the form in which text extraction leaves a plan.

A TAB opens a cell, a line without one continues the cell above it, a lone TAB is an empty cell
and a blank line ends the row.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from supervision.errors import UnreadableDocumentError
from tasks_catalog.blocks import Cell, Document, Paragraph, Row, Table

# A byte-order mark is certain; without one, GB18030 is what older office software writes.
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# These begin something new even directly under a table, where a cell would otherwise go on.
BEGINS_ANEW = re.compile(r"附件|附表|附录|抄送|备注|注[：:]")


def read(path: Path) -> Document:
    """Return the document in a text file; raises `UnreadableDocumentError` for anything else."""
    return parse(decode(path.read_bytes()))


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
    lines = enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1)
    return Document(tuple(_blocks(_parts(lines))))


def _blocks(parts: Iterable[Paragraph | Row]) -> Iterator[Paragraph | Table]:
    """Join rows that nothing stands between to one table."""
    for _, group in groupby(parts, key=type):
        members = list(group)
        rows = tuple(part for part in members if isinstance(part, Row))
        if rows:
            yield Table(rows=rows, placed=False)
        yield from (part for part in members if isinstance(part, Paragraph))


def _parts(lines: Iterable[tuple[int, str]]) -> Iterator[Paragraph | Row]:
    cells: list[Cell] = []
    for line, text in lines:
        if text.startswith("\t"):
            cells.append(Cell(text=text[1:], line=line, column=len(cells)))
        elif cells and _goes_on(text):
            cells[-1] = replace(cells[-1], text=f"{cells[-1].text}\n{text}")
        else:
            if cells:
                yield Row(tuple(cells))
                cells = []
            if text.strip():
                yield Paragraph(line, text)
    if cells:
        yield Row(tuple(cells))


def _goes_on(text: str) -> bool:
    """Tell whether a line without TAB continues the cell above: annex headings never do."""
    return (
        bool(text.strip()) and not text.startswith((" ", "\u3000")) and not BEGINS_ANEW.match(text)
    )
