"""拉取督办通知: filter, put together, look at what comes, take it away as files."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.downloads import attachment
from portal.oversight import SeesAll
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services.notice_choosing import Choice, choices, pulled, to_choose
from services.notice_lists import Narrowed
from services.todo import calendar_of
from supervision.errors import UsageError
from supervision.ladder import FORMAL
from supervision.rights import RIGHTS
from supervision.vocabulary import Light, Permission

pages = APIRouter()
Overseer = Annotated[Visit, Depends(SeesAll())]
ZIP = "application/zip"
MOST_DAYS = 5  # digits


@pages.get("/notices/pull")
def pull_page(visit: Overseer) -> Response:
    """Show the filters and the papers that fit."""
    return _screen(visit)


@pages.get("/notices/pull/file")
def pull_file(visit: Overseer) -> Response:
    """Give the chosen papers, their list and the dispatch table as one file."""
    try:
        only = {UUID(text) for text in visit.request.query_params.getlist("only")}
        with visit.office.reading() as session:
            found = to_choose(
                session,
                visit.office,
                _narrowed(visit),
                by_matter=_by_matter(visit),
                as_of=_as_of(visit),
            )
            file = pulled(session, visit.office, found, only, as_of=_as_of(visit))
    except (UsageError, ValueError) as error:
        told = error if isinstance(error, UsageError) else UsageError("所选通知无法识别")
        return _screen(visit, told)
    return attachment(file.content, name=file.name, media_type=ZIP)


def _screen(visit: Visit, error: UsageError | None = None) -> Response:
    with visit.office.reading() as session:
        found: list[Choice] = []
        try:
            found = to_choose(
                session,
                visit.office,
                _narrowed(visit),
                by_matter=_by_matter(visit),
                as_of=_as_of(visit),
            )
        except UsageError as refused:
            error = error or refused
        return show(
            visit,
            "notices_pull.html",
            "拉取督办通知",
            error=error,
            found=found,
            offered=choices(session),
            typed=visit.request.query_params,
            as_of=_as_of(visit),
            is_by_matter=_by_matter(visit),
            items=sum(len(choice.shown.items) for choice in found),
            may_draft=bool(RIGHTS[Permission.DRAFT_NOTICE].roles & visit.actor.roles),
            when=When(visit.today, calendar_of(session)),
        )


def _narrowed(visit: Visit) -> Narrowed:
    given = visit.request.query_params
    days = given.get("days", "")
    is_number = days.isascii() and days.isdigit() and len(days) <= MOST_DAYS
    return Narrowed(
        unit=given.get("unit") or None,
        group=given.get("group") or None,
        light=next((light for light in Light if light.value == given.get("light")), None),
        rung=next((rung for rung in FORMAL if rung.value == given.get("rung")), None),
        min_days=int(days) if is_number else None,
    )


def _by_matter(visit: Visit) -> bool:
    return visit.request.query_params.get("by") == "matter"


def _as_of(visit: Visit) -> date:
    """Return the day asked for, today when it is none or one still to come."""
    try:
        asked = date.fromisoformat(visit.request.query_params.get("as_of", ""))
    except ValueError:
        return visit.today
    return min(asked, visit.today)
