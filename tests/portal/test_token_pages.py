"""接口: the administrator makes a token, sees it once, and revokes it."""

import re

import pytest
from sqlmodel import select
from starlette.types import ASGIApp

from db.integration_tables import IntegrationToken
from db.session_tables import FormAnswer
from services.office import Office
from supervision.vocabulary import Role
from tests.api.systems import System
from tests.builders import FINANCE
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn

SECRET = re.compile(r">(duban_[\w-]{43})<")


@pytest.fixture
def keeper(signed_in: SignedIn) -> Browser:
    return signed_in(Role.ADMINISTRATOR, unit=None)


def typed(name: str = "区政务平台", **boxes: str) -> dict[str, str]:
    return {"name": name, "unit": FINANCE, "days": "30"} | {
        f"scope-{scope}": value for scope, value in boxes.items()
    }


def test_a_token_is_shown_once_lets_its_system_in_and_is_revoked(
    keeper: Browser, site: ASGIApp, reporting: Office
) -> None:
    keeper.get("/tokens")
    fields = keeper.form("/tokens") | typed(read_items="1")
    fields = {name: value for name, value in fields.items() if value != "" and "scope" not in name}
    sent = fields | {"scope-read_items": "1"}

    made = keeper.post("/tokens", sent)
    again = keeper.post("/tokens", sent)

    (secret,) = SECRET.findall(made.text)
    assert made.headers["cache-control"] == "no-store"
    assert SECRET.findall(again.text) == []
    assert "只显示那一次" in again.text
    assert System(site, secret).get("/units").status_code == 200
    (revoking,) = re.findall(r'action="(/tokens/[\w-]+/revoke)"', keeper.page)
    keeper.submit(revoking)
    assert "已撤销" in keeper.page
    assert System(site, secret).get("/units").status_code == 401
    with reporting.reading() as session:
        stored = repr([row.model_dump() for row in session.exec(select(IntegrationToken))])
        stored += repr([row.model_dump() for row in session.exec(select(FormAnswer))])
    assert secret not in stored


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        pytest.param(typed(), "至少要有一项用途", id="no scope"),
        pytest.param(typed(export_results="1"), "不能用于导出考核数据", id="not a unit's"),
        pytest.param(typed("台", read_items="1"), "2至32个", id="no name"),
        pytest.param(typed(read_items="1") | {"days": "999"}, "有效期应为", id="too long"),
    ],
)
def test_what_cannot_be_given_is_told_on_the_page_with_what_was_typed(
    keeper: Browser, fields: dict[str, str], told: str
) -> None:
    keeper.get("/tokens")
    marks = {name: value for name, value in keeper.form("/tokens").items() if "form" in name}

    answer = keeper.post("/tokens", marks | fields)

    assert answer.status_code == 422
    assert told in answer.text
    assert f'value="{fields["name"]}"' in answer.text
