"""The portal's cookies: `__Host-` and Secure under TLS, plain names on this machine alone."""

from http.cookies import Morsel, SimpleCookie

from starlette.requests import Request

from services.settings import Settings

SESSION = "duban_session"
DOOR = "duban_door"  # binds the forms of people who are not signed in
SAID = "duban_said"  # what the next page tells the person
A_MOMENT = 60  # seconds


def read(request: Request, settings: Settings, name: str) -> str | None:
    """Return what the browser shows under that name."""
    return request.cookies.get(_full_name(settings, name))


def keep(
    request: Request, settings: Settings, name: str, value: str, *, seconds: int | None = None
) -> None:
    """Give the browser a cookie with this answer, for as long as it is open or so many seconds."""
    morsel = _morsel(settings, name, value)
    if seconds is not None:
        morsel["max-age"] = str(seconds)
    request.state.cookies.append(morsel.OutputString())


def drop(request: Request, settings: Settings, name: str) -> None:
    """Take a cookie back from the browser with this answer."""
    keep(request, settings, name, "", seconds=0)


def _full_name(settings: Settings, name: str) -> str:
    return f"__Host-{name}" if settings.portal_is_public else name


def _morsel(settings: Settings, name: str, value: str) -> "Morsel[str]":
    full_name = _full_name(settings, name)
    jar: SimpleCookie = SimpleCookie()
    jar[full_name] = value
    morsel = jar[full_name]
    morsel["path"] = "/"
    morsel["httponly"] = True
    morsel["samesite"] = "Lax"
    if settings.portal_is_public:
        morsel["secure"] = True
    return morsel
