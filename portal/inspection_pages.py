"""督导检查: what was inspected and found, what is to be put right, counted by unit."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import Allowed
from portal.forms import Reading
from portal.oversight import SeesAll
from portal.paging import PAGE, offset_of, pager
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services import inspections
from services.form_answers import Answer
from services.inspection_book import item_to_inspect, page_of
from services.inspections import Inspected
from services.todo import calendar_of, whom_to_ask
from supervision.errors import UsageError
from supervision.rights import RIGHTS
from supervision.vocabulary import Permission

pages = APIRouter()
HERE = "/inspections"
Overseer = Annotated[Visit, Depends(SeesAll())]
Inspector = Annotated[Visit, Depends(Allowed(permission=Permission.RECORD_INSPECTION))]


@pages.get(HERE)
def list_page(visit: Overseer) -> Response:
    """Show the inspections, and the form to record one."""
    return _book(visit)


@pages.post(HERE)
def add(visit: Inspector) -> Response:
    """Put an inspection on record (登记检查)."""
    reading = Reading(visit.form)
    try:
        code = reading.text("code", "事项编号")
        seen = _seen(reading)
        reading.require_sound()

        def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
            item = item_to_inspect(session, code)
            _, is_new = inspections.record(
                session, item, seen, visit.actor, as_of=visit.today, now=visit.office.now()
            )
            told = "已登记" if is_new else "登记过，未作改动"
            return Answer(location=HERE, message=f"{item.code}的督导检查{told}。")

        return visit.once(work)
    except UsageError as error:
        return _book(visit, error)


@pages.post(HERE + "/put-right")
def put_right(visit: Inspector) -> Response:
    """Put on record that what was found on an item is put right (登记整改)."""
    reading = Reading(visit.form)
    try:
        code = reading.text("item", "事项编号")
        reading.require_sound()

        def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
            item = item_to_inspect(session, code)
            many = inspections.put_right(
                session, item, visit.actor, as_of=visit.today, now=visit.office.now()
            )
            return Answer(location=HERE, message=f"{item.code}已登记整改{many}件。")

        return visit.once(work)
    except UsageError as error:
        return _book(visit, error)


def _seen(reading: Reading) -> Inspected:
    put_right_by = None
    if reading.posted.text("put_right_by"):
        put_right_by = reading.day("put_right_by", "整改期限")
    return Inspected(
        inspected_on=reading.day("inspected_on", "检查日期"),
        inspected_by=reading.text("inspected_by", "检查人"),
        findings=reading.text("findings", "情况和问题"),
        put_right_by=put_right_by,
    )


def _book(visit: Visit, error: UsageError | None = None) -> Response:
    given = visit.request.query_params
    unsettled_only = given.get("open") == "1"
    unit_id = _id(given.get("unit", ""))
    with visit.office.reading() as session:
        found = page_of(
            session,
            unit_id=unit_id,
            unsettled_only=unsettled_only,
            offset=offset_of(visit.request),
            limit=PAGE,
        )
        return show(
            visit,
            "inspections.html",
            "督导检查",
            error=error,
            found=found,
            unit=next((name for key, name, *_ in found.units if key == unit_id), ""),
            unsettled_only=unsettled_only,
            may=bool(RIGHTS[Permission.RECORD_INSPECTION].roles & visit.actor.roles),
            typed=visit.form.fields,
            pager=pager(visit.request, found.total),
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
