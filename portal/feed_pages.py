"""Feeds that people's own programs fetch by a token, and the buttons on 我的账号 that make one."""

import hashlib
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from portal.access import Guard, OfAUnit, SignedIn
from portal.downloads import SANDBOX
from portal.errors import NotHereError
from portal.oversight import SeesAll
from portal.screens import show
from portal.visits import Visit
from services import feed_tokens, feeds
from services.feeds import FeedFile
from services.office import Office
from services.sessions import Person
from supervision.errors import UsageError
from supervision.vocabulary import FeedKind

pages = APIRouter()
NOT_MODIFIED = 304
READS = ["GET", "HEAD"]


@dataclass(frozen=True, kw_only=True, slots=True)
class WithFeed(Guard):
    """Lets in the program of whoever holds the token of the address, as he stands now."""

    kind: FeedKind

    def _admitted(self, request: Request, office: Office) -> Person:
        with office.reading() as session:
            person = feed_tokens.holder_of(session, request.path_params["token"], self.kind)
        if person is None:
            raise NotHereError("没有这个订阅")
        return person


CalendarProgram = Annotated[Visit, Depends(WithFeed(kind=FeedKind.DEADLINES))]
FeedReader = Annotated[Visit, Depends(WithFeed(kind=FeedKind.OVERSIGHT))]
OfUnit = Annotated[Visit, Depends(OfAUnit())]
Overseer = Annotated[Visit, Depends(SeesAll())]


@pages.api_route("/feeds/{token}/deadlines.ics", methods=READS)
def deadlines(visit: CalendarProgram) -> Response:
    """Give the unit's dates as a calendar."""
    with visit.office.reading() as session:
        return _file(visit, feeds.deadlines(session, visit.office, visit.unit_id))


@pages.api_route("/feeds/{token}/oversight.atom", methods=READS)
def oversight(visit: FeedReader) -> Response:
    """Give the papers that went out as a feed."""
    with visit.office.reading() as session:
        return _file(visit, feeds.oversight(session, visit.office))


@pages.get("/account/feeds")
def feeds_page(visit: Annotated[Visit, Depends(SignedIn())]) -> Response:
    """Show which feeds a person has, and may have."""
    return _feeds(visit)


@pages.post("/account/feeds/deadlines")
def make_deadlines(visit: OfUnit) -> Response:
    """Make an address for the unit's dates; the one before ends."""
    return _made(visit, FeedKind.DEADLINES)


@pages.post("/account/feeds/oversight")
def make_oversight(visit: Overseer) -> Response:
    """Make an address for papers that went out; the one before ends."""
    return _made(visit, FeedKind.OVERSIGHT)


@pages.post("/account/feeds/deadlines/revoke")
def end_deadlines(visit: OfUnit) -> Response:
    """End the address of the unit's dates."""
    return _ended(visit, FeedKind.DEADLINES)


@pages.post("/account/feeds/oversight/revoke")
def end_oversight(visit: Overseer) -> Response:
    """End the address of papers that went out."""
    return _ended(visit, FeedKind.OVERSIGHT)


def _file(visit: Visit, found: FeedFile) -> Response:
    """Answer with the feed, or that it is as the program knows it."""
    tag = f'"{hashlib.sha256(found.content).hexdigest()[:32]}"'
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(found.changed_at.astimezone(UTC), usegmt=True),
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": SANDBOX,
    }
    known = {text.strip() for text in visit.request.headers.get("If-None-Match", "").split(",")}
    visit.request.state.cookies.clear()
    if tag in known:
        return Response(status_code=NOT_MODIFIED, headers=headers)
    return Response(found.content, media_type=found.media_type, headers=headers)


def _made(visit: Visit, kind: FeedKind) -> Response:
    """Show the new address on the page that answers the form: it is kept nowhere."""
    with visit.office.transaction() as session:
        address = feed_tokens.make(session, visit.office, visit.person, kind)
    return _feeds(visit, made=address)


def _ended(visit: Visit, kind: FeedKind) -> Response:
    try:
        with visit.office.transaction() as session:
            feed_tokens.revoke(session, visit.office, visit.person, kind)
    except UsageError as error:
        return _feeds(visit, error)
    return visit.led_to("/account/feeds", f"{kind.label}的订阅地址已停用。")


def _feeds(visit: Visit, error: UsageError | None = None, made: str = "") -> Response:
    with visit.office.reading() as session:
        since = feed_tokens.in_use(session, visit.person.account_id)
    offered = [kind for kind in FeedKind if feed_tokens.MAY[kind](visit.actor)]
    zone = visit.office.now().tzinfo
    days = {kind.value: moment.astimezone(zone).date() for kind, moment in since.items()}
    return show(
        visit,
        "feeds.html",
        "订阅",
        error=error,
        offered=offered,
        since=days,
        made=made,
        is_public=visit.office.settings.portal_is_public,
    )
