"""事项库: every task and project, narrowed by what stands in the address, and as a file."""

from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.downloads import attachment
from portal.errors import NotHereError
from portal.oversight import SeesAll
from portal.paging import PAGE, offset_of, pager
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services import library
from services.pulling import Asked
from services.todo import calendar_of, whom_to_ask
from supervision.errors import UsageError
from supervision.vocabulary import ItemKind, ItemState, Light, Rung, Word

pages = APIRouter()
Reader = Annotated[Visit, Depends(SeesAll())]
SomeWord = TypeVar("SomeWord", bound=Word)
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
LONGEST_TEXT = 100


@pages.get("/items")
def library_page(visit: Reader) -> Response:
    """Show a page of the items that are asked for."""
    asked = asked_in(visit)
    try:
        return _shelf(visit, asked)
    except UsageError as error:
        return _shelf(visit, Asked(), error)


@pages.get("/items/export/{form}")
def export(visit: Reader, form: str) -> Response:
    """Give the whole list, narrowed as the page it is asked from."""
    if form not in KINDS:
        raise NotHereError("没有这种文件")
    with visit.office.reading() as session:
        name, data = library.exported(session, visit.office, asked_in(visit), form)
    return attachment(data, name=name, media_type=KINDS[form])


@pages.get("/indicators")
def indicators_page(visit: Reader) -> Response:
    """Show a page of the plans' indicators, to be read only."""
    with visit.office.reading() as session:
        total, found = library.indicators(session, offset=offset_of(visit.request), limit=PAGE)
        return show(
            visit,
            "indicators.html",
            "指标",
            indicators=found,
            pager=pager(visit.request, total),
            whom=whom_to_ask(session),
        )


def asked_in(visit: Visit) -> Asked:
    """Return what the address asks for; a word that there is none of does not narrow."""
    return Asked(
        unit=_text(visit, "unit"),
        group=_text(visit, "group"),
        kind=_word(visit, "kind", ItemKind),
        state=_word(visit, "state", ItemState),
        light=_word(visit, "light", Light),
        rung=_word(visit, "rung", Rung),
        overdue_only=bool(_text(visit, "overdue")),
        text=_text(visit, "text"),
    )


def _text(visit: Visit, name: str) -> str | None:
    return visit.request.query_params.get(name, "").strip()[:LONGEST_TEXT] or None


def _word(visit: Visit, name: str, words: type[SomeWord]) -> SomeWord | None:
    chosen = visit.request.query_params.get(name, "")
    return next((word for word in words if word.value == chosen), None)


def _shelf(visit: Visit, asked: Asked, error: UsageError | None = None) -> Response:
    with visit.office.reading() as session:
        found = library.shelf(
            session, visit.office, asked, offset=offset_of(visit.request), limit=PAGE
        )
        return show(
            visit,
            "library.html",
            "事项库",
            error=error,
            asked=asked,
            shelf=found,
            holdings=library.holdings(session, visit.office),
            choices=library.choices(session),
            words={"kind": ItemKind, "state": ItemState, "light": Light, "rung": Rung},
            pager=pager(visit.request, found.total),
            query=visit.request.url.query,
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )
