"""审计: the record as it was written, narrowed in the address, and whether it is whole."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import Allowed
from portal.paging import PAGE, offset_of, pager
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services import audit, record_book
from services.audit import Verified
from services.record_book import Asked
from services.todo import calendar_of
from supervision.errors import UsageError
from supervision.vocabulary import Permission

pages = APIRouter()
Auditor = Annotated[Visit, Depends(Allowed(permission=Permission.READ_RECORD))]


@pages.get("/record")
def record_page(visit: Auditor) -> Response:
    """Show a page of the entries that are asked for, the latest first."""
    return _screen(visit)


@pages.post("/record/verify")
def verify(visit: Auditor) -> Response:
    """Walk the whole record and show whether it holds; nothing is written."""
    try:
        with visit.office.reading() as session:
            found = audit.verify(session, visit.office, told=visit.form.text("told"))
    except UsageError as error:
        return _screen(visit, error)
    return _screen(visit, verified=found)


def _screen(
    visit: Visit, error: UsageError | None = None, *, verified: Verified | None = None
) -> Response:
    asked = _asked_in(visit)
    with visit.office.reading() as session:
        found = record_book.book(session, asked, skip=offset_of(visit.request), most=PAGE)
        return show(
            visit,
            "record.html",
            "审计",
            error=error,
            asked=asked,
            book=found,
            verified=verified,
            told_before=visit.form.text("told"),
            pager=pager(visit.request, found.total),
            when=When(visit.today, calendar_of(session)),
        )


def _asked_in(visit: Visit) -> Asked:
    asked = visit.request.query_params
    try:
        day = date.fromisoformat(asked.get("day", ""))
    except ValueError:
        day = None
    return Asked(
        actor=asked.get("actor", "").strip() or None,
        act=asked.get("act") or None,
        kind=asked.get("kind") or None,
        day=day,
    )
