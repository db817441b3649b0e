"""One-time links: opening one changes nothing, its form does its one thing, and then it is gone."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.background import BackgroundTask
from starlette.responses import Response

from portal.access import Anyone
from portal.account_pages import keep_session
from portal.forms import Reading
from portal.link_access import WithLink
from portal.phrases import When
from portal.report_pages import content_of
from portal.screens import show
from portal.visits import Visit
from services import sign_in_links
from services.link_acts import Given, LinkGoneError, Matter, act, live_link, matter_of
from services.notice_answers import Said
from services.report_forms import LABELS
from services.todo import calendar_of, whom_to_ask
from supervision.errors import DubanError, UsageError
from supervision.rights import NotAllowedError
from supervision.vocabulary import LinkPurpose, LinkStanding

pages = APIRouter()
Bearer = Annotated[Visit, Depends(WithLink())]
Guest = Annotated[Visit, Depends(Anyone())]
GONE = 410


@pages.api_route("/l/{token}", methods=["GET", "HEAD"])
def link_page(visit: Bearer) -> Response:
    """Show what the link does; programs that look at mail open it too, and change nothing."""
    try:
        return _page(visit)
    except LinkGoneError as error:
        return _gone(visit, error.standing)


@pages.post("/l/{token}")
def use_link(visit: Bearer) -> Response:
    """Do it once; what is refused is told on the same page, and the link stays good."""
    token = visit.request.path_params["token"]
    try:
        with (
            visit.office.transaction() as session,
            live_link(visit.office, session, token, to_act=True) as link,
        ):
            if link.purpose is LinkPurpose.SIGN_IN:
                begun = sign_in_links.enter(session, visit.office, link, address=visit.address)
                told = ""
            else:
                begun, told = "", act(session, visit.office, link, _given(visit))
    except LinkGoneError as error:
        return _gone(visit, error.standing)
    except (UsageError, NotAllowedError) as error:
        return _page(visit, error)
    if begun:
        keep_session(visit, begun)
        return visit.led_to("/")
    return show(visit, "link_done.html", "已办理", told=told)


@pages.get("/sign-in/link")
def ask_page(visit: Guest) -> Response:
    """Show the form that asks for a link to sign in by."""
    return show(visit, "sign_in_link.html", "用链接登录")


@pages.post("/sign-in/link")
def ask_for_link(visit: Guest) -> Response:
    """Answer at once and alike for every name; whether a link goes out is decided afterwards."""
    reading = Reading(visit.form)
    name = reading.text("name", "账号")
    try:
        reading.require_sound()
    except UsageError as error:
        return show(visit, "sign_in_link.html", "用链接登录", error=error)
    answer = show(visit, "sign_in_link_asked.html", "请查收邮件")
    answer.background = BackgroundTask(sign_in_links.ask, visit.office, name, address=visit.address)
    return answer


def _given(visit: Visit) -> Given:
    fields = visit.form.fields
    return Given(
        typed={name: text.strip() for name, text in fields.items() if name in LABELS},
        content=lambda: content_of(visit.form),
        said=lambda: _said(Reading(visit.form)),
    )


def _said(reading: Reading) -> Said:
    body = reading.text("body", "办理情况")
    reasons = reading.text("reasons", "未按期完成的原因")
    promised = None
    if reading.posted.text("promised_on"):
        promised = reading.day("promised_on", "承诺完成日期")
    reading.require_sound()
    return Said(body=body, reasons=reasons, promised_on=promised)


def _page(visit: Visit, error: DubanError | None = None) -> Response:
    token = visit.request.path_params["token"]
    with (
        visit.office.reading() as session,
        live_link(visit.office, session, token) as link,
    ):
        matter = matter_of(session, visit.office, link)
        return show(
            visit,
            "link.html",
            matter.title,
            error=error,
            matter=matter,
            typed=_typed(visit, matter),
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


def _typed(visit: Visit, matter: Matter) -> dict[str, Any]:
    return {**(matter.typed or {}), **visit.form.fields}


def _gone(visit: Visit, standing: LinkStanding) -> Response:
    with visit.office.reading() as session:
        whom = whom_to_ask(session)
    answer = show(visit, "link_gone.html", "链接已失效", standing=standing, whom=whom)
    answer.status_code = GONE
    return answer
