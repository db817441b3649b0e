"""The dispatch table as a file: what may be written, how it prints, and that texts stay texts."""

import itertools
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from supervision.vocabulary import ItemKind, Light
from templates.workbooks.cells import canonical, cell_text, is_untouched, seal, sealed
from templates.workbooks.columns import COLUMNS, OPEN_COLUMNS, Column
from templates.workbooks.entries import entry
from templates.workbooks.item_workbook import item_workbook
from templates.workbooks.reading import read_workbook
from templates.workbooks.round_workbook import round_workbook
from templates.workbooks.words import ItemWords, TableWords, Value
from tests.dispatch_tables import a_line, a_unit_workbook, column_of, sheet_of

BY_KEY = {column.key: column for column in COLUMNS}
LEADS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", "'=", '"=', "{=", "=\t",
         " =", ",=", ";=", "x=", "=-", "@=", "%=", "|=", "&=", "_x003D_")  # fmt: skip
CALLS = (
    "1+1", "cmd|'/C calc'!A0", 'HYPERLINK("http://a.example","x")', 'WEBSERVICE("http://a")',
    'IMPORTXML("http://a","//b")', "SUM(A1:A9)", "NOW()", "'[b.xlsx]S'!A1", 'DDE("a";"b")',
    "A1", "http://a.example", "mailto:a@b.example", "internal:说明!A1", "2024-12-31", "TRUE",
    "#REF!", "1e9", "<script>", '"""', "中文",
)  # fmt: skip
PAYLOADS = [lead + call for lead, call in itertools.product(LEADS, CALLS)]


def an_item_workbook(*texts: str) -> bytes:
    words = ItemWords(
        title=texts[0],
        subtitle=texts[0],
        light=Light.RED,
        facts=(*((text, text) for text in texts), ("状态灯", texts[0])),
        reports=tuple((text,) * 9 for text in texts),
    )
    return item_workbook(words)


def cells_of(content: bytes) -> list[Any]:
    book = openpyxl.load_workbook(BytesIO(content))
    return [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def test_there_are_five_hundred_payloads() -> None:
    assert len(set(PAYLOADS)) == 500


def test_no_text_whatever_becomes_a_formula_a_link_or_a_number() -> None:  # SEC11
    texts = [column for column in COLUMNS if column.holds.value == "text"]
    lines = [
        a_line(**{column.key: payload for column in texts}, kind=ItemKind.PROJECT)
        for payload in PAYLOADS
    ]
    table = round_workbook(TableWords(title=PAYLOADS[0], subtitle=PAYLOADS[1], lines=(*lines,)))

    for content in (a_unit_workbook(*lines, text=PAYLOADS[0]), table):
        found = cells_of(content)
        assert [cell.coordinate for cell in found if cell.data_type == "f"] == []
        assert [cell.coordinate for cell in found if cell.hyperlink is not None] == []
        sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
        for column in texts:
            at = column_of(sheet, column.key)
            written = [sheet.cell(row, at) for row in range(4, 4 + len(PAYLOADS))]
            assert [cell.value or "" for cell in written] == [cell_text(each) for each in PAYLOADS]
            assert {cell.data_type for cell in written if cell.value} == {"s"}


def test_an_items_sheet_holds_texts_only() -> None:  # SEC11
    found = cells_of(an_item_workbook(*PAYLOADS))

    assert len(found) > 500 * 11
    assert {cell.data_type for cell in found} == {"s"}
    assert [cell.coordinate for cell in found if cell.hyperlink is not None] == []


def test_what_was_written_is_read_back_untouched() -> None:
    said: dict[str, Value] = {
        "progress": "完成初稿\n已征求意见",
        "percent": 60,
        "invested_wan": Decimal("1234.50"),
    }
    content = a_unit_workbook(a_line("P01", kind=ItemKind.PROJECT, investment="2000", **said))

    book = read_workbook(content)

    (line,) = book.lines
    assert (book.token, line.id, line.revision, line.row) == ("token.signed", "00" * 16, 0, 4)
    assert {key: line.entries[key].value for key in said} == said
    seals = sealed(line.seal)
    assert all(is_untouched(seals, key, each.shown) for key, each in line.entries.items())
    assert book.missing_columns == ()


def test_only_what_the_unit_is_asked_can_be_written() -> None:
    content = a_unit_workbook(a_line("T01"), a_line("P01", kind=ItemKind.PROJECT))

    sheet = sheet_of(content)

    assert sheet.protection.sheet
    assert sheet.protection.password is None
    opened = {
        row: {column.key for column in COLUMNS if not _is_locked(sheet, row, column)}
        for row in (4, 5)
    }
    asked = {column.key for column in OPEN_COLUMNS}
    assert opened == {4: asked - {"invested_wan"}, 5: asked}


def _is_locked(sheet: Worksheet, row: int, column: Column) -> bool:
    return bool(sheet.cell(row, column_of(sheet, column.key)).protection.locked)


def test_lists_come_from_the_hidden_sheet_and_shares_are_whole_numbers_up_to_100() -> None:
    content = a_unit_workbook(a_line("T01"), a_line("P01", kind=ItemKind.PROJECT))

    book = openpyxl.load_workbook(BytesIO(content))

    rules = book["填报"].data_validations.dataValidation
    lists = [rule.formula1 for rule in rules if rule.type == "list"]
    shares = {(rule.formula1, rule.formula2) for rule in rules if rule.type == "whole"}
    assert lists == ["选项!$A$2:$A$7", "选项!$B$2:$B$9"]
    assert shares == {("0", "100")}
    assert book["选项"].sheet_state == "hidden"
    assert [book["选项"]["A1"].value, book["选项"]["B1"].value] == [
        "形象进度（任务）",
        "形象进度（项目）",
    ]


def test_the_columns_of_projects_stand_only_where_there_is_a_project() -> None:
    headings = [cell.value for cell in sheet_of(a_unit_workbook(a_line("T01")))[3]]

    assert BY_KEY["progress"].heading in headings
    assert BY_KEY["invested_wan"].heading not in headings


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(a_unit_workbook(a_line()), id="a unit's"),
        pytest.param(
            round_workbook(TableWords(title="汇总", subtitle="", lines=(a_line(),))),
            id="the round's",
        ),
        pytest.param(an_item_workbook("事项"), id="an item's"),
    ],
)
def test_it_prints_one_page_wide_on_a4_with_headings_repeated_and_pages_numbered(
    content: bytes,
) -> None:
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr == PageSetupProperties(fitToPage=True)
    assert sheet.print_title_rows is not None
    assert "第 &P 页" in str(sheet.HeaderFooter.oddFooter)


def test_a_row_is_as_tall_as_its_longest_text_needs() -> None:
    short, long = a_line("T01", content="短"), a_line("T02", content="字" * 220)

    sheet = sheet_of(a_unit_workbook(short, long))

    assert sheet.row_dimensions[5].height > 250 > sheet.row_dimensions[4].height


def test_a_text_longer_than_a_cell_says_that_it_was_cut() -> None:
    content = a_unit_workbook(a_line(content="字" * 40_000))

    shown = str(sheet_of(content).cell(4, column_of(sheet_of(content), "content")).value)

    assert len(shown) == 32_767
    assert shown.endswith("（全文见系统）")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(60, 60.0, id="whole number as float"),
        pytest.param(Decimal("12.50"), 12.5, id="amount"),
        pytest.param("一\r\n二", "一\n二", id="line ends"),
        pytest.param("一_x000D_\n二", "一\n二", id="carriage return as Excel writes it"),
        pytest.param("  一 ", "一", id="blanks around"),
        pytest.param(None, "", id="nothing"),
        pytest.param("一\x07", "一", id="control character"),
    ],
)
def test_the_same_value_is_the_same_however_a_programme_keeps_it(
    first: Value, second: Value | float
) -> None:
    assert canonical(first) == canonical(second)
    assert is_untouched(sealed(seal({"a": first})), "a", second)


def test_a_changed_value_breaks_the_seal_of_its_cell_only() -> None:
    seals = sealed(seal({"progress": "甲", "percent": 10}))

    assert not is_untouched(seals, "progress", "乙")
    assert is_untouched(seals, "percent", 10)
    assert not is_untouched(sealed(""), "progress", "甲")


def a_cell(value: object, kind: str = "n", number_format: str = "General") -> SimpleNamespace:
    return SimpleNamespace(value=value, data_type=kind, number_format=number_format)


@pytest.mark.parametrize(
    ("typed", "number_format", "value"),
    [
        pytest.param(60, "0", 60, id="a number"),
        pytest.param(60.0, "0", 60, id="a number from calc"),
        pytest.param("60", "@", 60, id="digits as text"),
        pytest.param("60%", "@", 60, id="a share as text"),
        pytest.param("６０％", "@", 60, id="full width"),
        pytest.param(0.6, "0%", 60, id="shown as a percentage"),
        pytest.param(0, "0", 0, id="zero is a value"),
        pytest.param(None, "0", None, id="blank"),
    ],
)
def test_a_share_is_read_however_it_is_typed(
    typed: object, number_format: str, value: int | None
) -> None:
    found = entry(BY_KEY["percent"], a_cell(typed, number_format=number_format), "J4")

    assert (found.value, found.fault) == (value, "")


@pytest.mark.parametrize(
    ("key", "typed", "why"),
    [
        pytest.param("percent", 101, "0 到 100", id="over a hundred"),
        pytest.param("percent", -1, "0 到 100", id="negative"),
        pytest.param("percent", 0.6, "不是整数", id="a fraction"),
        pytest.param("percent", "六成", "不是数字", id="words"),
        pytest.param("percent", "NaN", "不是数字", id="not a number"),
        pytest.param("invested_wan", -5, "有效金额", id="negative money"),
        pytest.param("invested_wan", 1.234, "两位小数", id="a tenth of a cent"),
        pytest.param("invested_wan", 1e15, "有效金额", id="more than there is"),
        pytest.param("invested_wan", "约五百", "不是数字", id="about so much"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_the_reason(
    key: str, typed: object, why: str
) -> None:
    found = entry(BY_KEY[key], a_cell(typed), "J4")

    assert found.value is None
    assert why in found.fault


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param(5, "5", id="a number in a text column"),
        pytest.param(True, "是", id="yes"),
        pytest.param("=1+1", "=1+1", id="a text that looks like a formula"),
    ],
)
def test_a_text_column_takes_what_was_typed_as_text(typed: object, shown: str) -> None:
    found = entry(BY_KEY["progress"], a_cell(typed, "s"), "I4")

    assert (found.value, found.fault) == (shown, "")
