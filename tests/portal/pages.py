"""Every page of the portal, who looks at it in the browser test, and what he is there to do.

A new page is a new row here; what is no page is named in `NO_PAGE` with its reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.portal import prepared
from tests.portal.prepared import (
    ANSWERER,
    AUDITOR,
    BOSS,
    CHIEF,
    CITY,
    KEEPER,
    OFFICER,
    WATCHER,
    WRITER,
)

NOBODY = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A page as somebody sees it; `main` is on the button, link or field he comes for."""

    name: str
    route: str
    who: str
    item: str = ""  # the item of the address
    query: str = ""
    main: str = ""
    fills: Mapping[str, str] = field(default_factory=dict)
    shown_in_handbook: bool = False


PAGES = (
    Seen(name="sign-in", route="/sign-in", who=NOBODY, main="登录"),
    Seen(name="sign-in-link", route="/sign-in/link", who=NOBODY, main="发送"),
    Seen(name="not-here", route="/nowhere", who=CHIEF),
    # A unit's people.
    Seen(name="todo", route="/todo", who=CHIEF, main="继续填报下一项"),
    Seen(name="todo-part", route="/todo/part/{part}", who=CHIEF, fills={"part": "to_report"}),
    Seen(name="workbook", route="/todo/workbook", who=CHIEF, main="上传并核对"),
    Seen(name="received", route="/received", who=ANSWERER, main="章无废办督"),
    Seen(
        name="notice-to-answer",
        route="/notices/{notice_id}",
        who=ANSWERER,
        item=prepared.NOTIFIED_OF,
        main="提交答复",
    ),
    Seen(name="item", route="/items/{item_id}", who=CHIEF, item="T16", main="填报"),
    Seen(
        name="report", route="/items/{item_id}/report", who=CHIEF, item="T16", main="下一步：核对"
    ),
    Seen(name="report-of-a-project", route="/items/{item_id}/report", who=CITY, item="P12"),
    Seen(
        name="report-check",
        route="/items/{item_id}/report/check",
        who=CHIEF,
        item="T16",
        main="确认报送",
    ),
    Seen(
        name="extension",
        route="/items/{item_id}/extension",
        who=CHIEF,
        item="T16",
        main="提出申请",
    ),
    Seen(name="close-out-asked", route="/items/{item_id}/close-out", who=CHIEF, item="T16"),
    Seen(name="contribution", route="/items/{item_id}/contribution", who=CITY, item="T03"),
    Seen(name="evidence", route="/items/{item_id}/evidence", who=CHIEF, item="T16", main="上传"),
    Seen(name="account", route="/account", who=CHIEF),
    Seen(name="feeds", route="/account/feeds", who=CHIEF),
    Seen(name="password", route="/account/password", who=CHIEF),
    Seen(name="notifications", route="/account/notifications", who=WRITER),
    # The office: its desk, its quarter, its list.
    Seen(shown_in_handbook=True, name="office-desk", route="/desk", who=OFFICER),
    Seen(
        name="desk-list", route="/desk/lists/{waiting}", who=OFFICER, fills={"waiting": "historic"}
    ),
    Seen(
        name="review-queue",
        route="/desk/lists/{waiting}",
        who=OFFICER,
        fills={"waiting": "reports"},
    ),
    Seen(name="desk-gaps", route="/desk/gaps", who=OFFICER),
    Seen(name="desk-undelivered", route="/desk/undelivered", who=OFFICER),
    Seen(shown_in_handbook=True, name="office-library", route="/items", who=OFFICER, main="筛选"),
    Seen(name="library-overdue", route="/items", who=OFFICER, query="overdue=1&kind=task"),
    Seen(name="indicators", route="/indicators", who=OFFICER),
    Seen(name="rounds", route="/rounds", who=OFFICER),
    Seen(
        shown_in_handbook=True,
        name="office-round",
        route="/rounds/{plan}/{period}",
        who=OFFICER,
        main="催报",
    ),
    Seen(
        name="round-closed",
        route="/rounds/{plan}/{period}",
        who=OFFICER,
        fills={"period": prepared.LAST_QUARTER},
    ),
    Seen(name="round-items", route="/rounds/{plan}/{period}/items", who=OFFICER, query="show=owed"),
    Seen(name="round-preview", route="/rounds/preview", who=OFFICER),
    Seen(
        name="review",
        route="/items/{item_id}/reports/{period}",
        who=OFFICER,
        item=prepared.REPORTED,
        main="通过",
    ),
    Seen(name="rules", route="/rules", who=OFFICER),
    Seen(name="rule-templates", route="/rules/templates", who=OFFICER),
    Seen(name="calendar", route="/calendar", who=OFFICER),
    # What the office decides.
    Seen(name="decisions", route="/decisions", who=OFFICER),
    Seen(
        name="extension-review",
        route="/items/{item_id}/extension/review",
        who=OFFICER,
        item=prepared.ASKS_LATER,
        main="意见",
    ),
    Seen(
        name="extension-decision",
        route="/items/{item_id}/extension/decision",
        who=OFFICER,
        item=prepared.GRANTED_SOON,
        main="同意",
    ),
    Seen(
        name="close-out-review",
        route="/items/{item_id}/close-out/review",
        who=OFFICER,
        item=prepared.ASKS_TO_CLOSE,
        main="意见",
    ),
    Seen(
        name="close-out-decision",
        route="/items/{item_id}/close-out/decision",
        who=OFFICER,
        item=prepared.TO_GRADE,
        main="同意销号",
    ),
    Seen(
        name="dispute",
        route="/items/{item_id}/dispute/answer",
        who=OFFICER,
        item=prepared.DISPUTES,
    ),
    Seen(
        name="settlement",
        route="/items/{item_id}/settlement",
        who=OFFICER,
        item=prepared.HISTORIC,
    ),
    Seen(name="suspension", route="/items/{item_id}/suspension", who=OFFICER, item="T19"),
    Seen(name="cancellation", route="/items/{item_id}/cancellation", who=OFFICER, item="T19"),
    Seen(name="reopening", route="/items/{item_id}/reopening", who=OFFICER, item="T19"),
    Seen(name="light", route="/items/{item_id}/light", who=OFFICER, item="T19"),
    Seen(name="unable", route="/items/{item_id}/unable", who=OFFICER, item="T19"),
    Seen(name="item-of-a-decision", route="/items/{item_id}", who=OFFICER, item=prepared.TO_GRADE),
    # Post, people, accounts and the record.
    Seen(shown_in_handbook=True, name="office-outbox", route="/outbox", who=OFFICER),
    Seen(name="outbox-waiting", route="/outbox", who=OFFICER, query="waits=1"),
    Seen(name="forecast", route="/forecast", who=OFFICER),
    Seen(name="message", route="/outbox/{message_id}", who=OFFICER, main="登记电话告知"),
    Seen(shown_in_handbook=True, name="office-contacts", route="/contacts", who=OFFICER),
    Seen(name="contacts-missing", route="/contacts", who=OFFICER, query="missing=sponsor"),
    Seen(name="unit", route="/contacts/units/{unit_id}", who=OFFICER),
    Seen(name="company", route="/contacts/units/{company_id}", who=OFFICER),
    Seen(name="contacts-import", route="/contacts/import", who=OFFICER, main="上传"),
    Seen(name="plans", route="/plans", who=OFFICER),
    Seen(name="findings", route="/plans/{plan}/findings", who=OFFICER),
    Seen(name="historic", route="/historic", who=OFFICER, main="核定选中的"),
    Seen(name="drafts", route="/plans/drafts", who=OFFICER, main="上传并读取"),
    Seen(name="draft", route="/plans/drafts/{draft_id}", who=OFFICER, main="接着核对"),
    Seen(name="draft-items", route="/plans/drafts/{draft_id}/items", who=OFFICER),
    Seen(
        shown_in_handbook=True,
        name="office-import",
        route="/plans/drafts/{draft_id}/items/{code}",
        who=OFFICER,
        fills={"code": "T32"},
        main="保存更正",
    ),
    Seen(name="draft-findings", route="/plans/drafts/{draft_id}/findings", who=OFFICER),
    Seen(
        name="draft-finding",
        route="/plans/drafts/{draft_id}/findings/{number}",
        who=OFFICER,
        fills={"number": "4"},
        main="处理这一处",
    ),
    Seen(name="draft-units", route="/plans/drafts/{draft_id}/units", who=OFFICER),
    Seen(name="draft-historic", route="/plans/drafts/{draft_id}/historic", who=OFFICER),
    Seen(name="draft-summary", route="/plans/drafts/{draft_id}/summary", who=OFFICER),
    Seen(name="help", route="/help", who=OFFICER),
    Seen(name="health", route="/health", who=KEEPER),
    Seen(name="accounts", route="/accounts", who=KEEPER),
    Seen(name="account-new", route="/accounts/new", who=KEEPER, main="建立账号"),
    Seen(name="account-one", route="/accounts/{account_id}", who=KEEPER),
    Seen(name="tokens", route="/tokens", who=KEEPER),
    Seen(name="channels", route="/channels", who=KEEPER),
    Seen(name="record", route="/record", who=AUDITOR, main="核验"),
    # Who supervises and who signs.
    Seen(shown_in_handbook=True, name="supervisor-overdue", route="/overdue", who=WATCHER),
    Seen(name="overdue-then", route="/overdue", who=WATCHER, query="as_of=2024-11-20"),
    Seen(name="overdue-items", route="/overdue/items", who=WATCHER),
    Seen(shown_in_handbook=True, name="supervisor-pull", route="/notices/pull", who=WATCHER),
    Seen(name="notices", route="/notices", who=WATCHER),
    Seen(name="notice-sent", route="/notices/{notice_id}", who=WATCHER, item=prepared.NOTIFIED_OF),
    Seen(
        name="notice-draft",
        route="/notices/{notice_id}",
        who=BOSS,
        item=prepared.TO_SIGN,
        main="签发",
    ),
    Seen(name="circulars", route="/circulars", who=WATCHER),
    Seen(
        name="circular",
        route="/circulars/{plan}/{period}",
        who=OFFICER,
        fills={"period": prepared.LAST_QUARTER},
    ),
    Seen(name="one-page", route="/one-page", who=WATCHER),
    Seen(name="one-page-then", route="/one-page", who=WATCHER, query="as_of=2024-11-20"),
    Seen(name="one-page-items", route="/one-page/items", who=WATCHER, query="by=overdue"),
    Seen(name="statistics", route="/statistics", who=WATCHER),
    Seen(name="papers", route="/papers", who=WATCHER),
    Seen(name="meetings", route="/meetings", who=OFFICER, main="登记会议"),
    Seen(name="notice-by-hand", route="/notices/draft", who=OFFICER, main="起草通知"),
    Seen(name="inspections", route="/inspections", who=WATCHER, main="登记"),
)
NO_PAGE = {
    "/": "leads on to where a person begins",
    "/static/{name}": "a file",
    "/l/{token}": "opened with its token in test_links_in_a_browser.py",
    "/feeds/{token}/deadlines.ics": "a file",
    "/feeds/{token}/oversight.atom": "a file",
    "/statistics/picture": "a file",
    "/statistics/export": "a file",
    "/notices/pull/file": "a file",
    "/notices/{notice_id}/file": "a file",
    "/circulars/{plan}/{period}/file": "a file",
    "/rounds/{plan}/{period}/export": "a file",
    "/items/export/{form}": "a file",
    "/papers/{kind}": "a file",
    "/todo/workbook/{period}": "a file",
    "/evidence/{evidence_id}": "a file",
    "/contacts/import/form": "a file",
    "/plans/{plan}/findings/report": "a file",
    "/plans/drafts/{draft_id}/file": "a file",
}
