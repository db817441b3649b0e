"""事项库: what is listed is what was asked for, page by page, and the file has as many rows."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from services.office import Office
from supervision.vocabulary import Role
from tests.builders import FINANCE, change_item
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.reporting import HOUSING, OPENS

TOTAL = re.compile(r"<h2>共 (\d+) 项")
CODES = re.compile(r"<td>([TP]\d+)</td>")
HEADING_ROWS = 3


@pytest.fixture
def reader(signed_in: SignedIn) -> Browser:
    return signed_in(Role.SUPERVISOR, unit=None, name="ducha")


def listed(browser: Browser, query: str = "") -> tuple[int, list[str]]:
    """Return the number the page gives and the codes it lists."""
    page = browser.get(f"/items{query}").text
    found = TOTAL.search(page)
    assert found is not None
    return int(found.group(1)), CODES.findall(page)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["T01", "T02", "P01"]),
        ("?kind=project", ["P01"]),
        (f"?unit={HOUSING}", ["T01", "T02"]),
        ("?text=t02", ["T02"]),
        ("?state=assigned&kind=task", ["T01", "T02"]),
        ("?overdue=1", ["P01"]),
        ("?light=red", ["P01"]),
        ("?rung=red", []),
        ("?light=purple", ["T01", "T02", "P01"]),
    ],
    ids=["all", "kind", "unit", "text", "state", "overdue", "light", "rung", "no-such-light"],
)
def test_the_list_holds_what_is_asked_for(
    reader: Browser, reporting: Office, query: str, codes: list[str]
) -> None:
    change_item(reporting, "P01", due_on=OPENS.replace(day=1))

    total, found = listed(reader, query)

    assert found == codes
    assert total == len(codes)


def test_a_light_stands_with_its_rule_and_its_reason(reader: Browser, reporting: Office) -> None:
    change_item(reporting, "P01", due_on=OPENS.replace(day=1))

    page = reader.get("/items?light=red").text

    assert re.search(r"红灯</span> <small>R14 已逾期", page)
    assert "已逾期 9 天" in page


def test_the_file_has_as_many_rows_as_the_page_says(reader: Browser) -> None:
    total, _ = listed(reader, "?kind=task")
    assert 'href="/items/export/xlsx?kind=task"' in reader.page

    book = load_workbook(BytesIO(reader.get("/items/export/xlsx?kind=task").content))

    assert book.worksheets[0].max_row - HEADING_ROWS == total


def test_a_file_of_another_kind_is_not_there(reader: Browser) -> None:
    assert reader.get("/items/export/exe").status_code == 404


def test_a_unit_there_is_none_of_is_told_with_the_nearest_names(reader: Browser) -> None:
    answer = reader.get("/items?unit=区财政")

    assert answer.status_code == 422
    assert FINANCE in answer.text


def test_text_that_looks_like_a_pattern_is_taken_as_it_stands(reader: Browser) -> None:
    assert listed(reader, "?text=%25") == (0, [])


def test_a_page_beyond_the_last_is_empty(reader: Browser) -> None:
    assert listed(reader, "?page=9") == (3, [])
