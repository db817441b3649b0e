"""导入联系人表: the empty form down, the filled one up, looked at row by row, then taken in."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import Allowed
from portal.downloads import attachment
from portal.forms import Reading
from portal.screens import show
from portal.visits import Visit
from services import contact_import
from services.contact_import import Seen
from services.contacts import COLUMNS
from services.form_answers import Answer
from services.todo import whom_to_ask
from supervision.errors import DubanError, UnreadableDocumentError, UsageError
from supervision.vocabulary import ContactPost, Permission

pages = APIRouter()
P = Permission
Keeper = Annotated[Visit, Depends(Allowed(permission=P.MANAGE_CONTACTS))]
Uploader = Annotated[Visit, Depends(Allowed(permission=P.MANAGE_CONTACTS, uploads=True))]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/contacts/import")
def import_page(visit: Keeper) -> Response:
    """Show how a workbook of contacts is brought in."""
    return _screen(visit)


@pages.get("/contacts/import/form")
def empty_form(visit: Keeper) -> Response:
    """Give the workbook to be filled in."""
    with visit.office.reading() as session:
        data = contact_import.empty_form(session)
    return attachment(data, name=contact_import.FORM_NAME, media_type=XLSX)


@pages.post("/contacts/import")
def look_at(visit: Uploader) -> Response:
    """Show what taking the workbook in would do; nothing is changed yet."""
    try:
        reading = Reading(visit.form)
        book = reading.file("file", "填好的联系人表")
        reading.require_sound()
        with visit.office.reading() as session:
            seen = contact_import.look_at(
                session, visit.office, visit.actor, book.data, name=book.name
            )
    except (UsageError, UnreadableDocumentError) as error:
        return _screen(visit, error)
    return _screen(visit, seen=seen)


@pages.post("/contacts/import/take")
def take(visit: Keeper) -> Response:
    """Take in the workbook that was looked at."""

    def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        token = visit.form.text("seen")
        done = contact_import.take_in(session, visit.office, visit.actor, token)
        counts = f"联系人 {done.people} 名，邮箱 {done.addresses} 个，督导单位 {done.sponsors} 个"
        said = f"已登记{counts}。"
        return Answer(location="/contacts", message=said)

    try:
        return visit.once(work)
    except DubanError as error:
        return _screen(visit, error)


def _screen(visit: Visit, error: DubanError | None = None, *, seen: Seen | None = None) -> Response:
    with visit.office.reading() as session:
        return show(
            visit,
            "contact_import.html",
            "导入联系人表",
            error=error,
            seen=seen,
            columns=COLUMNS,
            posts=ContactPost,
            whom=whom_to_ask(session),
        )
