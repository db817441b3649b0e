"""Numbered paragraphs become a tree, whatever the style of the numbers."""

import pytest

from tasks_catalog.blocks import Paragraph
from tasks_catalog.outline import clean, numbering, outline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("一、总体要求", ("一、", "一", "总体要求"), id="一、"),
        pytest.param("（三）建设目标", ("（一）", "（三）", "建设目标"), id="（一）"),
        pytest.param("(三)建设目标", ("（一）", "（三）", "建设目标"), id="half-width brackets"),
        pytest.param("㈢建设目标", ("（一）", "（三）", "建设目标"), id="one character"),
        pytest.param("12.巡查。", ("1.", "12", "巡查。"), id="12."),
        pytest.param("3、巡查。", ("1.", "3", "巡查。"), id="3、"),
        pytest.param("4．巡查。", ("1.", "4", "巡查。"), id="full-width dot"),
        pytest.param("（2）巡查。", ("（1）", "（2）", "巡查。"), id="（1）"),
        pytest.param("⑵巡查。", ("（1）", "（2）", "巡查。"), id="bracketed digit"),
        pytest.param("③巡查。", ("①", "③", "巡查。"), id="①"),
        pytest.param("第十二条　巡查。", ("part", "第十二条", "巡查。"), id="第一条"),
        pytest.param("1.2 巡查。", ("1.1", "1.2", "巡查。"), id="1.1"),
    ],
)
def test_a_number_is_told_from_its_words(text: str, expected: tuple[str, str, str]) -> None:
    assert numbering(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2025年完成。",
        "37.60万吨。",
        "1.2万平方米。",
        "0.01毫米以下。",
        "一体化推进。",
        "（含尾矿库）。",
        "3",
    ],
)
def test_a_figure_or_a_bracket_is_no_number(text: str) -> None:
    assert numbering(text) is None


def test_a_style_seen_before_closes_all_levels_below_it() -> None:
    texts = ["一、甲", "（一）乙", "1.丙", "2.丁", "说明丁。", "（二）戊", "二、己", "1.庚"]
    roots, before = outline([Paragraph(at, text) for at, text in enumerate(texts, start=1)])

    paths = [(node.path, node.heading) for root in roots for node in root.walk()]

    assert before == []
    assert paths == [
        ("一", "甲"),
        ("一（一）", "乙"),
        ("一（一）1", "丙"),
        ("一（一）2", "丁"),
        ("一（二）", "戊"),
        ("二", "己"),
        ("二1", "庚"),
    ]
    assert roots[0].children[0].children[1].plain == [Paragraph(5, "说明丁。")]


def test_marks_of_text_extraction_are_no_text() -> None:
    assert clean("[bookmark: _Toc1][bookmark: _x]\u200b　一、甲 ") == "一、甲"
