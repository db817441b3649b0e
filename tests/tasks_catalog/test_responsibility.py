"""Who and when, as paragraphs say it: in brackets of any kind, with labels or without."""

import pytest

from tasks_catalog.columns import Column
from tasks_catalog.responsibility import duty_of

R, L, S, D = Column.RESPONSIBLE, Column.LEAD, Column.SUPPORTING, Column.DEADLINE


@pytest.mark.parametrize(
    ("text", "left", "parts"),
    [
        pytest.param("巡查。〔责任单位：甲局、乙局〕", "巡查。", {R: "甲局、乙局"}, id="〔〕"),
        pytest.param("巡查。（责任单位：甲局）。", "巡查。", {R: "甲局"}, id="a stop after it"),
        pytest.param("巡查。【责任单位:甲局】", "巡查。", {R: "甲局"}, id="half-width colon"),
        pytest.param(
            "巡查。（责任单位：甲局、各镇（街道））",
            "巡查。",
            {R: "甲局、各镇（街道）"},
            id="nested",
        ),
        pytest.param(
            "巡查。（牵头单位：甲局；配合单位：乙局；完成时限：2024年6月）",
            "巡查。",
            {L: "甲局", S: "乙局", D: "2024年6月"},
            id="three labels",
        ),
        pytest.param(
            "巡查。【牵头单位：甲局】【完成时限：2024年】",
            "巡查。",
            {L: "甲局", D: "2024年"},
            id="two brackets",
        ),
        pytest.param(
            "巡查。〔牵头单位：甲局〕（2024年底前完成）",
            "巡查。",
            {L: "甲局", D: "2024年底前完成"},
            id="two kinds of brackets",
        ),
        pytest.param(
            "巡查。（甲局牵头，乙局配合）", "巡查。", {R: "甲局牵头，乙局配合"}, id="roles in words"
        ),
        pytest.param(
            "巡查。（市甲局牵头，2024年6月底前完成）",
            "巡查。",
            {R: "市甲局牵头", D: "2024年6月底前完成"},
            id="a date in words",
        ),
        pytest.param("巡查。（市甲局、市乙局）", "巡查。", {R: "市甲局、市乙局"}, id="names alone"),
        pytest.param(
            "巡查。责任单位：甲局；完成时限：2024年",
            "巡查。",
            {R: "甲局", D: "2024年"},
            id="no brackets",
        ),
        pytest.param(
            "巡查。牵头单位：甲局 配合单位：乙局", "巡查。", {L: "甲局", S: "乙局"}, id="by spaces"
        ),
        pytest.param(
            "巡查。（甲局牵头，乙局按职责分工负责。以下均需各市负责，不再列出）",
            "巡查。",
            {R: "甲局牵头，乙局按职责分工负责"},
            id="a remark on what follows",
        ),
        pytest.param(
            "巡查。（责任单位：甲局；责任人：某人）",
            "巡查。",
            {R: "甲局"},
            id="a person is no unit",
        ),
    ],
)
def test_a_duty_is_found_and_taken_out(text: str, left: str, parts: dict[Column, str]) -> None:
    duty = duty_of(text)

    assert duty is not None
    assert duty.parts == parts
    assert duty.text == left


@pytest.mark.parametrize(
    "text",
    [
        "规范堆存场所（含尾矿库）。",
        "制定实施方案（以下简称《方案》）。",
        "由管委会（以下简称高新区管委会）负责推进。",
        "提高回收率（%）",
        "（一）加强组织领导。",
        "各责任单位要提高认识。",
        "（联系人：某人，电话：123）",
        "",
    ],
)
def test_an_ordinary_bracket_names_nobody(text: str) -> None:
    duty = duty_of(text)

    assert duty is None or not duty.names_somebody
