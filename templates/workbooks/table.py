"""The dispatch table itself: a title, headings, one row per item; written cell by cell as text."""

from collections.abc import Sequence
from typing import Any

from supervision.vocabulary import ItemKind
from templates.workbooks.cells import cell_text
from templates.workbooks.columns import Column, Holds
from templates.workbooks.styles import Styles, lay_out
from templates.workbooks.words import Line, TableWords, Value

TITLE_ROW, SUBTITLE_ROW, HEADING_ROW, FIRST_ROW = range(4)
CENTRED = {"code", "group", "deadline", "due", "deviation", "invested_share", "reported"}
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
        sheet.write_string(HEADING_ROW, number, column.heading, style)
    for row, line in enumerate(words.lines, start=FIRST_ROW):
        for number, column in enumerate(columns):
            style = _style(column, line, styles, to_fill_in=to_fill_in)
            write_value(sheet, row, number, line.value(column.key), style)
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


def _style(column: Column, line: Line, styles: Styles, *, to_fill_in: bool) -> Any:  # noqa: ANN401
    if column.key == "light":
        return styles.lights[line.light]
    if to_fill_in and is_fillable(column, line):
        return {
            Holds.TEXT: styles.open_text,
            Holds.SHARE: styles.open_share,
            Holds.AMOUNT: styles.open_amount,
        }[column.holds]
    if column.holds is not Holds.TEXT:
        return styles.locked_number
    return styles.centred if column.key in CENTRED else styles.locked
