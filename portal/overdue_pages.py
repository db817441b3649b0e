"""逾期总览: what is overdue on a day, by five measures; every number opens its list."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.oversight import SeesAll
from portal.paging import number_of
from portal.phrases import When
from portal.shared_pages import show_shared
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

    def words(session: Any) -> Mapping[str, Any]:  # noqa: ANN401 - of services
        return {
            "found": overview(session, asked, today=visit.today),
            "asked": asked,
            "with_day": lambda asks: urlencode({"as_of": asked.as_of.isoformat(), **asks}),
            "when": When(visit.today, calendar_of(session)),
            "today": visit.today,
        }

    return show_shared(visit, "overdue.html", "逾期总览", words, error=error)


@pages.get("/overdue/items")
def overdue_items(visit: Overseer) -> Response:
    """Show a page of the items behind a number."""
    asked, error = _asked(visit)
    number = number_of(visit.request)
    kept = {name: text for name, text in visit.request.query_params.items() if name != "page"}

    def words(session: Any) -> Mapping[str, Any]:  # noqa: ANN401 - of services
        found = overdue_list(session, asked, today=visit.today, page=number)
        return {
            "found": found,
            "asked": asked,
            "number": number,
            "is_last": len(found.lines) < PAGE
            or (not found.is_more and number * PAGE >= found.total),
            "first_row": (number - 1) * PAGE + 1,
            "to_page": lambda page: f"/overdue/items?{urlencode({**kept, 'page': page})}",
            "narrowed_to": narrowed_to(session, asked),
        }

    return show_shared(visit, "overdue_items.html", "逾期事项", words, error=error)


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
