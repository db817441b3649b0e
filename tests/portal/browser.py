"""A browser without a screen or scripts: it keeps cookies, reads forms and sends them."""

import asyncio
import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import httpx
from starlette.types import ASGIApp

FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
INPUT = re.compile(r"<(?:input|button)\b([^>]*)>")
TEXTAREA = re.compile(r"<textarea\b([^>]*)>(.*?)</textarea>", re.DOTALL)
SELECT = re.compile(r"<select\b([^>]*)>(.*?)</select>", re.DOTALL)
OPTION = re.compile(r"<option\b([^>]*)>")
File = tuple[str, bytes]
HOME = "http://127.0.0.1:8000"


def attributes(text: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', text)}


@dataclass
class Browser:
    """One person's browser on the portal, in this process."""

    app: ASGIApp
    address: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    page: str = ""  # as last shown

    def get(self, path: str, *, follow: bool = True) -> httpx.Response:
        return self.send("GET", path, follow=follow)

    def post(
        self,
        path: str,
        fields: dict[str, Any] | None = None,
        **options: Any,  # noqa: ANN401 - as httpx
    ) -> httpx.Response:
        """Send exactly these fields, with no token but what is among them."""
        return self.send("POST", path, data=fields or {}, **options)

    def submit(self, action: str, *, follow: bool = True, **typed: str | File) -> httpx.Response:
        """Fill in the form of the page that goes to `action`, and send it as it stands there.

        A file is given as a pair of its name and its content.
        """
        fields = self.form(action)
        files = {name: value for name, value in typed.items() if isinstance(value, tuple)}
        fields |= {name: value for name, value in typed.items() if isinstance(value, str)}
        sent: dict[str, Any] = {"data": fields} | ({"files": files} if files else {})
        return self.send("POST", action, follow=follow, **sent)

    def form(self, action: str) -> dict[str, str]:
        """Return the fields of the form that goes to `action`, as they stand on the page."""
        for head, body in FORM.findall(self.page):
            if attributes(head).get("action") == action:
                return _fields(body)
        raise AssertionError(f"no form goes to {action}")

    def send(self, method: str, path: str, *, follow: bool = True, **sent: Any) -> httpx.Response:  # noqa: ANN401
        answer = asyncio.run(self._asked(method, path, **sent))
        self._keep(answer)
        if follow and answer.is_redirect:
            led_to = urlsplit(answer.headers["location"])
            return self.get(led_to.path + (f"?{led_to.query}" if led_to.query else ""))
        self.page = answer.text if "html" in answer.headers.get("content-type", "") else ""
        return answer

    async def _asked(self, method: str, path: str, **sent: Any) -> httpx.Response:  # noqa: ANN401
        transport = httpx.ASGITransport(
            self.app, raise_app_exceptions=False, client=(self.address, 50_000)
        )
        shown = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers: dict[str, Any] = {"Cookie": shown.encode(), **sent.pop("headers", {})}
        async with httpx.AsyncClient(transport=transport, base_url=HOME) as client:
            return await client.request(method, path, headers=headers, **sent)

    def _keep(self, answer: httpx.Response) -> None:
        for line in answer.headers.get_list("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            if "max-age=0" in line.lower():
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value.strip('"')


def _fields(body: str) -> dict[str, str]:
    found = {}
    for text in INPUT.findall(body):
        stated = attributes(text)
        if "name" in stated and stated.get("type") != "submit":
            found[stated["name"]] = stated.get("value", "")
    for head, text in TEXTAREA.findall(body):
        found[attributes(head)["name"]] = unescape(text)
    for head, options in SELECT.findall(body):
        chosen = next((o for o in OPTION.findall(options) if "selected" in o), None)
        found[attributes(head)["name"]] = attributes(chosen or OPTION.findall(options)[0])["value"]
    return found
