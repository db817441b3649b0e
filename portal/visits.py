"""One request of one person: what a handler is given, and how a form is answered."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal import cookies
from portal.errors import ForeignFormError, NotHereError
from portal.forms import KEY_FIELD, Posted
from services.form_answers import Answer, once
from services.office import Office
from services.sessions import Person
from services.settings import Settings
from services.sight import seen_item
from services.tokens import opened, signed
from supervision.errors import UsageError
from supervision.rights import Actor

SAID = "portal-said"
DOOR_BYTES = 32
KEY_BYTES = 16
SEE_OTHER = 303


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """A request that its guard let in; `signed_in` is None only where anyone may come."""

    request: Request
    office: Office
    signed_in: Person | None
    form_token: str
    form: Posted = field(default_factory=Posted)

    @property
    def person(self) -> Person:
        """Who is signed in; every guard but `Anyone` makes sure that somebody is."""
        assert self.signed_in is not None
        return self.signed_in

    @property
    def actor(self) -> Actor:
        """Who acts, with the roles held now."""
        return self.person.actor

    @property
    def unit_id(self) -> UUID:
        """The unit the person acts for; guards of units make sure that there is one."""
        assert self.actor.unit_id is not None
        return self.actor.unit_id

    @property
    def today(self) -> date:
        """Today in Shanghai."""
        return self.office.today()

    @property
    def address(self) -> str:
        """Where the request comes from, as far as the server knows."""
        return self.request.client.host if self.request.client else "unknown"

    def item(self, session: Any, *, to_act: bool = False) -> Any:  # noqa: ANN401 - rows of services
        """Return the item of the address, locked when it is acted on; NotHereError without it."""
        item_id = UUID(self.request.path_params["item_id"])
        found = seen_item(session, self.actor, item_id, to_act=to_act)
        if found is None:
            raise NotHereError("没有这个事项")
        return found[0]

    def once(self, work: Callable[[Any], Answer]) -> Response:
        """Do what the form asks for, once however often it is sent, and lead the person on.

        `work` is given the session of the one transaction. What it raises is raised, and then
        nothing has happened.
        """
        if not self.form.text(KEY_FIELD):
            raise ForeignFormError("表单已失效")
        key = self.form.digest(self.person.account_id.hex, self.request.url.path)
        answer = once(self.office, key, work, account_id=self.person.account_id)
        return self.led_to(answer.location, answer.message)

    def led_to(self, location: str, message: str = "") -> Response:
        """Lead the person to a page, which tells him the message once."""
        if message:
            said = signed(self.office.settings, SAID, [message])
            cookies.keep(
                self.request, self.office.settings, cookies.SAID, said, seconds=cookies.A_MOMENT
            )
        return RedirectResponse(location, SEE_OTHER)

    def said(self) -> str:
        """Return what the form before this page has to say, and forget it."""
        shown = cookies.read(self.request, self.office.settings, cookies.SAID)
        if not shown:
            return ""
        cookies.drop(self.request, self.office.settings, cookies.SAID)
        try:
            return opened(self.office.settings, SAID, shown)[0]
        except UsageError:
            return ""


def door_token(request: Request, settings: Settings) -> str:
    """Return what binds the forms of somebody who is not signed in, made when he first comes."""
    there = cookies.read(request, settings, cookies.DOOR)
    if there:
        return there
    made = secrets.token_urlsafe(DOOR_BYTES)
    cookies.keep(request, settings, cookies.DOOR, made)
    return made


def fresh_key() -> str:
    """Return a new form's own key."""
    return secrets.token_urlsafe(KEY_BYTES)
