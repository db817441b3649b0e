"""Printed tables become whole ones."""

import pytest

from tasks_catalog.blocks import Cell, Row, Table
from tasks_catalog.columns import Column
from tasks_catalog.tables import WholeTable, whole_tables

HEADINGS = ["序号", "领域", "任务", "内容", "完成时限", "责任单位"]


def _row(texts: list[str], line: int = 1) -> Row:
    return Row(tuple(Cell(text=text, line=line, column=at) for at, text in enumerate(texts)))


def _table(*rows: list[str], placed: bool = False) -> Table:
    return Table(rows=tuple(_row(row, at) for at, row in enumerate(rows, start=1)), placed=placed)


def _only(table: Table) -> WholeTable:
    (whole,) = whole_tables(table).tables
    return whole


def _values(whole: WholeTable, column: Column) -> list[str]:
    return [row.values.get(column, "") for row in whole.rows]


def test_empty_labels_are_taken_from_above_and_a_new_one_ends_those_to_its_right() -> None:
    whole = _only(
        _table(
            ["序号", "领域", "体系", "任务", "责任单位"],
            ["1", "工业", "制度", "甲", "某局"],
            ["2", "", "", "乙", "某局"],
            ["3", "农业", "", "丙", "某局"],
        )
    )

    assert _values(whole, Column.GROUP) == ["工业", "工业", "农业"]
    assert _values(whole, Column.SYSTEM) == ["制度", "制度", ""]


@pytest.mark.parametrize("placed", [True, False], ids=["with a grid", "without a grid"])
def test_an_empty_owner_is_inferred_only_where_the_form_lost_its_merges(*, placed: bool) -> None:
    whole = _only(
        _table(
            HEADINGS,
            ["1", "工业", "甲", "做甲。", "2024年", "某局"],
            ["2", "", "乙", "做乙。", "", ""],
            placed=placed,
        )
    )

    expected = ["某局", "" if placed else "某局"]
    assert _values(whole, Column.RESPONSIBLE) == expected
    assert bool(whole.rows[1].taken_from_above) is not placed


def test_the_rest_of_a_row_after_a_page_break_belongs_to_the_row() -> None:
    whole = _only(
        _table(
            HEADINGS,
            ["1", "工业", "甲", "做甲的前", "2024年", "某局、"],
            ["", "", "", "一半。", "", "另局"],
        )
    )

    assert _values(whole, Column.CONTENT) == ["做甲的前一半。"]
    assert _values(whole, Column.RESPONSIBLE) == ["某局、另局"]


def test_headings_repeated_on_the_next_page_are_no_row() -> None:
    first = ["1", "工业", "甲", "做甲。", "2024年", "某局"]
    second = ["2", "工业", "乙", "做乙。", "2024年", "某局"]

    whole = _only(_table(HEADINGS, first, HEADINGS, second))

    assert _values(whole, Column.TITLE) == ["甲", "乙"]


def test_a_row_over_the_whole_width_names_the_group_of_what_follows() -> None:
    read = whole_tables(
        _table(
            ["序号", "任务", "完成时限", "责任单位"],
            ["一、产业发展"],
            ["1", "甲", "2024年", "某局"],
            ["（二）社会民生", "", "", ""],
            ["2", "乙", "2024年", "某局"],
        )
    )

    assert _values(read.tables[0], Column.GROUP) == ["产业发展", "社会民生"]
    assert [row.words.strip(" |") for row in read.titles] == ["一、产业发展", "（二）社会民生"]


def test_totals_notes_and_empty_form_lines_are_no_tasks() -> None:
    read = whole_tables(
        _table(
            ["序号", "项目名称", "总投资", "责任单位"],
            ["1", "甲", "5", "某局"],
            ["合计", "", "5", ""],
            ["2", "", "", ""],
            ["注：以上为估算。"],
        )
    )

    assert _values(read.tables[0], Column.TITLE) == ["甲"]
    assert len(read.notes) == 2
    assert len(read.odd) == 1


def test_a_table_without_headings_goes_on_with_the_one_before() -> None:
    first = _only(_table(["序号", "任务", "责任单位"], ["1", "甲", "某局"], placed=True))

    read = whole_tables(_table(["2", "乙", "另局"], placed=True), before=first, adjacent=True)

    assert read.tables[0].goes_on
    assert _values(read.tables[0], Column.TITLE) == ["甲", "乙"]
    assert [row.number for row in read.tables[0].rows] == [1, 2]


def test_a_row_with_too_few_cells_for_its_headings_is_odd() -> None:
    read = whole_tables(_table(HEADINGS, ["1", "工业"]))

    assert [row.words for row in read.odd] == ["1 | 工业"]


def test_equal_headings_keep_both_cells() -> None:
    whole = _only(_table(["任务", "责任单位", "备注", "备注"], ["甲", "某局", "一", "二"]))

    assert whole.rows[0].printed == {
        "任务": "甲",
        "责任单位": "某局",
        "备注": "一",
        "备注（2）": "二",
    }


def test_tasks_may_name_their_owners_inside_the_text() -> None:
    whole = _only(_table(["序号", "工作任务"], ["1", "清理河道。（责任单位：县水利局）"]))

    assert _values(whole, Column.TITLE) == ["清理河道。（责任单位：县水利局）"]


def test_two_units_on_two_lines_are_two_and_a_broken_name_is_one() -> None:
    whole = _only(
        _table(
            ["任务", "责任单位"],
            ["甲", "区工信局\n区发改委"],
            ["乙", "市自然资源局章\n贡分局"],
            ["丙", "市公安局\n章贡分局"],
            ["丁", "区住建局（牵头）\n区城管局"],
        )
    )

    assert _values(whole, Column.RESPONSIBLE) == [
        "区工信局、区发改委",
        "市自然资源局章贡分局",
        "市公安局章贡分局",
        "区住建局（牵头）、区城管局",
    ]
