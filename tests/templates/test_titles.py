"""A title breaks at words, evenly, and never leaves a stump."""

import pytest

from templates.titles import LINE, in_lines, width

TITLES = [
    "关于限期办理“无废城市”建设逾期任务的督办通知（蓝色）",
    "关于2024年第四季度“无废城市”建设工作推进情况的督查通报",
    "关于同意生活垃圾分类专项规划编制任务延期的批复",
    "关于限期办理《赣州市章贡区“无废城市”建设实施方案（2023-2025年）》逾期事项的督办通知（蓝色）",
    "关于抓紧办理逾期事项的蓝色督办通知",
    "二〇二五年上半年全区固体废物综合治理和资源化利用重点任务推进情况总结",
]


def test_a_title_that_fits_stays_on_one_line() -> None:
    assert in_lines("关于约谈区工信局主要负责人的建议") == "关于约谈区工信局主要负责人的建议"


def test_breaks_that_an_office_made_are_kept() -> None:
    assert in_lines("关于开展调度的\n通知") == "关于开展调度的\n通知"


@pytest.mark.parametrize("title", TITLES)
def test_a_long_title_loses_nothing_and_fits_its_lines(title: str) -> None:
    lines = in_lines(title).split("\n")

    assert "".join(lines) == title
    assert max(width(line) for line in lines) <= LINE


@pytest.mark.parametrize("title", TITLES)
def test_no_line_of_a_title_is_a_stump(title: str) -> None:
    lines = in_lines(title).split("\n")

    assert min(width(line) for line in lines) >= max(width(line) for line in lines) / 2


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        pytest.param(
            TITLES[1],
            ["关于2024年第四季度“无废城市”", "建设工作推进情况的督查通报"],
            id="at the quotation",
        ),
        pytest.param(
            TITLES[2], ["关于同意生活垃圾分类专项", "规划编制任务延期的批复"], id="between words"
        ),
    ],
)
def test_a_title_breaks_where_a_reader_would(title: str, lines: list[str]) -> None:
    assert in_lines(title).split("\n") == lines


@pytest.mark.parametrize("word", ["督办通知", "第四季度", "2024", "（蓝色）", "领导小组办公室"])
@pytest.mark.parametrize("before", range(8, 20))
def test_no_known_word_number_or_bracket_is_torn(word: str, before: int) -> None:
    title = "甲" * before + word + "乙" * 12

    assert word in in_lines(title).replace("\n", "|")


def test_a_title_without_any_word_still_fits() -> None:
    lines = in_lines("甲" * 70).split("\n")

    assert [len(line) <= LINE for line in lines] == [True] * len(lines)
