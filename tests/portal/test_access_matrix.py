"""Who gets in where: every route, for every role, to his own item, another unit's and none (SEC1).

The table says what each route asks for; what is expected follows from it and from the table of
rights. A route that is missing from the table fails.
"""

import re
from datetime import date
from uuid import UUID

import pytest
from sqlmodel import Session, select
from starlette.types import ASGIApp

from db.life_tables import Account, EvidenceFile
from db.record_tables import Message
from portal.app import create_app
from services.office import Office
from services.tick import tick
from supervision.rights import RIGHTS, Right
from supervision.sight import AT_THE_DESK, SEES_ALL
from supervision.vocabulary import Permission, Role
from tests.builders import FINANCE, adopt_plan, an_item, item_of
from tests.clock import Clock
from tests.people import prove
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.portal.routes import doors_of
from tests.portal.sent_notices import notice_place, send_notice
from tests.reporting import HOUSING, OPENS

P = Permission
ANYONE, SIGNED_IN, UNIT = "anyone", "signed in", "of a unit"
ALL_ITEMS, DESK = "sees all items", "at the desk"
ROLES_OF = {UNIT: {Role.LIAISON, Role.HEAD}, ALL_ITEMS: SEES_ALL, DESK: AT_THE_DESK}
# What is not about items: whose role may, does, whichever message or account it is.
OUTBOX, CONTACTS = "runs the outbox", "keeps contacts"
ACCOUNTS, RECORD = "keeps accounts", "reads the record"
WATCHES = "answers for the system"
DRAFTS, SIGNS, PUBLISHES = "drafts circulars", "signs circulars", "publishes circulars"
INSPECTS = "records inspections"
ROLES_OF |= {
    INSPECTS: RIGHTS[P.RECORD_INSPECTION].roles,
    DRAFTS: RIGHTS[P.DRAFT_CIRCULAR].roles,
    SIGNS: RIGHTS[P.SIGN_CIRCULAR].roles,
    PUBLISHES: RIGHTS[P.PUBLISH_CIRCULAR].roles,
    OUTBOX: RIGHTS[P.RUN_OUTBOX].roles,
    CONTACTS: RIGHTS[P.MANAGE_CONTACTS].roles,
    ACCOUNTS: RIGHTS[P.MANAGE_ACCOUNTS].roles,
    RECORD: RIGHTS[P.READ_RECORD].roles,
    WATCHES: {Role.OFFICE, Role.ADMINISTRATOR},
}
NEEDS: dict[str, str | Permission] = {
    "GET /static/{name}": ANYONE,
    "GET /sign-in": ANYONE,
    "POST /sign-in": ANYONE,
    "GET /": SIGNED_IN,
    "POST /sign-out": SIGNED_IN,
    "GET /account": SIGNED_IN,
    "GET /account/password": SIGNED_IN,
    "POST /account/password": SIGNED_IN,
    "GET /desk": DESK,
    "GET /desk/lists/{waiting}": DESK,
    "GET /desk/gaps": DESK,
    "GET /desk/undelivered": DESK,
    "GET /rounds": DESK,
    "GET /rounds/preview": P.RUN_ROUNDS,
    "GET /rounds/{plan}/{period}": DESK,
    "GET /rounds/{plan}/{period}/items": DESK,
    "GET /rounds/{plan}/{period}/export": DESK,
    "POST /rounds/{plan}/{period}/open": P.RUN_ROUNDS,
    "POST /rounds/{plan}/{period}/remind": P.RUN_ROUNDS,
    "POST /rounds/{plan}/{period}/close": P.RUN_ROUNDS,
    "GET /decisions": DESK,
    "GET /items/{item_id}/extension/review": P.REVIEW_EXTENSION,
    "POST /items/{item_id}/extension/review": P.REVIEW_EXTENSION,
    "GET /items/{item_id}/extension/decision": P.DECIDE_EXTENSION,
    "POST /items/{item_id}/extension/decision/approve": P.DECIDE_EXTENSION,
    "POST /items/{item_id}/extension/decision/refuse": P.DECIDE_EXTENSION,
    "GET /items/{item_id}/close-out/review": P.REVIEW_CLOSE_OUT,
    "POST /items/{item_id}/close-out/review": P.REVIEW_CLOSE_OUT,
    "POST /items/{item_id}/close-out/review/return": P.RETURN_CLOSE_OUT,
    "GET /items/{item_id}/close-out/decision": P.DECIDE_CLOSE_OUT,
    "POST /items/{item_id}/close-out/decision": P.DECIDE_CLOSE_OUT,
    "POST /items/{item_id}/close-out/decision/return": P.RETURN_CLOSE_OUT,
    "GET /items/{item_id}/dispute/answer": P.ANSWER_DISPUTE,
    "POST /items/{item_id}/dispute/answer": P.ANSWER_DISPUTE,
    "POST /items/{item_id}/dispute/answer/reassign": P.ANSWER_DISPUTE,
    "GET /items/{item_id}/settlement": P.SETTLE_HISTORIC,
    "POST /items/{item_id}/settlement": P.SETTLE_HISTORIC,
    "GET /items/{item_id}/suspension": P.SUSPEND,
    "POST /items/{item_id}/suspension": P.SUSPEND,
    "POST /items/{item_id}/suspension/resume": P.SUSPEND,
    "GET /items/{item_id}/cancellation": P.CANCEL,
    "POST /items/{item_id}/cancellation": P.CANCEL,
    "GET /items/{item_id}/reopening": P.REOPEN,
    "POST /items/{item_id}/reopening": P.REOPEN,
    "GET /items/{item_id}/light": P.OVERRIDE_LIGHT,
    "POST /items/{item_id}/light": P.OVERRIDE_LIGHT,
    "POST /items/{item_id}/light/clear": P.OVERRIDE_LIGHT,
    "GET /items/{item_id}/unable": P.JUDGE_UNABLE,
    "POST /items/{item_id}/unable": P.JUDGE_UNABLE,
    "POST /items/{item_id}/unable/revoke": P.JUDGE_UNABLE,
    "GET /todo": UNIT,
    "GET /todo/part/{part}": UNIT,
    "GET /todo/workbook": UNIT,
    "GET /todo/workbook/{period}": UNIT,
    "POST /todo/workbook": UNIT,
    "POST /todo/workbook/take": UNIT,
    "GET /notices": ALL_ITEMS,
    "GET /notices/pull": ALL_ITEMS,
    "GET /notices/pull/file": ALL_ITEMS,
    "GET /received": UNIT,
    "GET /notices/{notice_id}": P.READ_ITEMS,
    "GET /notices/{notice_id}/file": P.READ_ITEMS,
    "POST /notices/{notice_id}/sign": P.SIGN_NOTICE,
    "POST /notices/{notice_id}/issue": P.ISSUE_NOTICE,
    "POST /notices/{notice_id}/deliver": P.DELIVER_BY_HAND,
    "POST /notices/{notice_id}/acknowledge": P.ACKNOWLEDGE_NOTICE,
    "POST /notices/{notice_id}/answer": P.ANSWER_NOTICE,
    "POST /notices/{notice_id}/review": P.REVIEW_ANSWER,
    "POST /notices/{notice_id}/void": P.VOID_NOTICE,
    "GET /circulars": ALL_ITEMS,
    "GET /circulars/{plan}/{period}": ALL_ITEMS,
    "GET /circulars/{plan}/{period}/file": ALL_ITEMS,
    "POST /circulars/{plan}/{period}/draft": DRAFTS,
    "POST /circulars/{plan}/{period}/sign": SIGNS,
    "POST /circulars/{plan}/{period}/publish": PUBLISHES,
    "GET /one-page": ALL_ITEMS,
    "GET /one-page/items": ALL_ITEMS,
    "GET /papers": ALL_ITEMS,
    "GET /papers/{kind}": ALL_ITEMS,
    "GET /inspections": ALL_ITEMS,
    "POST /inspections": INSPECTS,
    "POST /inspections/put-right": INSPECTS,
    "GET /overdue": ALL_ITEMS,
    "GET /overdue/items": ALL_ITEMS,
    "GET /items": ALL_ITEMS,
    "GET /items/export/{form}": ALL_ITEMS,
    "GET /indicators": ALL_ITEMS,
    "GET /rules": ALL_ITEMS,
    "GET /rules/templates": DESK,
    "GET /calendar": ALL_ITEMS,
    "GET /items/{item_id}": P.READ_ITEMS,
    "POST /items/{item_id}/acknowledge": P.ACKNOWLEDGE,
    "GET /items/{item_id}/report": P.REPORT,
    "POST /items/{item_id}/report": P.REPORT,
    "POST /items/{item_id}/report/draft": P.REPORT,
    "GET /items/{item_id}/report/check": P.REPORT,
    "POST /items/{item_id}/report/submit": P.REPORT,
    "POST /items/{item_id}/report/return": P.APPROVE_DRAFT,
    "GET /items/{item_id}/reports/{period}": P.REVIEW_REPORT,
    "POST /items/{item_id}/reports/{period}/accept": P.REVIEW_REPORT,
    "POST /items/{item_id}/reports/{period}/return": P.REVIEW_REPORT,
    "GET /items/{item_id}/extension": P.ASK_EXTENSION,
    "POST /items/{item_id}/extension": P.ASK_EXTENSION,
    "GET /items/{item_id}/close-out": P.ASK_CLOSE_OUT,
    "POST /items/{item_id}/close-out": P.ASK_CLOSE_OUT,
    "GET /items/{item_id}/contribution": P.CONTRIBUTE,
    "POST /items/{item_id}/contribution": P.CONTRIBUTE,
    "GET /items/{item_id}/evidence": P.ADD_EVIDENCE,
    "POST /items/{item_id}/evidence": P.ADD_EVIDENCE,
    "GET /evidence/{evidence_id}": P.READ_ITEMS,
    "GET /outbox": OUTBOX,
    "GET /outbox/{message_id}": OUTBOX,
    "POST /outbox/{message_id}/resend": OUTBOX,
    "POST /outbox/{message_id}/park": OUTBOX,
    "POST /outbox/{message_id}/call": OUTBOX,
    "GET /contacts": CONTACTS,
    "GET /contacts/units/{unit_id}": CONTACTS,
    "POST /contacts/units/{unit_id}/sponsor": CONTACTS,
    "POST /contacts/units/{unit_id}/left": CONTACTS,
    "GET /contacts/import": CONTACTS,
    "GET /contacts/import/form": CONTACTS,
    "POST /contacts/import": CONTACTS,
    "POST /contacts/import/take": CONTACTS,
    "GET /accounts": ACCOUNTS,
    "GET /accounts/new": ACCOUNTS,
    "POST /accounts/new": ACCOUNTS,
    "GET /accounts/{account_id}": ACCOUNTS,
    "POST /accounts/{account_id}/grant": ACCOUNTS,
    "POST /accounts/{account_id}/revoke": ACCOUNTS,
    "POST /accounts/{account_id}/disable": ACCOUNTS,
    "POST /accounts/{account_id}/end-sessions": ACCOUNTS,
    "GET /plans": CONTACTS,
    "GET /plans/{plan}/findings": CONTACTS,
    "GET /plans/{plan}/findings/report": CONTACTS,
    "GET /channels": ACCOUNTS,
    "POST /channels/{way_id}/remove": ACCOUNTS,
    "GET /record": RECORD,
    "POST /record/verify": RECORD,
    "GET /help": SIGNED_IN,
    "GET /account/notifications": UNIT,
    "GET /health": WATCHES,
}
# Of the finance bureau's people: it leads T01, T02 is none of its business, T03 it supports.
OWN, SUPPORTED, OTHER, NONE = "T01", "T03", "T02", "none"
OF_ITEMS = ("{item_id}", "{evidence_id}", "{notice_id}")
NOWHERE = "00000000-0000-4000-8000-000000000000"
PLACES = {
    "{way_id}": NOWHERE,
    "{name}": "duban.css",
    "{part}": "to_report",
    "{period}": "2025Q1",
    "{waiting}": "reports",
    "{kind}": "duties",
    "{plan}": "plan",
    "{form}": "xlsx",
}
UNIT_ROLES = {Role.LIAISON, Role.HEAD}


