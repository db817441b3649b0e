"""Coming in, going out, and one's own password."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal import cookies
from portal.access import Anyone, SignedIn
from portal.forms import Reading
from portal.menu import home_of
from portal.screens import show
from portal.visits import Visit
from services.passwords import Change, change_password
from services.sessions import cookie_of, end, person_of
from services.sign_in import Given, sign_in
from supervision.errors import UsageError

pages = APIRouter()
Guest = Annotated[Visit, Depends(Anyone())]
Holder = Annotated[Visit, Depends(SignedIn(even_overdue=True))]


@pages.get("/")
def home(visit: Annotated[Visit, Depends(SignedIn())]) -> Response:
    """Lead a person to the page he begins at."""
    return visit.led_to(home_of(visit.actor), visit.said())


@pages.get("/sign-in")
def sign_in_page(visit: Guest) -> Response:
    """Show the sign-in form."""
    return _sign_in_form(visit, visit.request.query_params.get("next", ""))


@pages.post("/sign-in")
def let_in(visit: Guest) -> Response:
    """Begin a session under a new token, whatever the browser brought."""
    led_to = visit.form.text("next")
    try:
        reading = Reading(visit.form)
        name = reading.text("name", "账号")
        password = visit.form.fields.get("password", "")
        reading.require_sound()
        given = Given(name=name, password=password, address=visit.address)
        token = sign_in(visit.office, given)
    except UsageError as error:
        return _sign_in_form(visit, led_to, error)
    keep_session(visit, token)
    return visit.led_to(_within(led_to), _news(visit, token))


def _sign_in_form(visit: Visit, led_to: str, error: UsageError | None = None) -> Response:
    offers_link = visit.office.settings.portal_is_public  # else no link could be opened
    return show(visit, "sign_in.html", "登录", error=error, led_to=led_to, offers_link=offers_link)


@pages.post("/sign-out")
def let_out(visit: Holder) -> Response:
    """End the session here and in the database."""
    with visit.office.transaction() as session:
        end(session, visit.person.token, now=visit.office.now())
    visit.request.state.cookies.clear()
    cookies.drop(visit.request, visit.office.settings, cookies.SESSION)
    return visit.led_to("/sign-in", "您已退出。")


@pages.get("/account")
def account_page(visit: Holder) -> Response:
    """Show who is signed in, with which roles, since when."""
    return show(visit, "account.html", "我的账号", person=visit.person)


@pages.get("/account/password")
def password_page(visit: Holder) -> Response:
    """Show the form for a new password."""
    return _password_form(visit)


@pages.post("/account/password")
def set_password(visit: Holder) -> Response:
    """Set a new password; every other session of the account ends."""
    fields = visit.form.fields
    name = visit.actor.name
    given = Given(name=name, password=fields.get("old", ""), address=visit.address)
    change = Change(given=given, new=fields.get("new", ""), again=fields.get("again", ""))
    try:
        token = change_password(visit.office, change)
    except UsageError as error:
        return _password_form(visit, error)
    keep_session(visit, token)
    return visit.led_to("/", "密码已修改，其他地方的登录均已退出。")


def _password_form(visit: Visit, error: UsageError | None = None) -> Response:
    return show(
        visit,
        "password.html",
        "修改密码",
        error=error,
        account=visit.actor.name,
        profile=visit.office.settings.password_profile,
        must=visit.person.must_change_password,
    )


def keep_session(visit: Visit, token: str) -> None:
    """Give the browser a session that has begun, and end the one it had."""
    settings = visit.office.settings
    if visit.signed_in is not None:
        with visit.office.transaction() as session:
            end(session, visit.signed_in.token, now=visit.office.now())
    visit.request.state.cookies.clear()
    cookies.drop(visit.request, settings, cookies.DOOR)
    cookies.keep(
        visit.request, settings, cookies.SESSION, cookie_of(settings, token, now=visit.office.now())
    )


def _within(path: str) -> str:
    """Return where a person wanted to go, if that is a page of ours."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if is_ours and path.isprintable() and "\\" not in path else "/"


def _news(visit: Visit, token: str) -> str:
    """Return what happened to the account meanwhile: its owner is told of wrong passwords."""
    settings, now = visit.office.settings, visit.office.now()
    with visit.office.reading() as session:
        person = person_of(session, settings, cookie_of(settings, token, now=now), now=now)
    if person is None or not person.failed_before or person.failed_last_at is None:
        return ""
    last = person.failed_last_at.astimezone(now.tzinfo)
    return (
        f"上次登录后有{person.failed_before}次密码错误的登录，最近一次在{last:%m月%d日 %H:%M}。"
        "如非本人操作，请修改密码并告知管理员。"
    )
