"""A unit that two plans ask of in the same quarter: each has a workbook of its own."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import unquote

from services.office import Office
from services.tick import tick
from supervision.vocabulary import Role
from tests.builders import adopt_plan, an_item
from tests.clock import Clock
from tests.portal.conftest import SignedIn
from tests.reporting import OPENS


def test_each_plans_workbook_of_the_same_quarter_can_be_had(
    signed_in: SignedIn, reporting: Office, clock: Clock
) -> None:
    tomorrow = OPENS + timedelta(days=1)
    clock.turn_to(tomorrow)
    adopt_plan(reporting, an_item("T51"), an_item("T52"), code="second", baseline_on=tomorrow)
    tick(reporting, today=tomorrow)
    liaison = signed_in(Role.LIAISON)
    liaison.get("/todo/workbook")
    links = [unescape(link) for link in re.findall(r'href="(/todo/workbook/[^"]+)"', liaison.page)]

    books = [liaison.get(link) for link in links]

    assert [book.status_code for book in books] == [200, 200]
    assert books[0].content != books[1].content
    names = [unquote(book.headers["content-disposition"]) for book in books]
    assert ["_plan_" in names[0], "_second_" in names[1]] == [True, True]
