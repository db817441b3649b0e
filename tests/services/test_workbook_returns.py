"""A unit's workbook comes back filled in: every cell is told apart, and reported once."""

from dataclasses import replace

import pytest
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from db.life_tables import ProgressReport
from services.office import Office
from services.report_content import ReportContent
from services.workbook_returns import preview
from supervision.vocabulary import CellFate, Decision, Role, RowFate
from tests.dispatch_quarter import (
    DAYS,
    DONE,
    FOURTH,
    THIRD,
    count,
    exported,
    fates,
    liaison,
    open_fourth,
    report_by_command,
    reported,
    seen,
    taken,
)
from tests.dispatch_tables import (
    address,
    column_of,
    edited,
    filled,
    rewritten,
    row_of,
    shown,
)


def test_what_was_filled_in_is_reported_and_nothing_else(in_fourth: Office) -> None:
    content = filled(
        exported(in_fourth),
        DONE | {("P01", "progress"): "开工", ("P01", "invested_wan"): 12.5},
    )

    done = taken(in_fourth, content)

    assert done.handed_in == ("T01", "P01")
    assert done.unchanged == ("T02",)
    first, project = reported(in_fourth, "T01"), reported(in_fourth, "P01")
    assert first is not None
    assert project is not None
    assert (first.progress, first.percent, first.reported_by) == ("印发方案", 60, "张三")
    assert str(project.invested_wan) == "12.50"
    assert reported(in_fourth, "T02") is None


def test_looking_at_a_workbook_changes_nothing(in_fourth: Office) -> None:
    looked = seen(in_fourth, filled(exported(in_fourth), DONE))

    assert fates(looked)["T01"] is RowFate.READY
    assert count(in_fourth, ProgressReport) == 0


def test_last_quarters_text_is_prefilled_and_does_not_count_until_somebody_writes(
    in_third: Office,
) -> None:
    report_by_command(in_third, "T01", "三季度完成初稿", period=THIRD)
    open_fourth(in_third)
    content = exported(in_third)

    looked = seen(in_third, content)

    assert shown(content, "T01", "progress") == "三季度完成初稿"
    assert shown(content, "T01", "percent") == 10
    assert set(fates(looked).values()) == {RowFate.UNCHANGED}
    assert looked.rows[0].reason == "没有改动，本季未报"


def test_a_report_with_the_old_text_under_a_new_share_is_taken_with_a_remark(
    in_third: Office,
) -> None:
    report_by_command(in_third, "T01", "三季度完成初稿", period=THIRD)
    open_fourth(in_third)

    row = seen(in_third, filled(exported(in_third), {("T01", "percent"): 30})).rows[0]

    assert (row.fate, row.reason) == (RowFate.READY, "本季进展与上次相同，请核对")
    assert row.content == ReportContent(progress="三季度完成初稿", percent=30)


def test_each_cell_says_whether_it_is_new_or_changed_and_from_what(in_third: Office) -> None:
    report_by_command(in_third, "T01", "完成初稿", period=THIRD)
    open_fourth(in_third)
    content = filled(
        exported(in_third), {("T01", "progress"): "正式印发", ("T01", "problems"): "缺经费"}
    )

    cells = {cell.column: cell for cell in seen(in_third, content).rows[0].cells}

    changed, added = cells["本季进展"], cells["存在问题"]
    assert (changed.fate, changed.before, changed.after) == (
        CellFate.CHANGED,
        "完成初稿",
        "正式印发",
    )
    assert (added.fate, added.before, added.after) == (CellFate.ADDED, "", "缺经费")
    assert changed.address == address(content, "T01", "progress")


def test_an_emptied_main_text_is_refused(in_third: Office) -> None:
    report_by_command(in_third, "T01", "完成初稿", period=THIRD)
    open_fourth(in_third)

    row = seen(in_third, filled(exported(in_third), {("T01", "progress"): None})).rows[0]

    assert row.fate is RowFate.REFUSED
    assert "没有填写本季进展" in row.reason


