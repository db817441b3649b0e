"""Other systems as tests have them: an office with something of everything, tokens, requests."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import httpx
from sqlmodel import Session
from starlette.types import ASGIApp

from services import circulars
from services.close_outs import Hand
from services.integration_tokens import NewToken, add_token
from services.office import Office
from services.tick import tick
from supervision.integrations import role_of
from supervision.rights import Actor
from supervision.vocabulary import Role, Scope
from tests.builders import FINANCE, adopt_plan, an_item, item_of
from tests.clock import Clock
from tests.people import person, the_plan, unit_id
from tests.portal.sent_notices import send_notice
from tests.reporting import HOUSING, OPENS
from tests.snapshots import filled

HOME = "http://127.0.0.1:8000"
OFFICE = "office"  # whose token it is, beside units
BEGAN, OPENED, CLOSED = date(2024, 11, 4), date(2024, 12, 10), date(2025, 1, 3)


def furnished(office: Office, clock: Clock) -> Office:
    """Give an office with a closed round and its circular, an open round, and papers sent.

    The finance bureau leads T01, T04 and P01 and supports T03; T02 is none of its business.
    """
    filled(office, "furnished", lambda office: _furnish(office, clock))
    clock.turn_to(OPENS)
    return office


def _furnish(office: Office, clock: Clock) -> None:
    clock.turn_to(BEGAN)
    adopt_plan(
        office,
        an_item("T01", supporting=[HOUSING]),
        an_item("T02", lead=HOUSING, due_on=date(2025, 2, 28)),
        an_item("T03", lead=HOUSING, supporting=[FINANCE]),
        an_item("T04", due_on=date(2025, 1, 31)),
        an_item("P01"),
        baseline_on=BEGAN,
    )
    for day in (OPENED, CLOSED):
        clock.turn_to(day)
        tick(office, today=day)
    with office.transaction() as session:
        dispatcher = Hand(
            actor=person(session, "调度员", Role.OFFICE), as_of=CLOSED, now=office.now()
        )
        circulars.draft(session, the_plan(session), "2024Q4", dispatcher, office.policy)
    clock.turn_to(OPENS)
    tick(office, today=OPENS)
    for number, (code, unit) in enumerate((("T01", FINANCE), ("T02", HOUSING)), start=1):
        send_notice(office, code, unit=unit, number=number)


def scopes_of(*, of_unit: bool) -> frozenset[Scope]:
    """Return every scope that a token of that sort can have."""
    return frozenset(scope for scope in Scope if role_of(scope, of_unit=of_unit))


def administrator(session: Session) -> Actor:
    return person(session, "管理员", Role.ADMINISTRATOR)


def a_token(office: Office, whose: str, scopes: Iterable[Scope] | None = None) -> str:
    """Make a token of a unit, or of the office, with all scopes unless some are named."""
    with office.transaction() as session:
        given = scopes_of(of_unit=whose != OFFICE) if scopes is None else frozenset(scopes)
        named = "".join(sorted(scope[:4] + scope[-4:] for scope in given))[-20:]
        new = NewToken(
            name=f"{whose[-4:]}{named}".replace("_", "x"),
            scopes=given,
            unit_id=None if whose == OFFICE else unit_id(session, whose),
        )
        return add_token(session, office, new, administrator(session)).secret


@dataclass
class System:
    """Another system that asks, in this process."""

    app: ASGIApp
    token: str | None
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **asked: Any) -> httpx.Response:  # noqa: ANN401 - parameters
        return self.send("GET", path, params=asked)

    def post(self, path: str, key: str, said: Any = None) -> httpx.Response:  # noqa: ANN401 - JSON
        return self.send("POST", path, headers={"Idempotency-Key": key}, json=said)

    def send(self, method: str, path: str, **sent: Any) -> httpx.Response:  # noqa: ANN401
        return asyncio.run(self.asked(method, path, **sent))

    async def asked(self, method: str, path: str, **sent: Any) -> httpx.Response:  # noqa: ANN401
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        shown = {} if self.token is None else {"Authorization": f"Bearer {self.token}"}
        headers = shown | sent.pop("headers", {})
        async with httpx.AsyncClient(transport=transport, base_url=HOME) as client:
            return await client.request(method, f"/api/v1{path}", headers=headers, **sent)


def places(office: Office, code: str) -> dict[str, str]:
    """Return what stands in addresses for an item, and for the notice on it if there is one."""
    from tests.portal.sent_notices import notice_place  # noqa: PLC0415 - rows, not addresses

    with office.reading() as session:
        item_id = str(item_of(session, code).id)
    return {
        "{item_id}": item_id,
        "{plan}": "plan",
        "{period}": "2024Q4",
        **notice_place(office, code),
    }
