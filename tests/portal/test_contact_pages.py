"""单位与联系人: who is missing is counted and listed, a workbook looked at before it is taken."""

import re
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from sqlmodel import select

from db.plan_tables import Contact, Unit
from services.contacts import COLUMNS
from services.office import Office
from supervision.vocabulary import Role, UnitKind
from tests.builders import FINANCE
from tests.people import is_record_whole, unit_id
from tests.portal.browser import Browser
from tests.portal.conftest import SignedIn
from tests.reporting import HOUSING

NUMBER = re.compile(r'<span class="number">(\d+)</span>.*?href="(/contacts[^"]*)"', re.DOTALL)
ROW = re.compile(r'<th scope="row"><a href="/contacts/units/')
PHONE = "13800001234"


@pytest.fixture
def officer(signed_in: SignedIn) -> Browser:
    return signed_in(Role.OFFICE, unit=None, name="diaoduyuan")


def a_book(*rows: tuple[str, ...]) -> tuple[str, bytes]:
    """Return a workbook of contacts as it is uploaded."""
    book, written = Workbook(), BytesIO()
    for row in (COLUMNS, *rows):
        book.worksheets[0].append(list(row))
    book.save(written)
    return "联系人.xlsx", written.getvalue()


def upload(officer: Browser, *rows: tuple[str, ...]) -> str:
    officer.get("/contacts/import")
    return officer.submit("/contacts/import", file=a_book(*rows)).text


def people(office: Office) -> list[Contact]:
    with office.reading() as session:
        found = list(session.exec(select(Contact)))
        session.expunge_all()
        return found


def address(office: Office, name: str) -> str:
    with office.reading() as session:
        return f"/contacts/units/{unit_id(session, name)}"


def test_every_number_opens_a_list_with_as_many_rows(officer: Browser) -> None:
    officer.get("/contacts")
    numbers = {path: int(number) for number, path in NUMBER.findall(officer.page)}

    rows = {path: len(ROW.findall(officer.get(path).text)) for path in numbers}

    assert numbers["/contacts?missing=contact"] == 2
    assert rows == numbers


def test_the_list_is_narrowed_by_what_stands_in_the_address(officer: Browser) -> None:
    assert len(ROW.findall(officer.get("/contacts?text=财政").text)) == 1
    assert len(ROW.findall(officer.get("/contacts?kind=company").text)) == 0


def test_a_workbook_is_looked_at_row_by_row_and_changes_nothing_yet(
    officer: Browser, reporting: Office
) -> None:
    page = upload(
        officer,
        (FINANCE, "王五", "联络员", PHONE, "", ""),
        ("没有这个局", "赵六", "", "", "", ""),
        (HOUSING, "", "", "", "", ""),
        (HOUSING, "孙七", "局长", "", "", ""),
    )

    assert "新增联络员王五" in page
    assert "有改动 <strong>1</strong> 行，有错误 <strong>3</strong> 行" in page
    assert "确认登记" not in page
    assert people(reporting) == []


def test_what_was_looked_at_is_taken_in_once(officer: Browser, reporting: Office) -> None:
    upload(officer, (FINANCE, "王五", "联络员", PHONE, "", HOUSING))
    fields = officer.form("/contacts/import/take")

    officer.send("POST", "/contacts/import/take", data=fields)
    page = officer.page
    officer.send("POST", "/contacts/import/take", data=fields)

    (kept,) = people(reporting)
    assert (kept.name, kept.phone) == ("王五", PHONE)
    assert "已登记联系人 1 名，邮箱 0 个，督导单位 1 个" in page
    assert "138****1234" in page
    assert PHONE not in page
    assert is_record_whole(reporting)
    assert list(reporting.settings.data_dir.rglob("returned/*/*")) == []


def test_a_workbook_looked_at_by_another_is_not_taken(
    officer: Browser, signed_in: SignedIn, reporting: Office
) -> None:
    upload(officer, (FINANCE, "王五", "联络员", PHONE, "", ""))
    token = officer.form("/contacts/import/take")["seen"]
    other = signed_in(Role.OFFICE, unit=None, name="lingyiren")
    upload(other, (HOUSING, "孙七", "", "", "", ""))

    answer = other.submit("/contacts/import/take", seen=token)

    assert answer.status_code == 422
    assert people(reporting) == []


def test_what_is_no_workbook_is_told(officer: Browser) -> None:
    officer.get("/contacts/import")

    answer = officer.submit("/contacts/import", file=("联系人.xlsx", b"not a workbook"))

    assert answer.status_code == 422
    assert "无法读取" in answer.text


def test_the_empty_form_names_the_units_that_have_nobody(officer: Browser) -> None:
    data = officer.get("/contacts/import/form").content

    heading, *rows = load_workbook(BytesIO(data)).worksheets[0].iter_rows(values_only=True)

    assert heading == COLUMNS
    assert {row[0] for row in rows} == {FINANCE, HOUSING}


def test_somebody_who_left_is_dated_and_listed_as_missing_again(
    officer: Browser, reporting: Office
) -> None:
    upload(officer, (FINANCE, "王五", "联络员", PHONE, "", ""))
    officer.submit("/contacts/import/take")
    (kept,) = people(reporting)
    path = address(reporting, FINANCE)
    officer.get(path)

    page = officer.submit(f"{path}/left", person=str(kept.id), left_on="2025-03-07").text

    assert "3月7日（周五）离任" in page
    assert "补齐：尚无联络员" in page


def test_nobody_leaves_tomorrow(officer: Browser, reporting: Office) -> None:
    upload(officer, (FINANCE, "王五", "联络员", PHONE, "", ""))
    officer.submit("/contacts/import/take")
    (kept,) = people(reporting)
    path = address(reporting, FINANCE)
    officer.get(path)

    answer = officer.submit(f"{path}/left", person=str(kept.id), left_on="2025-12-31")

    assert answer.status_code == 422
    assert people(reporting)[0].left_on is None


def test_a_company_is_given_its_sponsor(officer: Browser, reporting: Office) -> None:
    with reporting.transaction() as session:
        company = session.get_one(Unit, unit_id(session, FINANCE))
        company.kind = UnitKind.COMPANY
        session.add(company)
    path = address(reporting, FINANCE)
    officer.get(path)

    page = officer.submit(f"{path}/sponsor", sponsor=HOUSING).text

    assert f"<dd>{HOUSING}</dd>" in page
    assert "的督导单位已登记" in page


def test_a_unit_there_is_none_of_is_not_there(officer: Browser) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"

    assert officer.get(f"/contacts/units/{nobody}").status_code == 404