@pytest.mark.parametrize(
    "formula",
    [
        pytest.param("=NOW()", id="volatile"),
        pytest.param("=60+1", id="plain"),
        pytest.param("='[其他.xlsx]表'!$A$1", id="of another file"),
        pytest.param('=WEBSERVICE("http://a.example")', id="from the network"),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_formula_is_refused_with_its_address_and_its_stored_result_not_taken(  # SEC12
    in_fourth: Office, formula: str
) -> None:
    content = filled(exported(in_fourth), DONE | {("T01", "percent"): formula})
    content = rewritten(
        content, "xl/worksheets/sheet1.xml", r"(</f>)<v\s*/?>(</v>)?", r"\1<v>77</v>"
    )

    row = seen(in_fourth, content).rows[0]

    at = address(content, "T01", "percent")
    fault = next(cell for cell in row.cells if cell.fate is CellFate.REFUSED)
    assert (row.fate, row.content) == (RowFate.REFUSED, None)
    assert (fault.address, fault.reason) == (at, "是公式，请改为直接填写的内容")
    assert taken(in_fourth, content).handed_in == ()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_array_formula_is_a_formula(in_fourth: Office) -> None:  # SEC12
    def array(sheet: Worksheet) -> None:
        at = sheet.cell(row_of(sheet, "T01"), column_of(sheet, "progress")).coordinate
        sheet[at] = ArrayFormula(at, "=A1:A2")

    row = seen(in_fourth, edited(exported(in_fourth), array)).rows[0]

    assert [cell.fate for cell in row.cells] == [CellFate.REFUSED]


def test_a_wrong_number_refuses_its_row_and_no_other(in_fourth: Office) -> None:
    content = filled(
        exported(in_fourth), DONE | {("T01", "percent"): 120, ("T02", "progress"): "完成"}
    )

    done = taken(in_fourth, content)

    assert done.handed_in == ("T02",)
    (refusal,) = done.refused
    assert refusal.code == "T01"
    assert refusal.reason == f"{address(content, 'T01', 'percent')} 120 不在 0 到 100 之间"


def test_a_share_that_falls_unexplained_is_refused_before_anything_is_written(
    in_third: Office,
) -> None:
    report_by_command(in_third, "T01", "完成初稿", period=THIRD)
    accept(in_third, "T01", THIRD)
    open_fourth(in_third)

    row = seen(in_third, filled(exported(in_third), {("T01", "percent"): 5})).rows[0]

    assert row.fate is RowFate.REFUSED
    assert "由10%降为5%" in row.reason


def accept(office: Office, code: str, period: str) -> None:
    """Have the version that stands accepted, whoever reviews."""
    report = reported(office, code, period)
    assert report is not None
    with office.transaction() as session:
        stored = session.get_one(ProgressReport, report.id)
        stored.verdict = Decision.APPROVED
        session.add(stored)


def test_a_locked_cell_that_was_changed_is_named_and_ignored(in_fourth: Office) -> None:
    content = filled(exported(in_fourth), DONE | {("T01", "due"): "2029-12-31"})

    looked = seen(in_fourth, content)

    row = looked.rows[0]
    ignored = [cell for cell in row.cells if cell.fate is CellFate.IGNORED]
    assert [cell.address for cell in ignored] == [address(content, "T01", "due")]
    assert row.fate is RowFate.READY
    assert not looked.is_clean
    assert taken(in_fourth, content).handed_in == ("T01",)


def test_money_cannot_be_reported_on_a_task(in_fourth: Office) -> None:
    content = filled(exported(in_fourth), DONE | {("T01", "invested_wan"): 5})

    row = seen(in_fourth, content).rows[0]

    assert row.content is not None
    assert row.content.invested_wan is None
    assert CellFate.IGNORED in {cell.fate for cell in row.cells}


def test_a_supervisor_of_the_unit_cannot_report(in_fourth: Office) -> None:
    content = filled(exported(in_fourth), DONE)
    with in_fourth.reading() as session:
        watcher = replace(liaison(session), roles=frozenset({Role.SUPERVISOR}))
        looked = preview(session, content, watcher, in_fourth, name="表.xlsx", as_of=DAYS[FOURTH])

    assert looked.rows[0].fate is RowFate.REFUSED
    assert "不能填报进展" in looked.rows[0].reason
