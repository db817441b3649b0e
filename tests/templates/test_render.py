"""Words become text and Word files: nothing is lost, nothing is evaluated, nothing is blank."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from templates import render
from templates.words import DigestLine, DigestReport, DigestWords, NoticeLine, NoticeWords

DAY = date(2025, 1, 2)
LINE = DigestLine(code="T07", title="制定管理文件", due_on=date(2024, 12, 31), days=2)
DIGEST = DigestWords(
    unit="区工信局",
    office="领导小组办公室",
    day=DAY,
    reports=(),
    inputs=(),
    unsigned=(),
    unsigned_more=0,
    overdue=(LINE,),
    overdue_more=0,
    near=(),
    near_more=0,
    overdue_in_all=1,
)
NOTICE = NoticeWords(
    number="（草稿）",
    rung="蓝色督办",
    issuer="领导小组办公室",
    addressee="区工信局",
    plan_title="实施方案",
    plan_number="区府办字〔2024〕11号",
    lines=(
        NoticeLine(
            code="T07",
            title="制定管理文件",
            deadline_text="2024年",
            due_on=date(2024, 12, 31),
            days_overdue=2,
        ),
    ),
    as_of=DAY,
    reply_days=10,
    remark="",
)
HOSTILE = "管网<A&B>段{{ 7*7 }}{% for %}"


def texts(content: bytes) -> list[str]:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def test_a_digest_names_what_is_overdue_and_since_when() -> None:
    subject, body = render.digest(DIGEST)

    assert subject == "【督办提醒】区工信局：逾期1项（2025年1月2日）"
    assert "1. T07 制定管理文件（时限 2024年12月31日，已逾期 2 天）" in body
    assert "\n\n\n" not in body


def test_a_digest_counts_what_it_does_not_name() -> None:
    _, body = render.digest(replace(DIGEST, overdue_more=530))

    assert "## 已逾期 531 项" in body
    assert "另有 530 项" in body


def test_a_digest_asks_for_reports_by_their_day() -> None:
    report = DigestReport(
        period="2025年第一季度", due_on=date(2025, 3, 25), urge="请按期报送", lines=(LINE,), more=0
    )

    subject, body = render.digest(replace(DIGEST, overdue=(), reports=(report,)))

    assert subject == "【督办提醒】区工信局：应报1项（2025年1月2日）"
    assert "报送截止：2025年3月25日" in body


def test_an_item_told_to_another_unit_says_whose_it_is() -> None:
    _, body = render.digest(replace(DIGEST, overdue=(replace(LINE, owner="方大集团"),)))

    assert "责任单位：方大集团，请督促" in body


def test_hostile_text_stays_as_it_is_in_a_digest() -> None:
    _, body = render.digest(replace(DIGEST, overdue=(replace(LINE, title=HOSTILE),)))

    assert HOSTILE in body


def test_hostile_text_stays_as_it_is_in_a_word_file() -> None:
    line = replace(NOTICE.lines[0], title=HOSTILE)

    assert HOSTILE in texts(render.notice(replace(NOTICE, lines=(line,))))


def test_a_notice_lists_every_matter_under_a_heading_that_repeats() -> None:
    lines = tuple(replace(NOTICE.lines[0], code=f"T{number:02d}") for number in range(1, 41))

    content = render.notice(replace(NOTICE, lines=lines))

    table = Document(BytesIO(content)).tables[0]
    assert [row.cells[1].text for row in table.rows][1:] == [line.code for line in lines]
    assert table._tbl.xpath("w:tr[1]/w:trPr/w:tblHeader")  # noqa: SLF001 - no API for it


def test_a_notice_keeps_the_measures_of_an_official_paper() -> None:
    section = Document(BytesIO(render.notice(NOTICE))).sections[0]

    millimetres = [
        round(length.mm)
        for length in (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.left_margin,
            section.bottom_margin,
            section.right_margin,
        )
        if length is not None
    ]
    assert millimetres == [210, 297, 37, 28, 35, 26]


def test_a_word_a_template_may_not_use_is_an_error_and_no_blank() -> None:
    with pytest.raises(UndefinedError):
        render.texts().from_string("{{ number }}").render(render.words_of(DIGEST))


@pytest.mark.parametrize(
    "escape",
    [
        "{{ unit.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ unit|attr('__class__') }}",
        "{{ '%s'|format(unit.__class__) }}",
    ],
)
def test_a_template_cannot_reach_outside_its_words(escape: str) -> None:
    with pytest.raises(SecurityError):
        render.texts().from_string(escape).render(render.words_of(DIGEST))
