"""What goes round every answer: the headers that protect a browser, and fresh cookies."""

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = frozenset({"GET", "HEAD", "POST"})
OF_PROGRAMS = "/api/"  # whose methods its own application answers for
# Pico draws the arrows of its fields in the style sheet: `data:` for pictures alone.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # without any, browsers send forms with `Origin: null`
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
# Whose addresses hold a token: no page they lead to, and no log of one, learns more than the host.
# `no-referrer` would make browsers send the form with `Origin: null`, like one from elsewhere.
WITH_TOKEN = ("/l/", "/feeds/")
HOST_ONLY = {"Referrer-Policy": "strict-origin"}
STRICT_TRANSPORT = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


class Envelope:
    """Wraps the whole application, so that no answer leaves without it, faults included."""

    def __init__(self, app: ASGIApp, *, is_public: bool) -> None:
        self.app = app
        self.headers = ALWAYS | (STRICT_TRANSPORT if is_public else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        cookies: list[str] = []
        always = self.headers | (HOST_ONLY if scope["path"].startswith(WITH_TOKEN) else {})
        scope["state"] = {**scope.get("state", {}), "cookies": cookies}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in always.items():
                    headers.setdefault(name, value)
                for cookie in cookies:
                    headers.append("Set-Cookie", cookie)
            await send(message)

        if scope["method"] in METHODS or scope["path"].startswith(OF_PROGRAMS):
            await self.app(scope, receive, sending)
        else:
            refused = PlainTextResponse("不支持这种请求方式。", 405, {"Allow": "GET, HEAD, POST"})
            await refused(scope, receive, sending)
