"""Separated values (.csv) to blocks, as a workbook of one sheet."""

import csv
from pathlib import Path

from supervision.errors import UnreadableDocumentError
from tasks_catalog.blocks import Document
from tasks_catalog.readers.sheet import Sheet, blocks_of
from tasks_catalog.readers.text import contents, decode

SEPARATORS = (",", "\t", ";", "，")
LONGEST_CELL = 100_000


def read(path: Path) -> Document:
    """Return the document; raises `UnreadableDocumentError` for what is no table of values."""
    text = decode(contents(path))
    separator = max(SEPARATORS, key=text.count)
    csv.field_size_limit(LONGEST_CELL)
    sheet = Sheet("Sheet1")
    try:
        for number, row in enumerate(
            csv.reader(text.splitlines(keepends=True), delimiter=separator)
        ):
            for column, value in enumerate(row, start=1):
                sheet.put(number + 1, column, value)
    except csv.Error as error:
        raise UnreadableDocumentError(
            f"“{path.name}”不是可以识别的 .csv 表格。",
            advice="请用 WPS 或 Excel 打开后另存为 .xlsx，再重试。",
        ) from error
    return Document(tuple(blocks_of(sheet)))
