"""渠道 (administrator): by what ways messages leave, which of them do not answer, closing one."""

from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import Allowed, id_in
from portal.paging import PAGE, offset_of, pager
from portal.screens import show
from portal.visits import Visit
from services import channel_keeping, health_post
from services.channel_keeping import Keeping
from services.form_answers import Answer
from services.outbox_views import masked
from supervision.errors import UsageError
from supervision.vocabulary import Permission

pages = APIRouter()
Keeper = Annotated[Visit, Depends(Allowed(permission=Permission.MANAGE_CHANNELS))]


@pages.get("/channels")
def channels_page(visit: Keeper) -> Response:
    """Show the office's channels, then the ways to units, a page at a time."""
    return _screen(visit)


@pages.post("/channels/{way_id}/remove")
def remove(visit: Keeper) -> Response:
    """Stop using a way to a unit."""

    def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        keeping = Keeping(actor=visit.actor, now=visit.office.now())
        channel_keeping.remove_way(session, id_in(visit.request, "way_id"), keeping)
        return Answer(location="/channels", message="已停用这个渠道。")

    try:
        return visit.once(work)
    except UsageError as error:
        return _screen(visit, error)


def _screen(visit: Visit, error: UsageError | None = None) -> Response:
    start = offset_of(visit.request)
    with visit.office.reading() as session:
        there = list(channel_keeping.listed(session, visit.office))
        own = [each for each in there if each.unit is None]
        ways = [each for each in there if each.unit is not None]
        return show(
            visit,
            "channels.html",
            "渠道",
            error=error,
            own=own,
            ways=list(islice(ways, start, start + PAGE)),
            checks=[look(visit.office, session) for look in LOOKS],
            masked=masked,
            pager=pager(visit.request, len(ways)),
        )


LOOKS = (health_post.channels, health_post.lines_up, health_post.undelivered)
