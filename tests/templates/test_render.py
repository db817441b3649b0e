"""Words become text and Word files: nothing is lost, nothing is evaluated, nothing is blank."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from supervision.errors import NotConfiguredError
from supervision.vocabulary import PaperKind
from templates import render
from templates.environments import texts, words_of
from templates.samples import notices
from templates.samples.papers import BY_KIND, shapes
from templates.words import DigestLine, DigestReport, DigestWords, PaperWords

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
HOSTILE = "管网<A&B>段{{ 7*7 }}{% for %}"


def lines_of(content: bytes) -> list[str]:
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
    line = replace(notices.blue.lines[0], title=HOSTILE, demand="")

    assert HOSTILE in lines_of(render.paper(replace(notices.blue, lines=(line,))))


def test_a_matter_without_a_date_that_only_lags_is_not_called_overdue() -> None:
    line = replace(
        notices.blue.lines[0],
        due_on=None,
        days_overdue=0,
        deadline_text="持续开展",
        demand="连续未报",
    )

    text = "\n".join(lines_of(render.paper(replace(notices.blue, lines=(line,)))))

    assert "逾期或者进展严重滞后，尚未申请销号" in text
    assert "已过完成时限" not in text
    assert "持续开展" in text
    assert f"{line.title}（连续未报）" in text


def test_signs_that_no_word_file_can_hold_are_left_out() -> None:
    content = render.paper(replace(notices.blue, addressee="区\x00工\x07信\x0c局"))

    assert "区工信局：" in lines_of(content)


@pytest.mark.parametrize("words", shapes().values(), ids=shapes())
def test_the_same_words_give_the_same_bytes(words: PaperWords) -> None:
    assert render.paper(words) == render.paper(words)


def test_a_notice_lists_every_matter_under_a_heading_that_repeats() -> None:
    lines = tuple(replace(notices.blue.lines[0], code=f"T{number:02d}") for number in range(1, 41))

    content = render.paper(replace(notices.blue, lines=lines))

    table = Document(BytesIO(content)).tables[0]
    assert [row.cells[1].text for row in table.rows][1:] == [line.code for line in lines]
    assert table._tbl.xpath("w:tr[1]/w:trPr/w:tblHeader")  # noqa: SLF001 - no API for it


def test_a_red_sheet_names_its_one_matter_in_words_and_what_went_before() -> None:
    text = "\n".join(lines_of(render.paper(notices.red)))

    assert "至今已逾期48天" in text
    assert "章无废督〔2025〕4号" in text
    assert "转入约谈建议" in text


def test_a_company_is_told_through_its_sponsor() -> None:
    text = "\n".join(lines_of(render.paper(notices.company)))

    assert "由区工信局转送" in text


@pytest.mark.parametrize(
    ("rung_of", "following"), [("blue", "黄色督办"), ("red", "约谈建议")], ids=["blue", "red"]
)
def test_a_notice_says_what_comes_next(rung_of: str, following: str) -> None:
    text = "\n".join(lines_of(render.paper(getattr(notices, rung_of))))

    assert f"将按规定转入{following}" in text


def test_an_office_replaces_a_template_by_its_own(tmp_path: Path) -> None:
    own = tmp_path / "supervision" / "document.docx"
    own.parent.mkdir()
    document = Document(str(render.template_of(PaperKind.SUPERVISION)))
    document.paragraphs[0].insert_paragraph_before("本办自己的模板")
    document.save(str(own))

    content = render.paper(notices.blue, folder=tmp_path)

    assert "本办自己的模板" in lines_of(content)
    assert "本办自己的模板" not in lines_of(render.paper(notices.blue))


@pytest.mark.parametrize("kind", list(BY_KIND), ids=lambda kind: kind.value)
def test_an_office_without_templates_of_its_own_has_the_shipped_ones(
    kind: PaperKind, tmp_path: Path
) -> None:
    assert render.paper(BY_KIND[kind], folder=tmp_path) == render.paper(BY_KIND[kind])


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ nobody }}", "没有“nobody”这个词"),
        ("{{ lines[0].nobody }}", "没有可用的“nobody”"),
        ("{{ title.upper }}", "没有可用的“upper”"),
        ("{% if title %}", "{% if %}没有配上它的结尾"),
        ("{% endif %}", "{% endif %}多余"),
    ],
)
def test_a_template_with_an_unknown_word_fails_loudly(tag: str, said: str, tmp_path: Path) -> None:
    own = tmp_path / "supervision" / "document.docx"
    own.parent.mkdir()
    document = Document(str(render.template_of(PaperKind.SUPERVISION)))
    document.add_paragraph(tag)
    document.save(str(own))

    with pytest.raises(NotConfiguredError, match=re.escape(said)):
        render.paper(notices.blue, folder=tmp_path)


def test_a_template_without_the_word_of_the_number_prints_no_paper(tmp_path: Path) -> None:
    own = tmp_path / "supervision" / "document.docx"
    own.parent.mkdir()
    document = Document(str(render.template_of(PaperKind.SUPERVISION)))
    for paragraph in document.paragraphs:
        if "{{ number }}" in paragraph.text:
            paragraph.runs[0].text = "章无废督〔2025〕1号"
    document.save(str(own))

    with pytest.raises(NotConfiguredError, match="缺少必须有的词“number”"):
        render.paper(notices.blue, folder=tmp_path)


def test_a_word_a_template_may_not_use_is_an_error_and_no_blank() -> None:
    with pytest.raises(UndefinedError):
        texts().from_string("{{ number }}").render(words_of(DIGEST))


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
        texts().from_string(escape).render(words_of(DIGEST))
