"""Workbooks that people cut about, or that are not what they say: nothing wrong is taken in."""

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from services.office import Office
from services.report_content import ReportContent
from services.settings import read_settings
from supervision.errors import UnreadableDocumentError, UsageError
from supervision.rights import NotAllowedError
from supervision.vocabulary import RowFate
from tests.dispatch_quarter import (
    DONE,
    HEALTH,
    THIRD,
    exported,
    open_fourth,
    report_by_command,
    seen,
    taken,
)
from tests.dispatch_tables import (
    book_of,
    column_of,
    edited,
    filled,
    rewritten,
    row_of,
    saved,
    shown,
)


def swap(sheet: Worksheet) -> None:
    first, last = row_of(sheet, "T01"), row_of(sheet, "P01")
    for column in range(1, sheet.max_column + 1):
        above, below = sheet.cell(first, column), sheet.cell(last, column)
        above.value, below.value = below.value, above.value


def test_rows_may_be_put_in_another_order(in_fourth: Office) -> None:
    content = edited(filled(exported(in_fourth), DONE), swap)

    assert taken(in_fourth, content).handed_in == ("T01",)


def test_a_deleted_row_is_named_and_its_item_left_alone(in_fourth: Office) -> None:
    content = edited(
        filled(exported(in_fourth), DONE),
        lambda sheet: sheet.delete_rows(row_of(sheet, "T02")),
    )

    looked = seen(in_fourth, content)

    assert looked.remarks == ("表中没有 T02，这些事项不作改动",)
    assert taken(in_fourth, content).handed_in == ("T01",)


def test_a_row_that_somebody_added_is_refused(in_fourth: Office) -> None:
    def add(sheet: Worksheet) -> None:
        sheet.insert_rows(5)
        sheet["C5"], sheet["H5"] = "新任务", "新进展"

    content = edited(filled(exported(in_fourth), DONE), add)

    added = next(row for row in seen(in_fourth, content).rows if not row.code)
    assert (added.row, added.fate) == (5, RowFate.REFUSED)
    assert "没有事项标识" in added.reason
    assert taken(in_fourth, content).handed_in == ("T01",)


def test_a_row_that_stands_twice_is_refused_both_times(in_fourth: Office) -> None:
    def copy(sheet: Worksheet) -> None:
        end = sheet.max_row + 1
        for column in range(1, sheet.max_column + 1):
            sheet.cell(end, column).value = sheet.cell(row_of(sheet, "T01"), column).value

    rows = seen(in_fourth, edited(filled(exported(in_fourth), DONE), copy)).rows

    assert [row.fate for row in rows if row.code == "T01"] == [RowFate.REFUSED] * 2


def test_a_row_of_another_round_or_unit_is_refused(in_third: Office) -> None:
    old = exported(in_third, THIRD)
    open_fourth(in_third)

    def take_over(sheet: Worksheet) -> None:
        strange = shown(old, "T02", "_id")
        sheet.cell(row_of(sheet, "T02"), column_of(sheet, "_id")).value = strange

    looked = seen(in_third, edited(filled(exported(in_third), DONE), take_over))

    refused = [row for row in looked.rows if row.fate is RowFate.REFUSED]
    assert [row.reason for row in refused] == ["该行不是本单位本轮的应报事项，不予采用"]


def test_columns_may_be_moved_and_rows_put_above(in_fourth: Office) -> None:
    def rearrange(sheet: Worksheet) -> None:
        sheet.insert_rows(1, 2)
        sheet.insert_cols(3)

    content = edited(filled(exported(in_fourth), DONE), rearrange)

    assert taken(in_fourth, content).handed_in == ("T01",)


def test_a_column_that_is_gone_changes_nothing_and_is_named(in_third: Office) -> None:
    report_by_command(in_third, "T01", "完成初稿", period=THIRD)
    open_fourth(in_third)
    content = edited(
        filled(exported(in_third), {("T01", "progress"): "印发"}),
        lambda sheet: sheet.delete_cols(column_of(sheet, "percent")),
    )

    looked = seen(in_third, content)

    assert looked.remarks == ("表中缺少“累计进度%”列，相应内容不作改动",)
    assert looked.rows[0].content == ReportContent(progress="印发", percent=10)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_hidden_column_that_is_gone_refuses_the_file(in_fourth: Office) -> None:
    content = edited(exported(in_fourth), lambda sheet: sheet.delete_cols(column_of(sheet, "_id")))

    with pytest.raises(UnreadableDocumentError, match="隐藏列 _id"):
        seen(in_fourth, content)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_sheet_of_lists_may_be_thrown_away(in_fourth: Office) -> None:
    book = book_of(filled(exported(in_fourth), DONE))
    del book["选项"], book["说明"]

    assert taken(in_fourth, saved(book)).handed_in == ("T01",)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_programme_that_drops_the_properties_does_no_harm(in_fourth: Office) -> None:
    book = book_of(filled(exported(in_fourth), DONE))
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]

    assert taken(in_fourth, saved(book)).handed_in == ("T01",)


def without_token(content: bytes) -> bytes:
    book = book_of(content)
    del book.custom_doc_props["duban.token"]
    sheet = book["填报"]
    sheet.cell(1, column_of(sheet, "_id")).value = None
    return saved(book)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_table_copied_into_a_new_file_is_refused(in_fourth: Office) -> None:
    with pytest.raises(UsageError, match="没有本系统的标识"):
        seen(in_fourth, without_token(exported(in_fourth)))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_token_that_was_changed_is_refused(in_fourth: Office) -> None:
    content = rewritten(
        exported(in_fourth), "docProps/custom.xml", r"(duban\.token.*?lpwstr>)", r"\1x"
    )

    with pytest.raises(UsageError, match="不是本系统下发的，或已被改动"):
        seen(in_fourth, content)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_token_of_another_office_is_refused(in_fourth: Office) -> None:
    content = exported(in_fourth)
    other = Office(
        read_settings(database_url="sqlite://", secret_key="another office's secret"),
        in_fourth.engine,
        in_fourth.now,
    )

    with pytest.raises(UsageError, match="不是本系统下发的"):
        seen(other, content)


def test_another_units_table_is_refused(in_fourth: Office) -> None:
    with pytest.raises(NotAllowedError, match="这是“区财政局”的调度表"):
        seen(in_fourth, exported(in_fourth), by=HEALTH)


def test_the_table_of_a_round_that_is_over_is_refused(in_third: Office) -> None:
    content = filled(exported(in_third, THIRD), DONE)
    open_fourth(in_third)

    with pytest.raises(UsageError, match="2024年第三季度的调度表，该轮已截止"):
        seen(in_third, content)
