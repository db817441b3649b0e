"""What Word keeps beside the flow: read where it is printed, else listed as unread, never lost."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tasks_catalog.extract import read_plan
from tasks_catalog.model import ReadPlan
from tests.tasks_catalog.accounting import missing_from, runs_of_word
from tests.tasks_catalog.sample_files import UP, Rows, table

W = nsdecls("w")
TASKS: Rows = [
    ["序号", "任务", "完成时限", "责任单位"],
    ["1", "修缮堤防", "2024年６月底前", "县水利局"],
    ["2", "清理河道", "3月底前", "县水利局、县城管局"],
]


def _plan(path: Path, change: Callable[[WordDocument], None]) -> ReadPlan:
    document = docx.Document()
    document.add_paragraph("长河县2024年河湖治理任务清单")
    table(document, TASKS)
    change(document)
    document.save(str(path))
    plan = read_plan(path)
    assert missing_from(plan, runs_of_word(path)) == []
    return plan


def _append(document: WordDocument, inner: str) -> None:
    document.element.body.insert(-1, parse_xml(f"<w:p {W}>{inner}</w:p>"))


def _unread(plan: ReadPlan) -> list[str]:
    return [line.text for line in plan.unread]


def test_full_width_digits_and_deadlines_without_a_year_are_dated(tmp_path: Path) -> None:
    plan = _plan(tmp_path / "a.docx", lambda _: None)

    assert [str(item.due_on) for item in plan.work_items] == ["2024-06-30", "2024-03-31"]
    assert plan.work_items[0].deadline_text == "2024年６月底前"


def test_a_text_box_is_listed_once_although_the_file_holds_it_twice(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框内说明</w:t></w:r></w:p></w:txbxContent>"
    both = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility'
        f'/2006"><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )

    plan = _plan(tmp_path / "a.docx", lambda document: _append(document, both))

    assert _unread(plan) == ["〔文本框〕框内说明"]


def test_a_content_control_is_part_of_the_text(tmp_path: Path) -> None:
    control = (
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>控件里的段落</w:t></w:r></w:sdtContent></w:sdt>"
    )

    plan = _plan(tmp_path / "a.docx", lambda document: _append(document, control))

    assert "控件里的段落" in [line.text for line in plan.narrative]
    assert plan.unread == []


def test_a_row_in_a_content_control_is_a_row(tmp_path: Path) -> None:
    def wrap(document: WordDocument) -> None:
        row = document.tables[0].rows[2]._tr  # noqa: SLF001
        control = parse_xml(f"<w:sdt {W}><w:sdtPr/><w:sdtContent/></w:sdt>")
        row.addprevious(control)
        control[1].append(row)

    plan = _plan(tmp_path / "a.docx", wrap)

    assert [item.title for item in plan.work_items] == ["修缮堤防", "清理河道"]


def test_a_tracked_insertion_is_read_and_reported(tmp_path: Path) -> None:
    inserted = '<w:ins w:id="1" w:author="x"><w:r><w:t>新增的一句</w:t></w:r></w:ins>'

    plan = _plan(tmp_path / "a.docx", lambda document: _append(document, inserted))

    assert "新增的一句" in [line.text for line in plan.narrative]
    assert any("未接受的插入修订" in finding.text for finding in plan.findings)


def test_a_tracked_deletion_is_not_read_but_listed(tmp_path: Path) -> None:
    deleted = '<w:del w:id="1" w:author="x"><w:r><w:delText>删去的一句</w:delText></w:r></w:del>'

    plan = _plan(tmp_path / "a.docx", lambda document: _append(document, deleted))

    assert _unread(plan) == ["〔已删除的修订〕删去的一句"]


def test_a_row_that_was_deleted_under_tracking_is_no_task(tmp_path: Path) -> None:
    def delete(document: WordDocument) -> None:
        row = document.tables[0].rows[2]._tr  # noqa: SLF001
        row.insert(0, parse_xml(f'<w:trPr {W}><w:del w:id="1" w:author="x"/></w:trPr>'))

    plan = _plan(tmp_path / "a.docx", delete)

    assert [item.title for item in plan.work_items] == ["修缮堤防"]
    assert "清理河道" in "".join(_unread(plan))


def test_a_smart_tag_and_a_hyperlink_print_their_text(tmp_path: Path) -> None:
    wrapped = (
        '<w:smartTag w:element="date"><w:r><w:t>二〇二四年</w:t></w:r></w:smartTag>'
        '<w:hyperlink w:anchor="a"><w:r><w:t>附表</w:t></w:r></w:hyperlink>'
    )

    plan = _plan(tmp_path / "a.docx", lambda document: _append(document, wrapped))

    assert "二〇二四年附表" in [line.text for line in plan.narrative]


def test_hidden_text_is_listed(tmp_path: Path) -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部备注</w:t></w:r>"

    plan = _plan(tmp_path / "a.docx", lambda document: _append(document, hidden))

    assert _unread(plan) == ["〔隐藏的文字〕内部备注"]


def test_headers_footers_and_comments_are_listed_but_page_numbers_are_not(tmp_path: Path) -> None:
    def add(document: WordDocument) -> None:
        document.sections[0].header.paragraphs[0].text = "内部资料"
        document.sections[0].footer.paragraphs[0].text = "— 1 —"
        paragraph = document.paragraphs[0]
        document.add_comment(paragraph.runs, text="请核对", author="某人")

    plan = _plan(tmp_path / "a.docx", add)

    assert sorted(_unread(plan)) == ["〔批注〕请核对", "〔页眉〕内部资料"]


def test_a_table_inside_a_cell_is_listed(tmp_path: Path) -> None:
    def nest(document: WordDocument) -> None:
        document.tables[0].cell(1, 1).add_table(1, 2).cell(0, 1).text = "内表文字"

    plan = _plan(tmp_path / "a.docx", nest)

    assert any("内表文字" in text for text in _unread(plan))


def test_text_under_a_vertical_merge_is_listed(tmp_path: Path) -> None:
    def cover(document: WordDocument) -> None:
        rows: Rows = [
            ["序号", "任务", "完成时限", "责任单位"],
            ["1", "巡查", "每月", "县水利局"],
            ["2", UP, "每季度", "县水利局"],
        ]
        grid = table(document, rows)
        below = grid.rows[2]._tr.tc_lst[1]  # noqa: SLF001
        below.p_lst[0].append(parse_xml(f"<w:r {W}><w:t>遮住的字</w:t></w:r>"))

    plan = _plan(tmp_path / "a.docx", cover)

    assert _unread(plan) == ["〔被合并单元格遮住的文字〕遮住的字"]


def test_a_frame_of_one_cell_around_everything_is_opened(tmp_path: Path) -> None:
    document = docx.Document()
    frame = document.add_table(1, 1).cell(0, 0)
    frame.paragraphs[0].text = "长河县2024年任务清单"
    inner = frame.add_table(2, 3)
    for column, (heading, value) in enumerate(
        [("任务", "修缮堤防"), ("完成时限", "2024年"), ("责任单位", "县水利局")]
    ):
        inner.cell(0, column).text, inner.cell(1, column).text = heading, value
    document.save(str(tmp_path / "a.docx"))

    plan = read_plan(tmp_path / "a.docx")

    assert [item.title for item in plan.work_items] == ["修缮堤防"]


def test_a_soft_line_break_divides_paragraphs(tmp_path: Path) -> None:
    broken = "<w:r><w:t>一、重点工作</w:t><w:br/><w:t>1.巡查。（县水利局）</w:t></w:r>"

    plan = _plan(tmp_path / "a.docx", lambda document: _append(document, broken))

    assert [(measure.path, measure.section) for measure in plan.measures] == [("一1", "重点工作")]


def test_footnotes_are_listed(tmp_path: Path) -> None:
    source = tmp_path / "a.docx"
    _plan(source, lambda _: None)
    noted = tmp_path / "b.docx"
    note = '<w:footnote w:id="1"><w:p><w:r><w:t>脚注文字</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {W}>{note}</w:footnotes>"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(noted, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/footnotes.xml", notes)

    plan = read_plan(noted)

    assert _unread(plan) == ["〔脚注〕脚注文字"]


@pytest.mark.parametrize("number", ["0", "-1", "x", "999999999"])
def test_a_broken_column_span_neither_fails_nor_loses_text(tmp_path: Path, number: str) -> None:
    def span(document: WordDocument) -> None:
        properties = document.tables[0].cell(1, 1)._tc.get_or_add_tcPr()  # noqa: SLF001
        properties.append(parse_xml(f'<w:gridSpan {W} w:val="{number}"/>'))

    _plan(tmp_path / "a.docx", span)
