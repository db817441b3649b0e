"""A workbook that came back, read as it is: nothing is evaluated, nothing is taken for granted.

Columns are found by their headings and rows by their hidden ids, so that moved, sorted, deleted
and inserted ones do no harm. Whoever calls has made sure that the file is a sound package.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from supervision.errors import UnreadableDocumentError
from templates.workbooks.columns import COLUMNS, HIDDEN, ID, REVISION, SEAL, Column
from templates.workbooks.entries import Entry, entry
from templates.workbooks.unit_workbook import FORM, TOKEN_PROPERTY

MOST_ROWS, MOST_COLUMNS = 2_000, 60
HEADING_WITHIN = 20  # rows; somebody may have put some above
# What openpyxl raises over files that other programmes, or nobody's, have written.
BROKEN = (
    BadZipFile, InvalidFileException, SyntaxError, OSError, EOFError, RuntimeError, KeyError,
    IndexError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError,
)  # fmt: skip
ADVICE = "请在下发的调度表里填写，用 WPS 或 Excel 另存为 .xlsx 后重新导入。"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadLine:
    """One row of the sheet 填报; `id` is empty for a row that somebody added."""

    row: int
    id: str
    revision: int | None  # None where the hidden cell holds no number
    seal: str
    entries: Mapping[str, Entry]  # by the key of its column; columns that are gone are missing


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadWorkbook:
    """What came back: the signed token as it stands, and the rows that hold anything."""

    token: str
    lines: tuple[ReadLine, ...]
    missing_columns: tuple[Column, ...]


def read_workbook(content: bytes) -> ReadWorkbook:
    """Return what a unit's workbook says; UnreadableDocumentError when it is not one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts that are of no concern here
            book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
            rows = list(_rows(book))
            token = _token_property(book)
    except BROKEN as error:
        raise UnreadableDocumentError(
            "文件已损坏，或不是 .xlsx 格式的调度表", advice=ADVICE
        ) from error
    return _understood(rows, token)


def _rows(book: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - openpyxl's own
    """Give the cells of the sheet 填报 row by row, as many as a unit can have.

    Items further down, as all that are missing, are named to whoever imports the file.
    """
    if FORM not in book.sheetnames:
        raise UnreadableDocumentError(f"文件中没有“{FORM}”工作表", advice=ADVICE)
    sheet = book[FORM]
    sheet.reset_dimensions()  # what a file says of its own size need not be true
    yield from sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)


def _token_property(book: Any) -> str:  # noqa: ANN401 - openpyxl's own
    found = (each.value for each in book.custom_doc_props if each.name == TOKEN_PROPERTY)
    return str(next(found, "") or "")


def _understood(rows: Sequence[tuple[Any, ...]], token: str) -> ReadWorkbook:
    number, places = _headings(rows)
    gone = [name for name in HIDDEN if name not in places]
    if gone:
        raise UnreadableDocumentError(
            f"“{FORM}”的隐藏列 {'、'.join(gone)} 被删除，无法对应事项", advice=ADVICE
        )
    lines = [
        line
        for at, row in enumerate(rows[number + 1 :], start=number + 2)
        if (line := _line(at, row, places)) is not None
    ]
    return ReadWorkbook(
        token=token or _token_cell(rows[: number + 1], places[ID]),
        lines=tuple(lines),
        missing_columns=tuple(column for column in COLUMNS if column.key not in places),
    )


def _headings(rows: Sequence[tuple[Any, ...]]) -> tuple[int, dict[str, int]]:
    """Return the row of headings, from 0, and where each column stands; by heading, not place."""
    keys = {_squeezed(column.heading): column.key for column in COLUMNS}
    keys |= {name: name for name in HIDDEN}
    for number, row in enumerate(rows[:HEADING_WITHIN]):
        texts = [_squeezed(str(cell.value or "")) for cell in row]
        places = {keys[text]: at for at, text in reversed([*enumerate(texts)]) if text in keys}
        if "code" in places and "progress" in places:
            return number, places
    raise UnreadableDocumentError(f"“{FORM}”中找不到调度表的表头", advice=ADVICE)


def _squeezed(heading: str) -> str:
    return "".join(heading.split())


def _token_cell(rows: Sequence[tuple[Any, ...]], column: int) -> str:
    texts = [str(row[column].value or "") for row in rows if column < len(row)]
    return next((text for text in texts if text and text not in HIDDEN), "")


def _line(number: int, row: tuple[Any, ...], places: Mapping[str, int]) -> ReadLine | None:
    cells = {key: row[at] for key, at in places.items() if at < len(row)}
    if all(cell.value in (None, "") for cell in cells.values()):
        return None
    entries = {
        column.key: entry(column, cells.get(column.key), _address(places[column.key], number))
        for column in COLUMNS
        if column.key in places
    }
    revision = getattr(cells.get(REVISION), "value", None)
    return ReadLine(
        row=number,
        id=_hidden(cells, ID),
        revision=int(revision) if isinstance(revision, int | float) else None,
        seal=_hidden(cells, SEAL),
        entries=entries,
    )


def _hidden(cells: Mapping[str, Any], name: str) -> str:
    return str(getattr(cells.get(name), "value", None) or "").strip()


def _address(column: int, row: int) -> str:
    return f"{get_column_letter(column + 1)}{row}"