def test_every_route_stands_in_the_table(reporting: Office) -> None:
    assert {door.name for door in doors_of(create_app(reporting))} == set(NEEDS)


@pytest.fixture
def reporting(office: Office, clock: Clock) -> Office:
    """Give an office in which the finance bureau leads T01, supports T03, and T02 is another's."""
    clock.turn_to(OPENS)
    adopt_plan(
        office,
        an_item(OWN, supporting=[HOUSING]),
        an_item(OTHER, lead=HOUSING),
        an_item(SUPPORTED, lead=HOUSING, supporting=[FINANCE]),
        baseline_on=date(2025, 1, 6),
    )
    tick(office, today=OPENS)
    for code, unit in ((OWN, FINANCE), (OTHER, HOUSING), (SUPPORTED, HOUSING)):
        prove(office, code, unit=unit, text=f"{code}的台账")
        send_notice(office, code, unit=unit, number=int(code[1:]))
    return office


def ids(office: Office, owner: str) -> dict[str, str]:
    """Return what stands in the addresses of an item: its own id and that of its evidence."""
    if owner == NONE:
        return {"{item_id}": NOWHERE, "{evidence_id}": NOWHERE}
    with office.reading() as session:
        item = item_of(session, owner)
        query = select(EvidenceFile).where(EvidenceFile.work_item_id == item.id)
        file = session.exec(query).one()
        message = session.exec(select(Message).limit(1)).one()
        places = {"{item_id}": item.id, "{evidence_id}": file.id, "{message_id}": message.id}
        places["{unit_id}"] = message.unit_id
        places["{account_id}"] = _first_account(session)
        return {place: str(found) for place, found in places.items()}


