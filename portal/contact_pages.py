"""单位与联系人: who is reached for each unit, who is missing, and keeping it so."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import Allowed, id_in
from portal.errors import NotHereError
from portal.forms import Reading
from portal.paging import PAGE, offset_of, pager
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services import contact_book
from services.contact_book import Asked, Missing
from services.form_answers import Answer
from services.outbox_views import unit_names
from services.todo import calendar_of, whom_to_ask
from supervision.errors import UsageError
from supervision.vocabulary import Permission, UnitKind

pages = APIRouter()
Keeper = Annotated[Visit, Depends(Allowed(permission=Permission.MANAGE_CONTACTS))]


@pages.get("/contacts")
def contacts_page(visit: Keeper) -> Response:
    """Show a page of the units that are asked for."""
    asked = _asked_in(visit)
    with visit.office.reading() as session:
        found = contact_book.book(session, asked, skip=offset_of(visit.request), most=PAGE)
        return show(
            visit,
            "contacts.html",
            "单位与联系人",
            asked=asked,
            book=found,
            words={"kind": UnitKind, "missing": Missing},
            pager=pager(visit.request, found.total),
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


@pages.get("/contacts/units/{unit_id}")
def unit_page(visit: Keeper) -> Response:
    """Show one unit, with what can be mended about it."""
    return _unit(visit)


@pages.post("/contacts/units/{unit_id}/sponsor")
def set_sponsor(visit: Keeper) -> Response:
    """Name the unit that answers to the office for this one."""

    def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        unit = _of_address(visit, session)
        reading = Reading(visit.form)
        sponsor = reading.text("sponsor", "督导单位")
        reading.require_sound()
        contact_book.set_sponsor(session, visit.office, unit.id, sponsor, by=visit.actor)
        return Answer(
            location=f"/contacts/units/{unit.id}", message=f"{unit.name}的督导单位已登记。"
        )

    return _once(visit, work)


@pages.post("/contacts/units/{unit_id}/left")
def note_leaving(visit: Keeper) -> Response:
    """Put on record that one of the unit's people has left his post."""

    def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        unit = _of_address(visit, session)
        reading = Reading(visit.form)
        chosen = reading.text("person", "离任的人")
        left_on = reading.day("left_on", "离任日期")
        reading.require_sound()
        theirs = {str(each.id): each for each in unit.people}
        if chosen not in theirs:
            raise UsageError("这个单位没有这位联系人", advice="请重新选择。")
        contact_book.note_leaving(session, visit.office, UUID(chosen), left_on, by=visit.actor)
        said = f"{theirs[chosen].name}已登记离任，不再向其发送。"
        return Answer(location=f"/contacts/units/{unit.id}", message=said)

    return _once(visit, work)


def _once(visit: Visit, work: Any) -> Response:  # noqa: ANN401 - as `Visit.once` takes it
    try:
        return visit.once(work)
    except UsageError as error:
        return _unit(visit, error)


def _of_address(visit: Visit, session: Any) -> contact_book.UnitLine:  # noqa: ANN401
    found = contact_book.one(session, id_in(visit.request, "unit_id"))
    if found is None:
        raise NotHereError("没有这个单位")
    return found


def _unit(visit: Visit, error: UsageError | None = None) -> Response:
    with visit.office.reading() as session:
        unit = _of_address(visit, session)
        return show(
            visit,
            "contact_unit.html",
            unit.name,
            error=error,
            unit=unit,
            units=[name for name in unit_names(session) if name != unit.name],
            typed=visit.form,
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


def _asked_in(visit: Visit) -> Asked:
    asked = visit.request.query_params
    return Asked(
        kind=next((word for word in UnitKind if word.value == asked.get("kind")), None),
        missing=next((word for word in Missing if word.value == asked.get("missing")), None),
        text=asked.get("text", "").strip() or None,
    )
