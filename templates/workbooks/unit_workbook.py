"""A unit's workbook of one round: 填报 to fill in, 说明 how to, and lists on a hidden sheet."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from types import MappingProxyType
from typing import Any

import xlsxwriter

from supervision.vocabulary import ItemKind
from templates.workbooks.cells import cell_text, seal
from templates.workbooks.columns import HIDDEN, ID, REVISION, SEAL, Column, Holds, columns_for
from templates.workbooks.styles import OPTIONS, Styles, lay_out
from templates.workbooks.table import (
    FIRST_ROW,
    HEADING_ROW,
    LINE_POINTS,
    TITLE_ROW,
    is_fillable,
    lines_of,
    write_table,
)
from templates.workbooks.words import Line, UnitWords

FORM, GUIDE, CHOICES = "填报", "说明", "选项"
TOKEN_PROPERTY = "duban.token"  # noqa: S105 - the name it is kept under, not a secret
MOST_WAN = 10**10
GUIDE_WIDTH = 96
# What 形象进度 offers; anything else may be written (项目默认值).
STAGES: Mapping[ItemKind, tuple[str, ...]] = MappingProxyType(
    {
        ItemKind.TASK: ("尚未启动", "制定方案", "征求意见", "已经印发", "组织实施", "全部完成"),
        ItemKind.PROJECT: (
            "前期手续", "已开工", "主体施工", "主体完工", "设备调试", "已竣工", "已验收", "已投运",
        ),
    }
)  # fmt: skip
ALLOWED = {"format_columns": True, "format_rows": True}  # a cell may be widened to be read


def unit_workbook(words: UnitWords) -> bytes:
    """Return the .xlsx: everything locked but what the unit is asked; there is no password."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, dict(OPTIONS))
    styles = Styles(book)
    form, guide, choices = (book.add_worksheet(name) for name in (FORM, GUIDE, CHOICES))
    columns = columns_for(with_projects=words.table.has_projects)
    write_table(form, words.table, columns, styles, to_fill_in=True)
    _write_hidden(form, words, columns)
    ranges = _write_choices(choices)
    for row, line in enumerate(words.table.lines, start=FIRST_ROW):
        for number, column in enumerate(columns):
            if is_fillable(column, line):
                form.data_validation(row, number, row, number, _validation(column, line, ranges))
    form.protect("", ALLOWED)
    _write_guide(guide, words, styles)
    _describe(book, words)
    book.close()
    return buffer.getvalue()


def _write_hidden(form: Any, words: UnitWords, columns: Sequence[Column]) -> None:  # noqa: ANN401
    """Write what the way back needs; the token stands here too, for programmes that drop it."""
    first = len(columns)
    places = {name: first + number for number, name in enumerate(HIDDEN)}
    form.set_column(first, first + len(HIDDEN) - 1, 4, None, {"hidden": True})
    form.write_string(TITLE_ROW, first, words.token)
    for name, column in places.items():
        form.write_string(HEADING_ROW, column, name)
    for row, line in enumerate(words.table.lines, start=FIRST_ROW):
        form.write_string(row, places[ID], line.id)
        form.write_number(row, places[REVISION], line.revision)
        values = {column.key: line.value(column.key) for column in columns}
        form.write_string(row, places[SEAL], seal(values))


def _write_choices(choices: Any) -> dict[ItemKind, str]:  # noqa: ANN401 - xlsxwriter is untyped
    """Write the lists and return the range of each: a list within a cell's rule is cut at 255."""
    ranges = {}
    for column, (kind, stages) in enumerate(STAGES.items()):
        choices.write_string(0, column, f"形象进度（{kind.label}）")
        for row, stage in enumerate(stages, start=1):
            choices.write_string(row, column, stage)
        letter = "ABCDEFG"[column]
        ranges[kind] = f"={CHOICES}!${letter}$2:${letter}${len(stages) + 1}"
    choices.protect("")
    choices.hide()
    return ranges


def _validation(column: Column, line: Line, ranges: Mapping[ItemKind, str]) -> dict[str, object]:
    hint = {"input_title": column.heading.replace("\n", ""), "input_message": column.hint}
    if column.key == "stage":
        return {"validate": "list", "source": ranges[line.kind], "show_error": False, **hint}
    if column.holds is Holds.SHARE:
        return {
            "validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100,
            "error_title": "累计进度", "error_message": "请填 0 到 100 的整数，不写百分号。",
            **hint,
        }  # fmt: skip
    if column.holds is Holds.AMOUNT:
        return {
            "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": MOST_WAN,
            "error_title": "累计完成投资", "error_message": "请填不小于 0 的数，单位万元。",
            **hint,
        }  # fmt: skip
    return {"validate": "any", **hint}


def _write_guide(guide: Any, words: UnitWords, styles: Styles) -> None:  # noqa: ANN401
    guide.set_column(0, 0, 18)
    guide.set_column(1, 1, GUIDE_WIDTH)
    guide.set_row(0, 30)
    guide.merge_range(0, 0, 0, 1, "填报说明", styles.title)
    for row, (about, text) in enumerate(words.instructions, start=1):
        guide.write_string(row, 0, cell_text(about), styles.label)
        guide.write_string(row, 1, cell_text(text), styles.locked)
        guide.set_row(row, LINE_POINTS * lines_of(text, GUIDE_WIDTH) + 6)
    guide.protect("")
    lay_out(guide, first_row=0, last_row=len(words.instructions), last_column=1)


def _describe(book: Any, words: UnitWords) -> None:  # noqa: ANN401 - xlsxwriter is untyped
    book.set_properties({"title": cell_text(words.table.title), "company": ""})
    for name, text in (
        ("duban.round", words.period),
        ("duban.unit", words.unit),
        (TOKEN_PROPERTY, words.token),
    ):
        book.set_custom_property(name, cell_text(text), "text")