def _first_account(session: Session) -> UUID:
    """Return an account nobody here acts under; there is none where nobody signs in."""
    found = session.exec(select(Account.id).where(Account.name == "guanliyuan")).one_or_none()
    return found or UUID(NOWHERE)


def expected(need: str | Permission, role: Role | None, owner: str) -> str:
    """Return what the table of rights makes of a request."""
    if role is None and need != ANYONE:
        return "sign in first"
    if role is None or need in (ANYONE, SIGNED_IN):
        return "in"
    if need in ROLES_OF:
        return "in" if role in ROLES_OF[need] else "not allowed"
    if role not in RIGHTS[P.READ_ITEMS].roles:
        return "not allowed"
    if owner == NONE or (role not in SEES_ALL and owner == OTHER):
        return "not there"
    return "in" if _may(RIGHTS[Permission(need)], role, owner) else "not allowed"  # type: ignore[call-arg]


def _owner(door: str, owner: str) -> str:
    """Return whose it is: a notice is its addressee's alone, whoever supports the item."""
    return OTHER if "{notice_id}" in door and owner == SUPPORTED else owner


def _may(right: Right, role: Role, owner: str) -> bool:
    if role not in right.roles:
        return False
    if right.of_answering_unit:
        return owner == OWN
    if right.of_supporting_unit:
        return owner == SUPPORTED
    return not right.of_responsible_unit or owner in (OWN, SUPPORTED)


