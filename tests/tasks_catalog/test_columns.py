"""Headings announce their columns in any wording and order."""

import pytest

from tasks_catalog.columns import Column, column_of, is_heading_row, settle


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("序号", Column.NUMBER),
        ("领域/专班", Column.GROUP),
        ("体系", Column.SYSTEM),
        ("工作任务", Column.TITLE),
        ("工作内容及目标", Column.CONTENT),
        ("具体举措", Column.CONTENT),
        ("完成时限", Column.DEADLINE),
        ("时间节点", Column.DEADLINE),
        ("整改期限", Column.DEADLINE),
        ("责任部门", Column.RESPONSIBLE),
        ("牵头单位", Column.LEAD),
        ("主办部门", Column.LEAD),
        ("配合单位", Column.SUPPORTING),
        ("牵头（配合）单位", Column.RESPONSIBLE),
        ("总投资（万元）", Column.INVESTMENT),
        ("牵头领导", Column.OTHER),
        ("责任人", Column.OTHER),
        ("完成情况", Column.OTHER),
        ("备注", Column.OTHER),
        ("一级指标", Column.LEVEL1),
        ("现状值（2022年）", Column.BASELINE),
        ("2025年目标", Column.TARGET),
    ],
)
def test_a_heading_announces_its_column(heading: str, column: Column) -> None:
    assert column_of(heading) is column


@pytest.mark.parametrize(
    ("words", "heads"),
    [
        pytest.param(["序号", "任务", "责任单位"], True, id="headings"),
        pytest.param(["1", "完善任务", "责任单位"], False, id="a number among them"),
        pytest.param(["任务", "修缮堤防，清理河道。"], False, id="a sentence among them"),
        pytest.param(["牵头单位：县水利局", "完成时限：2024年"], False, id="labels with values"),
        pytest.param(["张某", "李某"], False, id="names"),
    ],
)
def test_headings_are_told_from_data(words: list[str], *, heads: bool) -> None:
    assert is_heading_row(words) is heads


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        pytest.param(
            ["重点任务", "具体任务", "责任单位"],
            [Column.TITLE, Column.CONTENT, Column.RESPONSIBLE],
            id="two columns of tasks",
        ),
        pytest.param(
            ["专项行动", "重点任务", "工作举措", "责任单位"],
            [Column.GROUP, Column.TITLE, Column.CONTENT, Column.RESPONSIBLE],
            id="a group over the tasks",
        ),
        pytest.param(
            ["工作目标", "工作措施", "完成时限"],
            [Column.TITLE, Column.CONTENT, Column.DEADLINE],
            id="no column of tasks",
        ),
        pytest.param(
            ["项目名称", "开工时间", "竣工时间", "建设单位", "责任单位"],
            [Column.TITLE, Column.OTHER, Column.DEADLINE, Column.OTHER, Column.RESPONSIBLE],
            id="two dates and two units",
        ),
        pytest.param(
            ["类别", "指标", "2024年目标", "2025年目标", "单位"],
            [Column.LEVEL1, Column.NAME, Column.OTHER, Column.TARGET, Column.MEASURED_IN],
            id="the last target counts",
        ),
        pytest.param(
            ["任务", "目标", "单位"],
            [Column.TITLE, Column.CONTENT, Column.RESPONSIBLE],
            id="a target outside indicators is content",
        ),
        pytest.param(
            ["任务", "市级责任单位", "县级责任单位"],
            [Column.TITLE, Column.RESPONSIBLE, Column.RESPONSIBLE],
            id="units in two columns",
        ),
    ],
)
def test_columns_are_settled_together(headings: list[str], expected: list[Column]) -> None:
    assert list(settle(dict(enumerate(headings))).values()) == expected
