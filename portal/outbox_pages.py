"""投递台: every message with what became of it, those that reached nobody on top."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import Allowed
from portal.errors import NotHereError
from portal.forms import Reading
from portal.paging import PAGE, offset_of, pager
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services import outbox, outbox_views
from services.form_answers import Answer
from services.outbox import Acting
from services.outbox_views import Asked
from services.people import names_of_people
from services.todo import calendar_of, whom_to_ask
from supervision.errors import UsageError
from supervision.vocabulary import ChannelKind, MessageKind, MessageState, Permission, Word

pages = APIRouter()
Clerk = Annotated[Visit, Depends(Allowed(permission=Permission.RUN_OUTBOX))]
SomeWord = TypeVar("SomeWord", bound=Word)
Act = Callable[[Any, Any, Acting], str]


@pages.get("/outbox")
def outbox_page(visit: Clerk) -> Response:
    """Show a page of the messages that are asked for."""
    try:
        return _tray(visit, _asked_in(visit))
    except UsageError as error:
        return _tray(visit, Asked(), error)


@pages.get("/outbox/{message_id}")
def message_page(visit: Clerk) -> Response:
    """Show one message: what it said, every try with the answer, calls, what came in its place."""
    return _message(visit)


@pages.post("/outbox/{message_id}/resend")
def resend(visit: Clerk) -> Response:
    """Queue the message anew by the channel chosen."""
    reading = Reading(visit.form)

    def work(session: Any, found: Any, acting: Acting) -> str:  # noqa: ANN401 - rows of services
        channel = reading.one_of("channel", "渠道", list(ChannelKind))
        reading.require_sound()
        return outbox.resend(session, found, acting, channel=channel).hex

    return _done(visit, work, "已排入待发，下一次发送时发出。")


@pages.post("/outbox/{message_id}/park")
def park(visit: Clerk) -> Response:
    """Set the message aside until a person decides."""

    def work(session: Any, found: Any, acting: Acting) -> str:  # noqa: ANN401 - rows of services
        outbox.park(session, found, acting, reason=visit.form.text("reason"))
        return str(found.id.hex)

    return _done(visit, work, "已留待人工处理，不再自动发送。")


@pages.post("/outbox/{message_id}/call")
def call(visit: Clerk) -> Response:
    """Put a telephone call on record and settle the message."""

    def work(session: Any, found: Any, acting: Acting) -> str:  # noqa: ANN401 - rows of services
        spoke_to, answer = visit.form.text("spoke_to"), visit.form.text("answer")
        outbox.call(session, found, acting, spoke_to=spoke_to, answer=answer)
        return str(found.id.hex)

    return _done(visit, work, "电话告知已登记，这条消息已了结。")


def _done(visit: Visit, act: Act, said: str) -> Response:
    """Do it once and lead the person to the message it leaves him with."""

    def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        acting = Acting(actor=visit.actor, now=visit.office.now())
        led_to = act(session, _named(visit, session), acting)
        return Answer(location=f"/outbox/{led_to}", message=said)

    try:
        return visit.once(work)
    except UsageError as error:
        return _message(visit, error)


def _named(visit: Visit, session: Any) -> Any:  # noqa: ANN401 - rows of services
    try:
        return outbox.message_named(session, visit.request.path_params["message_id"])
    except UsageError as error:
        raise NotHereError("没有这条消息") from error


def _tray(visit: Visit, asked: Asked, error: UsageError | None = None) -> Response:
    with visit.office.reading() as session:
        found = outbox_views.tray(session, asked, skip=offset_of(visit.request), most=PAGE)
        return show(
            visit,
            "outbox.html",
            "投递台",
            error=error,
            asked=asked,
            tray=found,
            units=outbox_views.unit_names(session),
            words={"state": MessageState, "kind": MessageKind, "channel": ChannelKind},
            masked=outbox_views.masked,
            pager=pager(visit.request, found.total),
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


def _message(visit: Visit, error: UsageError | None = None) -> Response:
    with visit.office.reading() as session:
        message = _named(visit, session)
        found = outbox.shown(session, message.id.hex)
        return show(
            visit,
            "message.html",
            message.subject,
            error=error,
            message=message,
            found=found,
            called=names_of_people(session),
            is_open=outbox_views.is_open(message, found.replaced_by_id),
            ways=outbox_views.ways_on(session, message),
            outcomes=outbox_views.OUTCOMES,
            typed=visit.form,
            masked=outbox_views.masked,
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


def _asked_in(visit: Visit) -> Asked:
    """Return what the address asks for; a word or day that there is none of does not narrow."""
    asked = visit.request.query_params
    try:
        day = date.fromisoformat(asked.get("day", ""))
    except ValueError:
        day = None
    return Asked(
        waits_only=bool(asked.get("waits")),
        state=_word(asked.get("state"), MessageState),
        kind=_word(asked.get("kind"), MessageKind),
        channel=_word(asked.get("channel"), ChannelKind),
        unit=asked.get("unit", "").strip() or None,
        day=day,
    )


def _word(chosen: str | None, words: type[SomeWord]) -> SomeWord | None:
    return next((word for word in words if word.value == chosen), None)
