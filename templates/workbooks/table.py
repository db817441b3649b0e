"""The dispatch table itself: a title, headings, one row per item; written cell by cell as text."""

import unicodedata
from collections.abc import Sequence
from math import ceil
from typing import Any

from supervision.vocabulary import ItemKind
from templates.workbooks.cells import canonical, cell_text
from templates.workbooks.columns import REQUIRED, Column, Holds
from templates.workbooks.styles import Styles, lay_out
from templates.workbooks.words import Line, TableWords, Value

TITLE_ROW, SUBTITLE_ROW, HEADING_ROW, FIRST_ROW = range(4)
CENTRED = {
    "code",
    "group",
    "due",
    "percent",
    "pace",
    "investment",
    "invested_wan",
    "reported",
}
ROOM_TO_WRITE = 5  # lines, at least, in a row that is to be filled in
LINE_POINTS, TALLEST = 15.5, 409  # a programme shows no row taller than that
PADDING, LETTER = 0.2, 0.93  # in digits of the default font, by which columns are measured
FROZEN_COLUMNS = 3  # 编号, 专班, 任务/项目 stay in sight while the rest is filled in


def write_table(
    sheet: Any,  # noqa: ANN401 - xlsxwriter is untyped
    words: TableWords,
    columns: Sequence[Column],
    styles: Styles,
    *,
    to_fill_in: bool,
) -> None:
    """Write a table into an empty sheet and lay it out for printing."""
    last = len(columns) - 1
    sheet.set_row(TITLE_ROW, 30)
    write_merged(sheet, (TITLE_ROW, 0, last), words.title, styles.title)
    sheet.set_row(SUBTITLE_ROW, 18)
    write_merged(sheet, (SUBTITLE_ROW, 0, last), words.subtitle, styles.subtitle)
    sheet.set_row(HEADING_ROW, 32)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        style = styles.open_heading if to_fill_in and column.is_open else styles.heading
        heading = column.heading if to_fill_in else column.heading.removesuffix(REQUIRED)
        sheet.write_string(HEADING_ROW, number, heading, style)
    for row, line in enumerate(words.lines, start=FIRST_ROW):
        for number, column in enumerate(columns):
            style = _style(column, line, styles, to_fill_in=to_fill_in)
            write_value(sheet, row, number, line.value(column.key), style)
        least = ROOM_TO_WRITE if to_fill_in else 1
        sheet.set_row(row, height(line, columns, least=least))
    sheet.freeze_panes(FIRST_ROW, FROZEN_COLUMNS)
    last_row = max(FIRST_ROW + len(words.lines) - 1, HEADING_ROW)
    lay_out(sheet, first_row=HEADING_ROW, last_row=last_row, last_column=last)


def write_merged(
    sheet: Any,  # noqa: ANN401 - xlsxwriter is untyped
    place: tuple[int, int, int],
    text: str,
    style: Any,  # noqa: ANN401 - xlsxwriter is untyped
) -> None:
    """Write a text across columns: `place` is the row, the first column and the last."""
    row, first, last = place
    sheet.merge_range(row, first, row, last, "", style)
    sheet.write_string(row, first, cell_text(text), style)


def write_value(
    sheet: Any,  # noqa: ANN401 - xlsxwriter is untyped
    row: int,
    column: int,
    value: Value,
    style: Any,  # noqa: ANN401 - xlsxwriter is untyped
) -> None:
    """Write one value: numbers as numbers, every text as a text and never as anything else."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, cell_text(value), style)
    else:
        sheet.write_number(row, column, float(value), style)


def is_fillable(column: Column, line: Line) -> bool:
    """Return whether the unit may write this cell: money is asked for projects only."""
    return column.is_open and (not column.projects_only or line.kind is ItemKind.PROJECT)


def height(line: Line, columns: Sequence[Column], *, least: int) -> float:
    """Return the height of a row in points that shows all its texts; no programme must guess it.

    Office programmes grow a row only when somebody types, so a fresh file would show first lines.
    """
    texts = ((canonical(line.value(column.key)), column.width) for column in columns)
    most = max(lines_of(text, width) for text, width in texts)
    return min(max(most, least) * LINE_POINTS + 4, TALLEST)


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of that many characters."""
    room = max(width - PADDING, 1)
    return sum(max(1, ceil(_units(line) / room)) for line in text.split("\n"))


def _units(text: str) -> float:
    wide = sum(unicodedata.east_asian_width(letter) in "WFA" for letter in text)
    return (wide * 2 + (len(text) - wide)) * LETTER


def _style(column: Column, line: Line, styles: Styles, *, to_fill_in: bool) -> Any:  # noqa: ANN401
    if column.key == "light":
        return styles.lights[line.light]
    if to_fill_in and is_fillable(column, line):
        return {
            Holds.TEXT: styles.open_text,
            Holds.SHARE: styles.open_share,
            Holds.AMOUNT: styles.open_amount,
        }[column.holds]
    return styles.centred if column.key in CENTRED else styles.locked
