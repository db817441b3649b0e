"""The mark fills its line, and name and date stand where a seal or none wants them."""

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.shared import Length
from docx.text.paragraph import Paragraph

from templates import render
from templates.fitting import NARROWEST, mark_size
from templates.paper.measures import (
    DATE,
    EM,
    NAME,
    SEALED_DATE,
    SEALED_NAME,
    TYPE_AREA,
)
from templates.samples import notices, rounds
from templates.titles import width
from templates.words import OfficialWords


def in_style(words: OfficialWords, style: str) -> Paragraph:
    document = Document(BytesIO(render.paper(words)))
    return next(line for line in document.paragraphs if line.style and line.style.name == style)


def from_right(line: Paragraph) -> float:
    indent = line.paragraph_format.right_indent
    return float(Length(indent or 0).pt) / EM


@pytest.mark.parametrize("length", range(4, 34))
def test_a_mark_stands_on_one_line(length: int) -> None:
    size, breadth = mark_size("办" * length, 36)

    assert length * size * breadth / 100 <= TYPE_AREA
    assert breadth >= NARROWEST


def test_a_short_mark_keeps_its_size_and_a_long_one_is_pressed_first() -> None:
    assert mark_size("章贡区人民政府", 36) == (36, 100)
    assert mark_size("办" * 18, 36)[0] == 36
    assert mark_size("办" * 30, 36) == (24.5, 60)


def test_an_unsealed_name_stands_two_characters_in_and_the_date_begins_two_further() -> None:
    name, date = in_style(rounds.summary, NAME), in_style(rounds.summary, DATE)

    starts = [from_right(line) + width(line.text) for line in (name, date)]
    assert from_right(name) == pytest.approx(2, abs=0.01)
    assert starts[0] - starts[1] == pytest.approx(2, abs=0.01)


def test_a_date_longer_than_the_name_stands_two_characters_in() -> None:
    words = replace(rounds.summary, mark="区政府办")

    name, date = in_style(words, NAME), in_style(words, DATE)

    assert from_right(date) == pytest.approx(2, abs=0.01)
    assert from_right(name) + 4 - (2 + width(date.text)) == pytest.approx(2, abs=0.01)


@pytest.mark.parametrize("mark", ["区政府办", "章贡区“无废城市”建设工作领导小组办公室"])
def test_a_sealed_name_stands_in_the_middle_over_the_date(mark: str) -> None:
    words = replace(notices.blue, mark=mark)

    name, date = in_style(words, SEALED_NAME), in_style(words, SEALED_DATE)

    middles = [from_right(line) + width(line.text) / 2 for line in (name, date)]
    assert middles[0] == pytest.approx(middles[1], abs=0.01)
    assert from_right(date) >= 3.99
    assert from_right(name) >= 0
