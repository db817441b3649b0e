"""Text in the forms in which copies leave it."""

import pytest

from tasks_catalog.blocks import Paragraph, Table
from tasks_catalog.readers.text import parse


def _table(text: str) -> list[list[str]]:
    (table,) = (block for block in parse(text).blocks if isinstance(block, Table))
    return [[cell.words for cell in row.cells] for row in table.rows]


def _paragraphs(text: str) -> list[Paragraph]:
    return [block for block in parse(text).blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\t序号\n\t任务\n\t责任单位\n\n\t1\n\t巡查\n\t某局\n", id="one cell per TAB"),
        pytest.param("序号\t任务\t责任单位\n1\t巡查\t某局\n", id="TABs between columns"),
        pytest.param("|序号|任务|责任单位|\n|---|---|---|\n|1|巡查|某局|\n", id="bars and rules"),
        pytest.param("序号 | 任务 | 责任单位\n1 | 巡查 | 某局\n", id="bars inside"),
        pytest.param("序号｜任务｜责任单位\n1｜巡查｜某局\n", id="full-width bars"),
        pytest.param("┌─┬─┬─┐\n│序号│任务│责任单位│\n├─┼─┼─┤\n│1│巡查│某局│\n└─┴─┴─┘\n", id="box"),
        pytest.param(
            "+--+--+--+\n|序号|任务|责任单位|\n+--+--+--+\n|1|巡查|某局|\n+--+--+--+\n", id="ASCII"
        ),
        pytest.param("序号\n任务\n责任单位\n1\n巡查\n某局\n", id="one cell per line"),
        pytest.param("序号\n\n任务\n\n责任单位\n\n1\n\n巡查\n\n某局\n", id="with blank lines"),
    ],
)
def test_a_table_is_found_in_every_form(text: str) -> None:
    assert _table(text) == [["序号", "任务", "责任单位"], ["1", "巡查", "某局"]]


def test_an_annex_heading_directly_under_a_table_ends_it() -> None:
    blocks = parse("\t任务\n\t责任单位\n\n\t甲\n\t某局\n 附件2\n").blocks

    assert isinstance(blocks[-1], Paragraph)
    assert blocks[-1] == Paragraph(6, " 附件2")


def test_lines_are_counted_by_line_feeds_whatever_ends_them() -> None:
    assert [p.line for p in _paragraphs("甲\r\n\r\n乙\u2028乙\r\n丙")] == [1, 3, 4]


def test_entities_left_by_a_web_copy_are_read() -> None:
    assert _paragraphs("&ldquo;无废&rdquo;&nbsp;城市")[0].text == "“无废”\xa0城市"


def test_paragraphs_broken_into_lines_of_one_width_are_joined() -> None:
    words = "各有关单位要按照职责分工抓好任务落实并按季度报送进展情况"
    lines = ["某县工作方案", "　　" + words[:18], words[:20], words[:20], words[:9] + "。"] * 3

    texts = [paragraph.text for paragraph in _paragraphs("\n".join(lines))]

    assert texts[1] == "　　" + words[:18] + words[:20] + words[:20] + words[:9] + "。"
    assert len(texts) == 6


def test_short_paragraphs_of_different_lengths_are_left_alone() -> None:
    lines = ["甲" * length + "。" for length in (30, 7, 22, 3, 16, 28, 9, 25, 11)]

    assert len(_paragraphs("\n".join(lines))) == len(lines)
