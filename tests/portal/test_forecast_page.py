"""未来30天会发什么: the same numbers as the command's, narrowed by unit and day, and read only."""

import pytest

from services.forecast import forecast
from services.office import Office
from supervision.vocabulary import Role
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.reporting import HOUSING


@pytest.fixture
def officer(signed_in: SignedIn) -> Browser:
    return signed_in(Role.OFFICE, unit=None, name="diaoduyuan")


def test_the_page_tells_what_the_command_tells(officer: Browser, reporting: Office) -> None:
    told = forecast(reporting)

    page = officer.get("/forecast").text

    assert (
        f"{told.totals['messages']}</span> <span>份消息，发给 {told.totals['units']} 个单位" in page
    )
    assert f"<h3>共 {len(told.messages)} 份</h3>" in page
    for message in told.messages:
        assert message.subject in page
    for rule in {reason.rule for message in told.messages for reason in message.reasons}:
        assert f'<a href="/rules#{rule}">{rule}</a>' in page


def test_one_unit_on_one_day_is_shown_alone(officer: Browser, reporting: Office) -> None:
    told = forecast(reporting)
    day = next(one.date for one in told.messages if one.unit == HOUSING)

    of_one = officer.get(f"/forecast?unit={HOUSING}&day={day}").text
    of_nobody = officer.get("/forecast?unit=没有这个局").text

    assert "<h3>共 1 份</h3>" in of_one
    assert "没有符合条件的消息" in of_nobody


@pytest.mark.parametrize("page", ["/outbox", "/rules"])
def test_the_way_to_it_is_on_the_pages_it_belongs_to(officer: Browser, page: str) -> None:
    assert '<a href="/forecast">未来30天会发什么</a>' in officer.get(page).text
