"""Sheets show numbers by their format; what they hide or compute is said."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tasks_catalog.extract import read_plan
from tasks_catalog.model import ReadPlan
from tasks_catalog.readers.number_format import shown
from tests.tasks_catalog.accounting import cells_of_workbook, missing_from

HEADINGS = ["序号", "任务", "完成时限", "责任单位", "投资（万元）"]
DAY = 45_473  # 2024-06-30 as Excel counts


def _plan(
    path: Path, change: Callable[[Workbook, Worksheet], None], *, since_1904: bool = False
) -> ReadPlan:
    book = xlsxwriter.Workbook(str(path), {"date_1904": since_1904})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "长河县2024年任务清单")
    sheet.write_row(1, 0, HEADINGS)
    sheet.write_row(2, 0, [1, "修缮堤防", "2024年", "县水利局", 100])
    change(book, sheet)
    book.close()
    plan = read_plan(path)
    assert missing_from(plan, cells_of_workbook(path)) == []
    return plan


@pytest.mark.parametrize("since_1904", [False, True], ids=["since 1900", "since 1904"])
@pytest.mark.parametrize(
    ("form", "printed", "due_on"),
    [
        pytest.param("yyyy-mm-dd", "2024年6月30日", "2024-06-30", id="a day"),
        pytest.param('yyyy"年"m"月"', "2024年6月", "2024-06-30", id="a month stays a month"),
        pytest.param("yyyy", "2024年", "2024-12-31", id="a year stays a year"),
    ],
)
def test_a_date_is_as_precise_as_it_is_shown(
    tmp_path: Path, form: str, printed: str, due_on: str, *, since_1904: bool
) -> None:
    def write(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_datetime(2, 2, date(2024, 6, 30), book.add_format({"num_format": form}))

    plan = _plan(tmp_path / "a.xlsx", write, since_1904=since_1904)

    assert plan.work_items[0].deadline_text == printed
    assert str(plan.work_items[0].due_on) == due_on


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        pytest.param(0.376, "0.0%", "37.6%", id="percent"),
        pytest.param(37.6, "0.00", "37.60", id="decimals are kept"),
        pytest.param(1234567.0, "#,##0", "1234567", id="thousands"),
        pytest.param(0.1 + 0.2, "", "0.3", id="no binary dust"),
        pytest.param(5.0, "", "5", id="whole"),
        pytest.param(DAY, "[$-804]yyyy年m月d日;@", "2024年6月30日", id="Chinese date"),
        pytest.param(DAY, "h:mm", "45473", id="a time is no date"),
        pytest.param(-1.0, "yyyy-mm-dd", "-1", id="before all days"),
    ],
)
def test_a_number_is_shown_by_its_format(number: float, form: str, text: str) -> None:
    assert shown(number, form) == text


def test_a_formula_gives_its_stored_value_and_is_reported(tmp_path: Path) -> None:
    def write(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_formula(2, 4, "=SUM(A1:A9)", None, 250)

    plan = _plan(tmp_path / "a.xlsx", write)

    assert plan.work_items[0].investment_wan == 250
    assert any("公式的计算结果" in finding.text for finding in plan.findings)


def test_a_formula_without_a_stored_value_is_listed(tmp_path: Path) -> None:
    def write(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_formula(2, 4, "=SUM(A1:A9)", None, "")

    plan = _plan(tmp_path / "a.xlsx", write)

    assert plan.work_items[0].investment_wan is None
    assert [line.text for line in plan.unread] == ["〔公式〕（公式，没有存下结果）"]


def test_hidden_rows_columns_and_sheets_are_listed_not_read(tmp_path: Path) -> None:
    def hide(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_row(3, 0, [2, "隐藏的任务", "2024年", "县水利局", 1])
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.write(2, 6, "隐藏的列")
        sheet.set_column(6, 6, None, None, {"hidden": True})
        other = book.add_worksheet("选项")
        other.write(0, 0, "隐藏的表")
        other.hide()

    plan = _plan(tmp_path / "a.xlsx", hide)

    assert [item.title for item in plan.work_items] == ["修缮堤防"]
    texts = "".join(line.text for line in plan.unread)
    assert all(word in texts for word in ("隐藏的任务", "隐藏的列", "隐藏的表"))


def test_a_comment_is_listed(tmp_path: Path) -> None:
    def comment(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_comment(2, 1, "请核对", {"author": ""})

    plan = _plan(tmp_path / "a.xlsx", comment)

    assert "〔批注〕请核对" in [line.text for line in plan.unread]


def test_two_lists_on_one_sheet_are_two_lists(tmp_path: Path) -> None:
    def write(_: Workbook, sheet: Worksheet) -> None:
        sheet.merge_range(5, 0, 5, 4, "长河县2024年项目清单")
        sheet.write_row(6, 0, ["序号", "项目名称", "建成时间", "责任单位", "总投资（亿元）"])
        sheet.write_row(7, 0, [1, "新建泵站", "2024年12月", "县水利局", 0.5])

    plan = _plan(tmp_path / "a.xlsx", write)

    assert [item.code for item in plan.work_items] == ["T01", "P01"]
    assert plan.work_items[1].investment_wan == 5000


def test_sheets_are_read_in_order_each_as_its_own_part(tmp_path: Path) -> None:
    def write(book: Workbook, _: Worksheet) -> None:
        second = book.add_worksheet("附件2")
        second.write_row(0, 0, HEADINGS)
        second.write_row(1, 0, [1, "清理河道", "2024年", "县城管局", 5])

    plan = _plan(tmp_path / "a.xlsx", write)

    assert [(item.title, item.source.section) for item in plan.work_items] == [
        ("修缮堤防", "正文"),
        ("清理河道", "附件2"),
    ]
    assert [unit.name for unit in plan.units] == ["县水利局", "县城管局"]
