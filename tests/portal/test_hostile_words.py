"""Words that try to be more than words, on every page and in mail (SEC17)."""

import re
from email import message_from_bytes
from html import unescape
from io import BytesIO
from itertools import product

import html5lib
import pytest
from openpyxl import Workbook
from sqlmodel import col, select

from db.plan_tables import WorkItem
from db.record_tables import Message
from notifications.message import OutgoingMessage
from notifications.mime import mime_of
from services.contacts import COLUMNS
from services.office import Office
from supervision.vocabulary import Role
from tests.builders import FINANCE, item_of
from tests.clock import Clock
from tests.outspoken import TEXTS, outspoken
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.reporting import OPENS

SCRIPTS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<svg onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>1</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<form action=//evil.example><input name=q></form>",
    "<style>*{background:url(//evil.example)}</style>",
    "<math><mi xlink:href='javascript:1'>x</mi></math>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<object data='data:text/html,<script>1</script>'></object>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "{{ 7*7 }}",
    "{% include '/etc/passwd' %}",
    "<textarea></textarea><script>1</script>",
    "<!--><script>1</script>-->",
    "<video><source onerror=alert(1)></video>",
    "<link rel=stylesheet href=//evil.example>",
    "<template><script>1</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=1>'>",
    "<div hx-get='//evil.example' hx-trigger=load>",
    "<div data-hx-on:load='alert(1)'>",
]
WRAPS = [
    "{}", '"{}', "'>{}", "</textarea>{}", "</title>{}", '" autofocus x="{}', "\u2028{}", "]]>{}",
    "</dd>{}", "&lt;{}", "%3C{}", "</td></tr></table>{}",
]  # fmt: skip
PAYLOADS = [wrap.format(script) for script, wrap in product(SCRIPTS, WRAPS)]
ACTIVE = {"script", "iframe", "object", "embed", "base", "style", "svg", "math", "img", "video",
          "template", "frame", "applet"}  # fmt: skip


def foreign_nodes(page: str) -> list[str]:
    """Return what a browser would act on in the page that is not of the portal's own making."""
    found = []
    for element in html5lib.parse(page, namespaceHTMLElements=False).iter():
        name, stated = str(element.tag).rpartition("}")[2], element.attrib
        if name in ACTIVE and not (name == "script" and stated.get("src", "").startswith(OURS)):
            found.append(f"<{name} {sorted(stated.items())}>")
        found += [
            f"{name}[{attribute}={value}]"
            for attribute, value in stated.items()
            if attribute != "value" and _acts(str(attribute).lower(), str(value).strip().lower())
        ]
    return found


FILE_NAMES = (
    "=1+1.pdf",
    "<img src=x onerror=1>.pdf",
    '";filename="x.html',
    "a\u202efdp.exe",
    "报告（一）.PDF.html",
)
EVIDENCE = re.compile(r'href="(/evidence/[^"]*)"')
OURS = "/static/"
OUR_SCRIPTS = {
    "hx-headers:inherited",
    "hx-post",
    "hx-include",
    "hx-swap",
    "hx-target",
    "hx-trigger",
}


def _acts(attribute: str, value: str) -> bool:
    if attribute.startswith(("on", "data-hx")) or value.startswith(("javascript:", "data:")):
        return True
    return "evil.example" in value or (attribute.startswith("hx-") and attribute not in OUR_SCRIPTS)


@pytest.fixture
def reporting(request: pytest.FixtureRequest, office: Office, clock: Clock) -> Office:
    """Give an office that is full of these words, in the places of the turn that is asked for."""
    clock.turn_to(OPENS)
    outspoken(office, PAYLOADS, turn=getattr(request, "param", 0))
    return office


@pytest.fixture
def reader(signed_in: SignedIn) -> Browser:
    """Give somebody who is a liaison, and sees all there is to see besides."""
    return signed_in(Role.LIAISON, Role.HEAD, Role.OFFICE, Role.REVIEWER, name="quanneng")


def item_paths(office: Office) -> list[str]:
    with office.reading() as session:
        return [f"/items/{item_id}" for item_id in session.exec(select(WorkItem.id)).all()]


def list_paths(browser: Browser, office: Office) -> list[str]:
    """Return the lists that show the texts, each with its further pages, and a message's page."""
    with office.reading() as session:
        message = session.exec(select(Message.id).where(col(Message.reason).is_not(None))).first()
    paths = ["/todo", "/items", "/overdue", "/contacts", "/outbox", "/decisions", "/desk",
             "/desk/undelivered", "/rounds/plan/2025Q1", "/rounds/plan/2025Q1/items",
             "/circulars/plan/2025Q1", "/one-page", f"/outbox/{message}"]  # fmt: skip
    for path in paths[:]:
        browser.get(path)
        further = re.findall(rf'href="({re.escape(path)}\?[^"]*offset=\d+[^"]*)"', browser.page)
        paths += [each.replace("&amp;", "&") for each in dict.fromkeys(further)]
    return paths


