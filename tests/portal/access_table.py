"""The table of who gets in where: what each route of the portal asks for (SEC1).

A new route needs its line here. What is expected of each role, on his own item, one his unit
supports, another unit's and none, follows from the line and from the table of rights.
"""

from supervision.rights import RIGHTS, Right
from supervision.sight import AT_THE_DESK, SEES_ALL
from supervision.vocabulary import Permission, Role
from tests.portal.knocking import NONE, OTHER, OWN, SUPPORTED

P = Permission
ANYONE, SIGNED_IN, UNIT = "anyone", "signed in", "of a unit"
WITH_LINK = "shows a link"  # nobody here has one
SIGNED_IN_OR_NOT: dict[str | Permission, str] = {ANYONE: "in", WITH_LINK: "not there"}
ALL_ITEMS, DESK = "sees all items", "at the desk"
ROLES_OF = {
    SIGNED_IN: set(Role),
    UNIT: {Role.LIAISON, Role.HEAD},
    ALL_ITEMS: SEES_ALL,
    DESK: AT_THE_DESK,
}
# What is not about items: whose role may, does, whichever message or account it is.
OUTBOX, CONTACTS = "runs the outbox", "keeps contacts"
ACCOUNTS, RECORD = "keeps accounts", "reads the record"
WATCHES = "answers for the system"
DRAFTS, SIGNS, PUBLISHES = "drafts circulars", "signs circulars", "publishes circulars"
MEETS, DRAFTS_NOTICES = "records meetings", "drafts notices"
INSPECTS, ADOPTS = "records inspections", "adopts plans"
SETTLES = "settles historic items"
ROLES_OF |= {
    SETTLES: RIGHTS[P.SETTLE_HISTORIC].roles,
    ADOPTS: RIGHTS[P.ADOPT_PLAN].roles,
    MEETS: RIGHTS[P.RECORD_MEETING].roles,
    DRAFTS_NOTICES: RIGHTS[P.DRAFT_NOTICE].roles,
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
    "GET /sign-in/link": ANYONE,
    "POST /sign-in/link": ANYONE,
    "GET /l/{token}": WITH_LINK,
    "HEAD /l/{token}": WITH_LINK,
    "POST /l/{token}": WITH_LINK,
    "GET /feeds/{token}/deadlines.ics": WITH_LINK,
    "HEAD /feeds/{token}/deadlines.ics": WITH_LINK,
    "GET /feeds/{token}/oversight.atom": WITH_LINK,
    "HEAD /feeds/{token}/oversight.atom": WITH_LINK,
    "GET /account/feeds": SIGNED_IN,
    "POST /account/feeds/deadlines": UNIT,
    "POST /account/feeds/deadlines/revoke": UNIT,
    "POST /account/feeds/oversight": ALL_ITEMS,
    "POST /account/feeds/oversight/revoke": ALL_ITEMS,
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
    "GET /statistics": ALL_ITEMS,
    "GET /statistics/export": ALL_ITEMS,
    "GET /statistics/picture": ALL_ITEMS,
    "GET /one-page": ALL_ITEMS,
    "GET /one-page/items": ALL_ITEMS,
    "GET /papers": ALL_ITEMS,
    "GET /papers/{kind}": ALL_ITEMS,
    "GET /meetings": ALL_ITEMS,
    "POST /meetings": MEETS,
    "GET /notices/draft": DRAFTS_NOTICES,
    "POST /notices/draft": DRAFTS_NOTICES,
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
    "GET /forecast": DESK,
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
    "GET /historic": SETTLES,
    "POST /historic": SETTLES,
    "GET /plans/drafts": ADOPTS,
    "POST /plans/drafts": ADOPTS,
    "GET /plans/drafts/{draft_id}": ADOPTS,
    "GET /plans/drafts/{draft_id}/file": ADOPTS,
    "POST /plans/drafts/{draft_id}/drop": ADOPTS,
    "GET /plans/drafts/{draft_id}/findings": ADOPTS,
    "POST /plans/drafts/{draft_id}/findings": ADOPTS,
    "GET /plans/drafts/{draft_id}/findings/{number}": ADOPTS,
    "POST /plans/drafts/{draft_id}/findings/{number}": ADOPTS,
    "GET /plans/drafts/{draft_id}/items": ADOPTS,
    "GET /plans/drafts/{draft_id}/items/{code}": ADOPTS,
    "POST /plans/drafts/{draft_id}/items/{code}": ADOPTS,
    "GET /plans/drafts/{draft_id}/units": ADOPTS,
    "POST /plans/drafts/{draft_id}/units": ADOPTS,
    "GET /plans/drafts/{draft_id}/historic": ADOPTS,
    "POST /plans/drafts/{draft_id}/historic": ADOPTS,
    "POST /plans/drafts/{draft_id}/baseline": ADOPTS,
    "GET /plans/drafts/{draft_id}/summary": ADOPTS,
    "POST /plans/drafts/{draft_id}/adopt": ADOPTS,
    "GET /tokens": ACCOUNTS,
    "POST /tokens": ACCOUNTS,
    "POST /tokens/{token_id}/revoke": ACCOUNTS,
    "GET /channels": ACCOUNTS,
    "POST /channels/{way_id}/remove": ACCOUNTS,
    "GET /record": RECORD,
    "POST /record/verify": RECORD,
    "GET /help": SIGNED_IN,
    "GET /account/notifications": UNIT,
    "GET /health": WATCHES,
}


def expected(need: str | Permission, role: Role | None, owner: str) -> str:
    """Return what the table of rights makes of a request."""
    if need in SIGNED_IN_OR_NOT:
        return SIGNED_IN_OR_NOT[need]
    if role is None:
        return "sign in first"
    if need in ROLES_OF:
        return "in" if role in ROLES_OF[need] else "not allowed"
    if role not in RIGHTS[P.READ_ITEMS].roles:
        return "not allowed"
    if owner == NONE or (role not in SEES_ALL and owner == OTHER):
        return "not there"
    return "in" if _may(RIGHTS[Permission(need)], role, owner) else "not allowed"  # type: ignore[call-arg]


def owner_at(door: str, owner: str) -> str:
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
