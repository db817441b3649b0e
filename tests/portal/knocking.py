"""Knocking at every door: an office with something of everybody's, and what becomes of a request.

The doors may be knocked at alone, with nothing behind them: whom a guard lets in is then answered
at once, without the page. Guards, their order and the refusals are the portal's own.
"""

import asyncio
import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from uuid import UUID

import httpx
from fastapi import Depends, FastAPI
from sqlmodel import Session, col, select
from starlette.responses import Response
from starlette.types import ASGIApp

from db.life_tables import Account, EvidenceFile
from db.plan_draft_tables import PlanDraft
from db.plan_tables import WorkItem
from db.record_tables import Message, Notice
from portal import refusals
from portal.app import create_app
from portal.envelope import Envelope
from services import plan_drafts
from services.historic_words import Clerk
from services.office import Office
from services.plan_uploads import read_upload
from services.tick import tick
from tests.builders import FINANCE, adopt_plan, an_item, item_of
from tests.people import prove
from tests.portal.browser import HOME, Browser
from tests.portal.routes import doors_of
from tests.portal.sent_notices import send_notice
from tests.reporting import HOUSING, OPENS, dispatcher
from tests.snapshots import filled

# Of the finance bureau's people: it leads T01, T02 is none of its business, T03 it supports.
OWN, SUPPORTED, OTHER, NONE = "T01", "T03", "T02", "none"
NOWHERE = "00000000-0000-4000-8000-000000000000"
PLACES = {
    "{name}": "duban.css",
    "{part}": "to_report",
    "{period}": "2025Q1",
    "{waiting}": "reports",
    "{kind}": "duties",
    "{plan}": "plan",
    "{form}": "xlsx",
    "{number}": "1",
    "{code}": "T01",
}
A_DOCUMENT = """\
安全生产方案

附件1
任务清单

序号|重点任务|完成时限|责任单位
1|开展整治|2025年6月底前|区应急管理局、区工信局
"""
OF_ITEMS = ("{item_id}", "{evidence_id}", "{notice_id}")
LET_IN = 204
MEANINGS = {LET_IN: "in", 403: "not allowed", 404: "not there"}
Places = dict[str, str]


def open_to_all(office: Office) -> None:
    """Fill an office: the finance bureau leads T01, supports T03, and T02 is another's.

    Of each item there is evidence and a notice to its answering unit; beside it lies the draft of
    another plan, with something to be settled.
    """
    filled(office, "open to all", _adopted)
    for code, unit in ((OWN, FINANCE), (OTHER, HOUSING), (SUPPORTED, HOUSING)):
        prove(office, code, unit=unit, text=f"{code}的台账")
        send_notice(office, code, unit=unit, number=int(code[1:]))
    uploaded = read_upload(office, A_DOCUMENT.encode(), name="安全.txt")
    with office.transaction() as session:
        clerk = Clerk(actor=dispatcher(session), as_of=OPENS, now=office.now())
        plan_drafts.start(session, uploaded, clerk, code="safety", baseline_on=None)


def _adopted(office: Office) -> None:
    adopt_plan(
        office,
        an_item(OWN, supporting=[HOUSING]),
        an_item(OTHER, lead=HOUSING),
        an_item(SUPPORTED, lead=HOUSING, supporting=[FINANCE]),
        baseline_on=date(2025, 1, 6),
    )
    tick(office, today=OPENS)


def places(office: Office, owner: str) -> Places:
    """Return what stands in addresses of an owner: his item, its evidence, its notice."""
    if owner == NONE:
        return PLACES
    with office.reading() as session:
        item = item_of(session, owner)
        of_item = select(EvidenceFile.id).where(EvidenceFile.work_item_id == item.id)
        about = select(Notice.id).join(WorkItem, col(WorkItem.id) == col(Notice.work_item_id))
        message = session.exec(select(Message).limit(1)).one()
        found = {
            "{item_id}": item.id,
            "{evidence_id}": session.exec(of_item).one(),
            "{notice_id}": session.exec(about.where(WorkItem.code == owner)).one(),
            "{message_id}": message.id,
            "{unit_id}": message.unit_id,
            "{account_id}": _first_account(session),
            "{draft_id}": session.exec(select(PlanDraft.id)).one(),
        }
    return PLACES | {place: str(there) for place, there in found.items()}


def _first_account(session: Session) -> UUID | None:
    """Return an account nobody here acts under; there is none where nobody signs in."""
    found = session.exec(select(Account.id).where(Account.name == "guanliyuan")).one_or_none()
    return found or UUID(NOWHERE)


def filled_in(path: str, at: Places) -> str:
    """Return an address with its places filled in: what nobody has where nothing is known."""
    return re.sub(r"\{\w+\}", lambda place: at.get(place[0], NOWHERE), path)


def doors_alone(office: Office) -> ASGIApp:
    """Return the portal's doors in their order with nothing behind them: who is in gets a 204."""

    def let_in() -> Response:
        return Response(status_code=LET_IN)

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.office = office
    for door in doors_of(create_app(office)):
        guards = [Depends(guard) for guard in door.guards]
        app.add_api_route(door.path, let_in, methods=[door.method], dependencies=guards)
    refusals.add_to(app)
    return Envelope(app, is_public=False)


def marks(browser: Browser) -> dict[str, str]:
    """Return what a sound form of this person carries that says nothing."""
    page = "/account" if "duban_session" in browser.cookies else "/sign-in"
    browser.get(page)
    action = "/sign-out" if page == "/account" else "/sign-in"
    return {"form_token": browser.form(action)["form_token"], "form_key": "key"}


def knocked(
    app: ASGIApp,
    browser: Browser,
    doors: Iterable[tuple[str, str]],
    sent: Mapping[str, str],
    *,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> list[str]:
    """Return what became of requests (method, address) made one after another by one person."""
    return asyncio.run(_knocked(app, browser, doors, sent, headers))


async def _knocked(
    app: ASGIApp,
    browser: Browser,
    doors: Iterable[tuple[str, str]],
    sent: Mapping[str, str],
    headers: Mapping[str, str],
) -> list[str]:
    transport = httpx.ASGITransport(app, client=(browser.address, 50_000))
    async with httpx.AsyncClient(
        transport=transport, base_url=HOME, cookies=browser.cookies, headers=headers
    ) as client:
        answers = []
        for method, path in doors:
            data = sent if method == "POST" else None
            answers.append(_meant(await client.request(method, path, data=data)))
        return answers


def _meant(answer: httpx.Response) -> str:
    if answer.headers.get("location", "").startswith("/sign-in"):
        return "sign in first"
    return MEANINGS.get(answer.status_code, f"answered {answer.status_code}")