@pytest.mark.parametrize(
    "reporting",
    [0, *(pytest.param(turn, marks=pytest.mark.proof) for turn in range(1, TEXTS))],
    indirect=True,
    ids="turn {}".format,
)
def test_no_word_becomes_active_on_any_page(reader: Browser, reporting: Office) -> None:
    items = item_paths(reporting)
    forms = [f"{item}/report" for item in items] + [f"{item}/evidence" for item in items[::6]]
    paths = [*items, *forms, *list_paths(reader, reporting)]

    pages = {path: reader.get(path) for path in paths}

    assert {path for path, answer in pages.items() if answer.status_code != 200} == set()
    found = {path: foreign_nodes(answer.text) for path, answer in pages.items()}
    assert {path: nodes for path, nodes in found.items() if nodes} == {}
    told = "".join(unescape(answer.text) for answer in pages.values())
    assert [word for word in PAYLOADS if word.strip() not in told] == []  # shown, as words


def test_no_vendors_word_becomes_active_where_the_post_is_looked_after(
    reader: Browser, reporting: Office
) -> None:
    with reporting.transaction() as session:
        message = session.exec(select(Message)).first()
        assert message is not None
        message.reason = " ".join(PAYLOADS)
        session.add(message)
        path = f"/outbox/{message.id}"

    pages = [reader.get(each).text for each in ("/outbox", "/desk/undelivered", path)]

    assert [foreign_nodes(page) for page in pages] == [[], [], []]
    assert all(word in unescape(pages[2]) for word in PAYLOADS)


def test_no_cell_of_an_uploaded_workbook_becomes_active_where_it_is_looked_at(
    reader: Browser,
) -> None:
    book, written = Workbook(), BytesIO()
    book.worksheets[0].append(list(COLUMNS))
    for word in PAYLOADS:
        book.worksheets[0].append([FINANCE, word, word, "", "", word])
    book.save(written)
    reader.get("/contacts/import")

    page = reader.submit("/contacts/import", file=("联系人.xlsx", written.getvalue())).text

    assert foreign_nodes(page) == []
    assert all(script in unescape(page) for script in SCRIPTS)


def test_a_mail_is_plain_text_whatever_it_says(clock: Clock) -> None:
    """There is no HTML in it that a word could become a part of."""
    moment = clock()

    for word in PAYLOADS:
        mail = OutgoingMessage(
            message_id="<1@duban>",
            dated_at=moment,
            recipient_name=FINANCE,
            subject=SCRIPTS[0],
            text=word,
            sender_name=SCRIPTS[1],
            address="a@example.com",
        )
        read = message_from_bytes(mime_of(mail, sender_address="duban@example.com"))
        assert [part.get_content_type() for part in read.walk()] == ["text/plain"]


def test_no_typed_word_becomes_active_when_a_form_comes_back(
    reader: Browser, reporting: Office
) -> None:
    with reporting.reading() as session:
        path = f"/items/{item_of(session, 'T001').id}/report"
    reader.get(path)
    fields = reader.form(path)

    for payload in PAYLOADS[::13]:
        page = reader.post(path, fields | {"progress": payload, "percent": payload}).text
        assert "faults" in page
        assert foreign_nodes(page) == [], payload


def test_a_file_goes_out_under_a_name_that_leads_nowhere(
    reader: Browser, reporting: Office
) -> None:
    with reporting.reading() as session:
        path = f"/items/{item_of(session, 'T001').id}/evidence"
    reader.get(path)
    there = set(EVIDENCE.findall(reader.page))

    for number, name in enumerate(FILE_NAMES):
        content = b"%PDF-1.7\n%%EOF\n" + bytes(number)
        reader.submit(path, kind="ledger", file=(name, content))
        brought = set(EVIDENCE.findall(reader.page)) - there
        assert brought or "文件名不合规" in reader.page
        for link in brought:
            headers = reader.get(link).headers
            assert headers["content-type"] == "application/octet-stream"
            disposition = headers["content-disposition"]
            assert disposition.startswith('attachment; filename="duban-')
            assert disposition.endswith(".pdf")
            assert not any(sign in disposition for sign in "<>\r\n")
        reader.get(path)
        there |= brought
