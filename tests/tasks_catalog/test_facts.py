"""The head of a document: title, number, issuer, date and period."""

from datetime import date

import pytest

from tasks_catalog.blocks import Paragraph
from tasks_catalog.facts import Head, head_of


def _head(*lines: str) -> Head:
    paragraphs = [Paragraph(at, line) for at, line in enumerate(lines, start=1)]
    return head_of(paragraphs, paragraphs)


def test_a_notice_and_the_plan_under_it() -> None:
    head = _head(
        "临江市人民政府办公室关于印发",
        "临江市治水三年行动计划的通知",
        "临政办发〔2024〕6 号",
        "各区县人民政府：",
        "现印发给你们，请认真贯彻执行。",
        "临江市人民政府办公室",
        "二〇二四年二月二十日",
        "（此件公开发布）",
        "临江市治水三年行动计划",
        "（2024—2026年）",
        "为做好治水工作，制定本计划。",
    )

    assert head.title == "临江市治水三年行动计划（2024—2026年）"
    assert head.document_number == "临政办发〔2024〕6号"
    assert head.issuer == "临江市人民政府办公室"
    assert head.issued_on == date(2024, 2, 20)
    assert (head.period_from, head.period_to) == (2024, 2026)


def test_a_notice_whose_plan_is_an_annex_gives_its_title() -> None:
    head = _head("某县人民政府关于印发《某县2025年防汛方案》的通知", "各镇人民政府：")

    assert head.title == "某县2025年防汛方案"
    assert head.issuer == "某县人民政府"
    assert (head.period_from, head.period_to) == (2025, 2025)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("区府办字〔2024〕11号", "区府办字〔2024〕11号"),
        ("(京政办发[2016]26号)", "京政办发[2016]26号"),
        ("文号：某府发〔2023〕第5号", "某府发〔2023〕第5号"),
    ],
)
def test_a_document_number_in_any_brackets(line: str, number: str) -> None:
    assert _head(line, "某县工作方案").document_number == number


def test_an_impossible_date_dates_nothing() -> None:
    assert _head("某县工作方案", "2024年2月30日").issued_on is None


def test_the_printing_line_gives_issuer_and_date_where_the_head_does_not() -> None:
    head = _head("某县工作方案", "某县人民政府办公室        2024年5月6日印发")

    assert (head.issuer, head.issued_on) == ("某县人民政府办公室", date(2024, 5, 6))


def test_without_a_title_there_is_none() -> None:
    assert _head("一段没有标题的话，到此为止。").title is None
