"""会议: what was held and who came, a meeting recorded, attendance counted by unit."""

import re
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
from services.form_answers import Answer
from services.meeting_book import Told, page_of, plans_that_meet, record_told
from services.meetings import presence_of
from services.todo import calendar_of, whom_to_ask
from supervision.errors import UsageError
from supervision.rights import RIGHTS
from supervision.vocabulary import MeetingKind, Permission, Presence

pages = APIRouter()
HERE = "/meetings"
Overseer = Annotated[Visit, Depends(SeesAll())]
Clerk = Annotated[Visit, Depends(Allowed(permission=Permission.RECORD_MEETING))]
BETWEEN = re.compile(r"[、，,；;\s]+")


@pages.get(HERE)
def list_page(visit: Overseer) -> Response:
    """Show the meetings, and the form to record one."""
    return _book(visit)


@pages.post(HERE)
def add(visit: Clerk) -> Response:
    """Put a meeting on record (登记会议)."""
    try:
        told = _told(Reading(visit.form))

        def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
            is_new = record_told(
                session, told, visit.actor, today=visit.today, now=visit.office.now()
            )
            how = "已登记" if is_new else "登记过，未作改动"
            return Answer(location=HERE, message=f"{told.kind.label}“{told.subject}”{how}。")

        return visit.once(work)
    except UsageError as error:
        return _book(visit, error)


def _told(reading: Reading) -> Told:
    kind = reading.one_of("kind", "会议类别", tuple(MeetingKind))
    held_on = reading.day("held_on", "会议日期")
    subject = reading.text("subject", "议题")
    if not _names(reading, "present"):
        reading.faults["present"] = "请填写到会单位"
    reading.require_sound()
    return Told(
        plan=reading.posted.text("plan"),
        kind=kind,
        held_on=held_on,
        subject=subject,
        presence=presence_of(
            *(_names(reading, name) for name in ("present", "on_leave", "absent"))
        ),
        codes=[code.upper() for code in _names(reading, "codes")],
        minutes=reading.posted.text("minutes"),
    )


def _names(reading: Reading, field: str) -> list[str]:
    """Return what a field lists, however it was set apart."""
    return [name for name in BETWEEN.split(reading.posted.text(field)) if name]


def _book(visit: Visit, error: UsageError | None = None) -> Response:
    given = visit.request.query_params
    presence = next((each for each in Presence if each.value == given.get("presence")), None)
    unit_id = _id(given.get("unit", ""))
    with visit.office.reading() as session:
        found = page_of(
            session, unit_id=unit_id, presence=presence, offset=offset_of(visit.request), limit=PAGE
        )
        return show(
            visit,
            "meetings.html",
            "会议",
            error=error,
            found=found,
            unit=next((name for key, name, *_ in found.units if key == unit_id), ""),
            presence=presence,
            presences=Presence,
            kinds=MeetingKind,
            plans=plans_that_meet(session),
            may=bool(RIGHTS[Permission.RECORD_MEETING].roles & visit.actor.roles),
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
