"""用 Excel 填报: a unit's dispatch table down, filled in, up, looked at, and taken in."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import OfAUnit
from portal.downloads import attachment
from portal.errors import NotHereError
from portal.forms import Reading
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services.form_answers import Answer
from services.todo import calendar_of, whom_to_ask
from services.workbook_desk import Returned, look_at, own_book, own_books, take_in
from supervision.errors import DubanError, UnreadableDocumentError, UsageError

pages = APIRouter()
OfUnit = Annotated[Visit, Depends(OfAUnit())]
Uploader = Annotated[Visit, Depends(OfAUnit(uploads=True))]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/todo/workbook")
def workbook_page(visit: OfUnit) -> Response:
    """Show what may be downloaded, and the form to bring it back."""
    return _screen(visit)


@pages.get("/todo/workbook/{period}")
def download(visit: OfUnit, period: str) -> Response:
    """Give the unit's own workbook of a period that is open."""
    plan = visit.request.query_params.get("plan", "")
    with visit.office.reading() as session:
        found = own_book(
            session, visit.office, visit.unit_id, period, today=visit.today, plan_code=plan
        )
    if found is None:
        raise NotHereError("没有这份调度表")
    return attachment(found[1], name=found[0], media_type=XLSX)


@pages.post("/todo/workbook")
def upload(visit: Uploader) -> Response:
    """Show what taking a workbook in would do; nothing is handed in yet."""
    try:
        reading = Reading(visit.form)
        book = reading.file("file", "填好的调度表")
        reading.require_sound()
        with visit.office.reading() as session:
            returned = look_at(
                session, visit.office, visit.actor, book.data, name=book.name, today=visit.today
            )
    except (UsageError, UnreadableDocumentError) as error:
        return _screen(visit, error)
    return _screen(visit, returned=returned)


@pages.post("/todo/workbook/take")
def take(visit: OfUnit) -> Response:
    """Hand in what the workbook that was looked at says."""

    def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        done = take_in(session, visit.office, visit.actor, visit.form.text("returned"))
        faults = "".join(f"{each.code} {each.reason}；" for each in done.refused)
        refused = f"未采用 {len(done.refused)} 项：{faults}" if done.refused else ""
        said = f"已报送 {len(done.handed_in)} 项，无变化 {len(done.unchanged)} 项。{refused}"
        return Answer(location="/todo", message=said[:1000])

    try:
        return visit.once(work)
    except UsageError as error:
        return _screen(visit, error)


def _screen(
    visit: Visit, error: DubanError | None = None, *, returned: Returned | None = None
) -> Response:
    with visit.office.reading() as session:
        return show(
            visit,
            "workbook.html",
            "用 Excel 填报",
            error=error,
            books=own_books(session, visit.unit_id, today=visit.today),
            returned=returned,
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )
