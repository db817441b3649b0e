"""Two bureaus never see each other: what is not theirs looks like what does not exist (SEC2)."""

import re
import time
from statistics import median

import pytest

from services.office import Office
from services.tick import tick
from supervision.vocabulary import Role
from tests.builders import FINANCE, adopt_plan, an_item
from tests.clock import Clock
from tests.people import prove
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.reporting import HOUSING, OPENS

MISSING = "00000000-0000-4000-8000-000000000000"
UUID_IN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TIMES = 25
ROOM_SECONDS = 0.020


@pytest.fixture
def reporting(office: Office, clock: Clock) -> Office:
    """Give an office with two bureaus that have exactly the same, each for itself."""
    clock.turn_to(OPENS)
    adopt_plan(office, an_item("T01"), an_item("T02", lead=HOUSING), baseline_on=clock().date())
    tick(office, today=OPENS)
    prove(office, "T01", unit=FINANCE, text="财政局的台账")
    prove(office, "T02", unit=HOUSING, text="住建局的台账")
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
        found[path] = answer.text if "html" in answer.headers["content-type"] else "(a file)"
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


def test_no_page_mentions_the_other_bureau(ours: Browser) -> None:
    pages = crawled(ours)

    assert [path for path, page in pages.items() if "T02" in page or HOUSING in page] == []


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


def test_anothers_item_takes_as_long_as_none(ours: Browser, theirs: Browser) -> None:
    path = next(path for path in crawled(theirs) if re.fullmatch(r"/items/[0-9a-f-]{36}", path))
    spent: dict[str, list[float]] = {path: [], f"/items/{MISSING}": []}

    for _ in range(TIMES):
        for each, times in spent.items():
            began = time.perf_counter()
            ours.get(each, follow=False)
            times.append(time.perf_counter() - began)

    foreign, missing = (median(times) for times in spent.values())
    assert abs(foreign - missing) < ROOM_SECONDS
