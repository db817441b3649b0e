"""统计: the closed rounds as they were frozen and today, as a table, a workbook and a picture."""

import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from portal import static_files
from services.office import Office
from services.tick import tick
from supervision.vocabulary import ItemState, Role
from tests.builders import FINANCE, change_item
from tests.clock import Clock
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.reporting import CLOSES, HOUSING

ROW = re.compile(
    r'<th scope="row">(?:<a [^>]*>)?([^<]+)(?:</a>)?</th>((?:<td class="figure">\d+</td>)+)'
)
HEADINGS = ("季度", "红灯", "黄灯", "蓝灯", "绿灯", "灰灯", "合计")


@pytest.fixture
def overseer(reporting: Office, clock: Clock, signed_in: SignedIn) -> Browser:
    """Give the supervisor's browser once the round has closed and an item was closed after it."""
    clock.turn_to(CLOSES)
    tick(reporting, today=CLOSES)
    change_item(reporting, "P01", state=ItemState.CLOSED)
    return signed_in(Role.SUPERVISOR, unit=None)


def rows(browser: Browser) -> dict[str, list[int]]:
    """Return the numbers of every row on the page, by what it is about; the first of a name."""
    found: dict[str, list[int]] = {}
    for label, cells in ROW.findall(browser.page):
        found.setdefault(label, [int(count) for count in re.findall(r"\d+", cells)])
    return found


def test_what_a_round_looked_like_stays_whatever_happens_to_its_items(overseer: Browser) -> None:
    overseer.get("/statistics")

    found = rows(overseer)

    assert found["2025年第一季度"][-1] == 3
    assert found["今天"][-1] == 2
    assert found[FINANCE][-1] == found[HOUSING][-1] == 1
    assert all(sum(counts[:-1]) == counts[-1] for label, counts in found.items() if label == "今天")
    overseer.get(f"/statistics?unit={FINANCE}&quarter=2025Q1")
    assert (rows(overseer)["2025年第一季度"][-1], rows(overseer)["今天"][-1]) == (2, 1)
    overseer.get("/statistics?quarter=2025Q1")
    burdens = overseer.page.partition("2025年第一季度各单位负担")[2]
    assert ROW.findall(burdens)[0][0] == FINANCE  # two reports owed, one digest


def test_the_same_numbers_stand_in_the_workbook_and_in_the_picture(overseer: Browser) -> None:
    overseer.get("/statistics")
    shown = rows(overseer)

    book = load_workbook(BytesIO(overseer.get("/statistics/export").content))
    drawing = overseer.get("/statistics/picture")

    sheet = list(book.worksheets[0].iter_rows(min_row=3, values_only=True))
    assert sheet[0] == HEADINGS
    assert {row[0]: list(row[1:]) for row in sheet[1:]} == {
        label: shown[label] for label in ("2025年第一季度", "今天")
    }
    written = [
        text.text for text in ET.fromstring(drawing.text).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert {"共3项", "共2项", "今天", "红灯"} <= set(written)
    assert drawing.headers["content-type"].startswith("image/svg+xml")


def test_without_the_chart_part_the_page_has_its_tables_and_says_so(
    overseer: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    name = next(iter(static_files.OPTIONAL))
    files = {**static_files.FILES, name: (tmp_path / "none.js", "text/javascript")}
    monkeypatch.setattr(static_files, "FILES", files)
    static_files.addresses.cache_clear()
    static_files.content.cache_clear()

    static_files.require_parts()
    answer = overseer.get("/statistics")

    assert "图表部件未安装" in answer.text
    assert name not in answer.text
    assert rows(overseer)["今天"][-1] == 2
    assert overseer.get(f"/static/{name}").status_code == 404
    static_files.addresses.cache_clear()