def outcome(browser: Browser, door: str, places: dict[str, str]) -> str:
    """Return what became of a request with a sound form that says nothing."""
    method, path = door.split()
    for place, value in {**PLACES, **places}.items():
        path = path.replace(place, value)
    marks = {"form_key": "key"}
    if method == "POST":
        browser.get("/account")
        forms = re.search(r'name="form_token" value="(\w+)"', browser.page)
        marks |= {"form_token": forms.group(1)} if forms else {}
    answer = browser.send(method, path, data=marks if method == "POST" else None, follow=False)
    if answer.headers.get("location", "").startswith("/sign-in") and not _is_out(door, browser):
        return "sign in first"
    return {403: "not allowed", 404: "not there"}.get(answer.status_code, "in")


def _is_out(door: str, browser: Browser) -> bool:
    """Return whether the person has just signed out, which leads to the same page."""
    return door == "POST /sign-out" and "duban_said" in browser.cookies


@pytest.mark.parametrize(
    "role", [None, *Role], ids=lambda role: getattr(role, "value", "anonymous")
)
def test_every_route_lets_in_whom_the_table_of_rights_says_and_nobody_else(
    role: Role | None, reporting: Office, signed_in: SignedIn, site: ASGIApp
) -> None:
    unit = FINANCE if role in UNIT_ROLES else None
    browser = Browser(site) if role is None else signed_in(role, unit=unit, name=role.value)
    doors = sorted(NEEDS, key=lambda door: door == "POST /sign-out")  # which ends the session

    found = {
        (door, owner): outcome(
            browser, door, ids(reporting, owner) | notice_place(reporting, owner)
        )
        for door in doors
        for owner in (OWN, SUPPORTED, OTHER, NONE)
        if owner == OWN or any(place in door for place in OF_ITEMS)
    }

    wanted = {
        (door, owner): expected(NEEDS[door], role, _owner(door, owner)) for door, owner in found
    }
    assert {cell: got for cell, got in found.items() if got != wanted[cell]} == {}
