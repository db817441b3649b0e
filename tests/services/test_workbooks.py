"""Workbooks go out: who gets which rows, what they say of themselves, and with which key."""

import stat
from pathlib import Path

import pytest

from db import plans
from services import tokens, workbooks
from services.office import Office
from services.round_status import round_of
from services.settings import read_settings
from supervision.errors import UsageError
from supervision.vocabulary import ItemState, RowFate
from tests.builders import FINANCE, change_item, item_of
from tests.dispatch_quarter import (
    DAYS,
    DONE,
    FOURTH,
    THIRD,
    exported,
    office_id,
    open_fourth,
    report_by_command,
    seen,
)
from tests.dispatch_tables import (
    HEADING,
    book_of,
    column_of,
    filled,
    sheet_of,
)


def test_a_unit_gets_one_row_per_item_it_answers_for(in_fourth: Office) -> None:
    sheet = sheet_of(exported(in_fourth))

    codes = [str(sheet.cell(row, 1).value).split("\n")[0] for row in range(4, sheet.max_row + 1)]
    assert codes == ["T01", "T02", "P01"]
    assert "报送截止：2024-12-25" in str(sheet["A2"].value)


def test_what_is_closed_is_not_asked_again_nor_taken_from_an_older_table(
    in_fourth: Office,
) -> None:
    older = filled(exported(in_fourth), DONE)
    change_item(in_fourth, "T01", state=ItemState.CLOSED)

    sheet, looked = sheet_of(exported(in_fourth)), seen(in_fourth, older)

    assert sheet.max_row == 5
    assert str(sheet["A4"].value).startswith("T02")
    assert looked.rows[0].fate is RowFate.REFUSED
    assert "T01已销号，无须报送" in looked.rows[0].reason
    assert seen(in_fourth, exported(in_fourth)).remarks == ()


def test_the_workbook_says_for_which_round_and_unit_it_is(in_fourth: Office) -> None:
    book = book_of(exported(in_fourth))

    said = {each.name: each.value for each in book.custom_doc_props.props}
    assert (said["duban.round"], said["duban.unit"]) == (FOURTH, FINANCE)
    assert said["duban.token"]
    guide = "\n".join(str(row[1].value) for row in book["说明"].iter_rows())
    assert "2024-12-25" in guide


def test_the_rounds_table_holds_every_item_and_counts_them(in_fourth: Office) -> None:
    report_by_command(in_fourth, "T01", "印发方案")
    with in_fourth.reading() as session:
        (plan,) = plans.of_office(session, office_id(session))
        found = round_of(session, plan, FOURTH)
        at = workbooks.Desk(office=in_fourth, plan=plan, round=found, as_of=DAYS[FOURTH])
        content = workbooks.export_round(session, at)

    sheet = sheet_of(content, "汇总")
    codes = [str(sheet.cell(row, 1).value).split("\n")[0] for row in range(4, sheet.max_row + 1)]
    assert codes == ["T01", "T02", "T03", "P01"]
    assert "共 4 项：应报3项，已报1项" in str(sheet["A2"].value)
    assert sheet.cell(4, column_of(sheet, "progress")).value == "印发方案"
    assert sheet.auto_filter.ref is not None
    assert sheet.auto_filter.ref.startswith(f"A{HEADING}:")


def test_an_items_sheet_tells_its_reports_quarter_by_quarter(in_third: Office) -> None:
    report_by_command(in_third, "T01", "完成初稿", period=THIRD)
    open_fourth(in_third)
    report_by_command(in_third, "T01", "正式印发")
    with in_third.reading() as session:
        (plan,) = plans.of_office(session, office_id(session))
        found = round_of(session, plan, FOURTH)
        at = workbooks.Desk(office=in_third, plan=plan, round=found, as_of=DAYS[FOURTH])
        content = workbooks.export_item(session, at, item_of(session, "T01"))

    rows = [[cell.value for cell in row[:3]] for row in sheet_of(content, "事项单").iter_rows()]
    assert ["2024年第三季度", "完成初稿", "10"] in rows
    assert ["2024年第四季度", "正式印发", "10"] in rows


def test_without_a_key_one_is_made_once_for_its_owner_alone(settings_folder: Path) -> None:
    settings = read_settings(data_dir=settings_folder / "var")

    first, again = tokens.secret_of(settings), tokens.secret_of(settings)

    file = settings_folder / "var" / tokens.KEY_FILE
    assert first == again
    assert len(first) == 64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_a_token_is_good_for_one_purpose_only(settings_folder: Path) -> None:
    settings = read_settings(data_dir=settings_folder, secret_key="a secret of the office")

    token = tokens.signed(settings, "workbook", ["a", "b"])

    assert tokens.opened(settings, "workbook", token) == ["a", "b"]
    assert not (settings_folder / tokens.KEY_FILE).exists()
    with pytest.raises(UsageError):
        tokens.opened(settings, "another", token)
