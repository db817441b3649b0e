"""Two bureaus never see each other: what is not theirs looks like what does not exist (SEC2)."""

import re
import time
import zipfile
from io import BytesIO
from statistics import median

import pytest
from openpyxl import load_workbook

from services.office import Office
from services.tick import tick
from supervision.vocabulary import Role
from tests.builders import FINANCE, adopt_plan, an_item
from tests.clock import Clock
from tests.people import prove
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.portal.sent_notices import send_notice
from tests.reporting import HOUSING, OPENS, hand_in, versions

MISSING = "00000000-0000-4000-8000-000000000000"
UUID_IN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TIMES = 25
ROOM_SECONDS = 0.020
A_FILE = "(a file)"
XLSX_PART = "xl/workbook.xml"
THEIRS = {"T02", HOUSING}
KEY = re.compile(r'name="form_key" value="[^"]*"')
NUMBER = re.compile(r'<span class="count">(\d+ 项)</span>')


@pytest.fixture
def reporting(office: Office, clock: Clock) -> Office:
    """Give an office with two bureaus that have exactly the same, each for itself."""
    clock.turn_to(OPENS)
    adopt_plan(office, an_item("T01"), an_item("T02", lead=HOUSING), baseline_on=clock().date())
    tick(office, today=OPENS)
    prove(office, "T01", unit=FINANCE, text="财政局的台账")
    prove(office, "T02", unit=HOUSING, text="住建局的台账")
    send_notice(office, "T01", unit=FINANCE, number=1)
    send_notice(office, "T02", unit=HOUSING, number=2)
    return office


def crawled(browser: Browser) -> dict[str, str]:
    """Return every page a person reaches from his first one, by its address."""
    found: dict[str, str] = {}
    to_see = ["/todo"]
    while to_see:
        path = to_see.pop()
        if path in found:
            continue
        answer = browser.get(path)
        found[path] = answer.text if "html" in answer.headers["content-type"] else A_FILE
        to_see += re.findall(r'(?:href|action)="(/(?!static|sign-out)[^"#]*)"', browser.page)
    return found


@pytest.fixture
def ours(signed_in: SignedIn) -> Browser:
    return signed_in(Role.LIAISON, Role.HEAD, name="caizheng")


@pytest.fixture
def theirs(signed_in: SignedIn) -> Browser:
    return signed_in(Role.LIAISON, Role.HEAD, unit=HOUSING, name="zhujian")


def test_nothing_of_another_bureau_is_there(ours: Browser, theirs: Browser) -> None:
    seen = crawled(theirs)
    with_ids = [path for path in seen if UUID_IN.search(path)]
    assert len(with_ids) > 6

    answers = {path: ours.get(path, follow=False) for path in with_ids}

    missing = ours.get(f"/items/{MISSING}", follow=False)
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(
        with_ids, 404
    )
    assert {answer.text for answer in answers.values()} == {missing.text}


def test_no_page_and_no_file_mentions_the_other_bureau(ours: Browser) -> None:
    pages = crawled(ours)

    assert len(pages) > 15
    assert {
        path: THEIRS & words for path, words in told(ours, pages).items() if THEIRS & words
    } == {}


def told(browser: Browser, pages: dict[str, str]) -> dict[str, set[str]]:
    """Return which of the tell-tale words each page or workbook holds."""
    found = {}
    for path, page in pages.items():
        text = page
        if page == A_FILE:
            data = browser.get(path).content
            text = data.decode("utf-8", "replace") + sheet_text(data)
        found[path] = {word for word in THEIRS if word in text}
    return found


def sheet_text(data: bytes) -> str:
    """Return all that a workbook's cells say, empty for what is none."""
    if not (
        zipfile.is_zipfile(BytesIO(data)) and XLSX_PART in zipfile.ZipFile(BytesIO(data)).namelist()
    ):
        return ""
    rows = (
        row for sheet in load_workbook(BytesIO(data)) for row in sheet.iter_rows(values_only=True)
    )
    return " ".join(str(cell) for row in rows for cell in row)


def test_what_one_bureau_does_changes_nothing_that_the_other_sees_or_counts(
    ours: Browser, theirs: Browser, reporting: Office
) -> None:
    before = {path: seen(page) for path, page in crawled(ours).items()}

    hand_in(reporting, "T02", unit=HOUSING)
    prove(reporting, "T02", unit=HOUSING, text="又一份")
    send_notice(reporting, "T02", unit=HOUSING, number=3)

    assert {path: seen(page) for path, page in crawled(ours).items()} == before
    assert {path: seen(page) for path, page in crawled(theirs).items()} != before


def seen(page: str) -> str:
    """Return a page without what is new each time it is asked for."""
    return KEY.sub("", page)


def test_the_same_place_has_the_same_numbers_for_both(ours: Browser, theirs: Browser) -> None:
    numbers = [NUMBER.findall(browser.get("/todo").text) for browser in (ours, theirs)]

    assert numbers[0]
    assert numbers[0] == numbers[1]


def test_anothers_workbook_is_not_taken(ours: Browser, theirs: Browser, reporting: Office) -> None:
    theirs.get("/todo")
    path = next(path for path in crawled(theirs) if path.startswith("/todo/workbook/"))
    book = theirs.get(path).content
    ours.get("/todo/workbook")

    answer = ours.submit("/todo/workbook", file=("填报表.xlsx", book))

    assert answer.status_code == 403
    assert "T02" not in answer.text  # whose it is stands on the file's own face
    assert versions(reporting) == []


@pytest.mark.parametrize("text", ["T02", "住建", "T02的事项"])
def test_no_list_of_all_items_is_searched_by_a_bureau(ours: Browser, text: str) -> None:
    asked = [f"{path}?text={text}" for path in ("/items", "/items/export/csv", "/overdue/items")]

    answers = [ours.get(path, follow=False) for path in asked]

    assert {answer.status_code for answer in answers} == {403}
    assert [answer for answer in answers if text in answer.text] == []


def test_forms_on_anothers_item_change_nothing_and_look_like_none(
    ours: Browser, theirs: Browser
) -> None:
    actions = {
        action
        for page in crawled(theirs).values()
        for action in re.findall(r'action="([^"]*)"', page)
        if UUID_IN.search(action)
    }
    assert len(actions) > 4
    ours.get("/account")
    marks = ours.form("/sign-out") | {"form_key": "key"}

    answers = [ours.post(action, marks, follow=False) for action in sorted(actions)]

    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.proof
def test_what_is_anothers_takes_as_long_as_what_is_not_there(
    ours: Browser, theirs: Browser
) -> None:
    foreign = {UUID_IN.sub(MISSING, path): path for path in crawled(theirs) if UUID_IN.search(path)}
    spent: dict[str, list[float]] = {path: [] for pair in foreign.items() for path in pair}
    assert len(foreign) > 4

    for _ in range(TIMES):
        for path, times in spent.items():
            began = time.perf_counter()
            ours.get(path, follow=False)
            times.append(time.perf_counter() - began)

    apart = {
        path: median(spent[path]) - median(spent[missing]) for missing, path in foreign.items()
    }
    assert {path: gap for path, gap in apart.items() if abs(gap) >= ROOM_SECONDS} == {}
