"""逾期总览: what is overdue on a day, by five measures; every number opens its list."""

from datetime import date
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.oversight import SeesAll
from portal.paging import number_of
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services.overdue_views import AGES, PAGE, Asked, narrowed_to, overdue_list, overview
from services.todo import calendar_of
from supervision.errors import UsageError
from supervision.vocabulary import Light, Rung
from supervision.words.base import SomeWord

pages = APIRouter()
Overseer = Annotated[Visit, Depends(SeesAll())]


@pages.get("/overdue")
def overdue(visit: Overseer) -> Response:
    """Show how many items are overdue, by each measure."""
    asked, error = _asked(visit)
    with visit.office.reading() as session:
        return show(
            visit,
            "overdue.html",
            "逾期总览",
            error=error,
            found=overview(session, asked, today=visit.today),
            asked=asked,
            with_day=lambda asks: urlencode({"as_of": asked.as_of.isoformat(), **asks}),
            when=When(visit.today, calendar_of(session)),
            today=visit.today,
        )


@pages.get("/overdue/items")
def overdue_items(visit: Overseer) -> Response:
    """Show a page of the items behind a number."""
    asked, error = _asked(visit)
    number = number_of(visit.request)
    with visit.office.reading() as session:
        found = overdue_list(session, asked, today=visit.today, page=number)
        about = narrowed_to(session, asked)
    kept = {name: text for name, text in visit.request.query_params.items() if name != "page"}
    return show(
        visit,
        "overdue_items.html",
        "逾期事项",
        error=error,
        found=found,
        asked=asked,
        number=number,
        is_last=len(found.lines) < PAGE or (not found.is_more and number * PAGE >= found.total),
        first_row=(number - 1) * PAGE + 1,
        to_page=lambda page: f"/overdue/items?{urlencode({**kept, 'page': page})}",
        narrowed_to=about,
    )


def _asked(visit: Visit) -> tuple[Asked, UsageError | None]:
    """Return what the address asks for; what cannot be read does not narrow, and is told."""
    given = visit.request.query_params
    error = None
    try:
        as_of = date.fromisoformat(given.get("as_of", "") or visit.today.isoformat())
    except ValueError:
        as_of = visit.today
        error = UsageError("日期应写成 2025-03-31 这样", advice="以下按今天统计。")
    asked = Asked(
        as_of=as_of,
        unit_id=_id(given.get("unit", "")),
        group_id=_id(given.get("group", "")),
        light=_word(Light, given.get("light", "")),
        rung=_word(Rung, given.get("rung", "")),
        age=next((age for age in AGES if age.name == given.get("age")), None),
    )
    return asked, error


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _word(words: type[SomeWord], text: str) -> SomeWord | None:
    return next((word for word in words if word.value == text), None)
