"""逾期总览 in the browser: the links under its numbers, other days, and what is typed wrong."""

import re
from collections.abc import Callable

import pytest

from services.office import Office
from supervision.vocabulary import Role
from tests.builders import FINANCE
from tests.noticing import FIRST, Ladder
from tests.noticing import ladder as ladder  # noqa: PLC0414 - a fixture
from tests.portal.browser import Browser

SignedIn = Callable[..., Browser]
NUMBER = re.compile(r'href="(/overdue/items[^"]*)"[^>]*>.*?(\d+) 项', re.DOTALL)


@pytest.fixture
def reporting(ladder: Ladder) -> Office:
    """Give an office with three overdue items, two of them of the finance bureau."""
    ladder.on(FIRST)
    return ladder.office


def test_every_number_leads_to_a_list_of_that_many_rows(signed_in: SignedIn) -> None:
    watcher = signed_in(Role.SUPERVISOR, unit=None)
    watcher.get("/overdue")
    numbers = NUMBER.findall(watcher.page)
    assert len(numbers) >= 6

    for path, number in numbers:
        watcher.get(path.replace("&amp;", "&"))
        assert watcher.page.count('<th scope="row">') == int(number), path


def test_a_supervisor_begins_at_the_overview(signed_in: SignedIn) -> None:
    watcher = signed_in(Role.SUPERVISOR, unit=None)

    watcher.get("/")

    assert "<h1>逾期总览</h1>" in watcher.page


def test_the_list_says_what_it_is_narrowed_to(signed_in: SignedIn) -> None:
    watcher = signed_in(Role.SUPERVISOR, unit=None)
    watcher.get("/overdue")
    path = next(path for path, _ in NUMBER.findall(watcher.page) if "unit=" in path)

    watcher.get(path.replace("&amp;", "&"))

    assert f"截至 {FIRST}，{FINANCE}：共 2 项" in watcher.page


def test_another_day_is_asked_for_in_the_address(signed_in: SignedIn) -> None:
    watcher = signed_in(Role.SUPERVISOR, unit=None)

    watcher.get("/overdue?as_of=2024-12-31")

    assert "这一天没有逾期事项" in watcher.page


def test_a_day_that_is_none_is_told_and_today_shown(signed_in: SignedIn) -> None:
    watcher = signed_in(Role.SUPERVISOR, unit=None)

    answer = watcher.get("/overdue?as_of=tomorrow")

    assert answer.status_code == 422
    assert "日期应写成 2025-03-31 这样" in watcher.page
    assert "3 项" in watcher.page
