"""规则 and 日历: every rule with its value in words and its source, and the years there are."""

import pytest

from services.office import Office
from services.rule_book import rule_book
from supervision.vocabulary import Role
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn


@pytest.fixture
def officer(signed_in: SignedIn) -> Browser:
    return signed_in(Role.OFFICE, unit=None, name="diaoduyuan")


def test_every_rule_is_shown_in_words(officer: Browser, reporting: Office) -> None:
    rules = rule_book(reporting.policy)

    page = officer.get("/rules").text

    assert len(rules) > 15
    for rule in rules:
        assert rule.title in page
        assert rule.value in page
        assert not any("a" <= letter <= "z" for letter in rule.value)


def test_defaults_without_a_source_are_marked(officer: Browser, reporting: Office) -> None:
    own = sum(rule.is_own for rule in rule_book(reporting.policy))

    page = officer.get("/rules").text

    assert page.count(">项目默认值</span>") == own > 0


def test_the_calendar_says_which_years_are_there(officer: Browser) -> None:
    page = officer.get("/calendar").text

    assert "2024年" in page
    assert "完整" in page
    assert "不用办理" in page
