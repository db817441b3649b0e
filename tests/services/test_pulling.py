"""What is pulled is what digests count, in every format, and nothing in it calculates."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from itertools import cycle
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Length
from openpyxl import load_workbook
from sqlmodel import Session, col, select

from db import acts, plans
from db.plan_tables import Unit
from db.record_tables import Message
from services.items import ListedItem
from services.office import Office
from services.overdue_files import WRITERS, words_of, write
from services.pulling import Asked, Pulled, pull
from services.tick import tick
from supervision.errors import UsageError
from supervision.vocabulary import ItemKind, ItemState, Light, Rung, UnitKind
from templates.lists.csv_list import defused
from tests.builders import FINANCE, THE_OFFICE, adopt_plan, an_item
from tests.people import the_plan

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
DUE = date(2024, 6, 30)
SAID = re.compile(r"逾期未销号事项共 (\d+) 项")
DAYS = (date(2024, 3, 3), date(2024, 6, 1), date(2025, 1, 2), date(2026, 1, 1))


def pulled(office: Office, **asked: object) -> Pulled:
    with office.reading() as session:
        return pull(session, office, Asked(**asked))  # type: ignore[arg-type]


def codes(found: Pulled) -> list[str]:
    return sorted(item.code for item in found.items)


def counted(session: Session, day: date) -> dict[str, int]:
    """Return what each unit's digest says it has overdue in all, 0 for a unit without any."""
    plan = the_plan(session)
    office_unit = plans.office_unit(session, plan.office_id)
    counts = acts.overdue_counts(session, [plan.id], office_unit_id=office_unit.id, today=day)
    units = session.exec(select(Unit).where(col(Unit.kind) != UnitKind.COMPANY))
    return {unit.name: counts.get(unit.id, 0) for unit in units}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_units_digest_its_list_and_every_file_count_the_same(
    zhanggong: Office, day: date
) -> None:
    with zhanggong.reading() as session:
        digests = counted(session, day)
        lists = {
            unit: pull(session, zhanggong, Asked(unit=unit, as_of=day, overdue_only=True))
            for unit in digests
        }

    assert {unit: len(found.items) for unit, found in lists.items()} == digests
    assert sum(digests.values()) == len(pulled(zhanggong, as_of=day, overdue_only=True).items)
    for unit, found in lists.items():
        files = {suffix: writer(words_of(found)) for suffix, writer in WRITERS.items()}
        assert {
            suffix: rows(suffix, content) for suffix, content in files.items()
        } == dict.fromkeys(WRITERS, digests[unit])


def rows(suffix: str, content: bytes) -> int:
    """Return how many items a file names, not counting its headings."""
    if suffix == "csv":
        return len(list(csv.reader(StringIO(content.decode("utf-8-sig"))))) - 1
    if suffix == "docx":
        return len(Document(BytesIO(content)).tables[0].rows) - 1
    numbered = [row[0] for row in load_workbook(BytesIO(content))["清单"].values]
    return sum(isinstance(number, int) for number in numbered)


@ON_SQLITE
@pytest.mark.parametrize("day", [date(2024, 6, 3), date(2025, 1, 2)], ids=str)
def test_a_digest_says_the_count_that_its_unit_pulls(zhanggong: Office, day: date) -> None:
    tick(zhanggong, today=day)
    with zhanggong.reading() as session:
        rows = session.exec(select(Unit.name, Message.body).where(Message.unit_id == Unit.id))
        told = {unit: SAID.search(body) for unit, body in rows}

    said = {unit: int(found[1]) for unit, found in told.items() if found}

    assert len(said) >= 2
    assert said == {
        unit: len(pulled(zhanggong, unit=unit, as_of=day, overdue_only=True).items) for unit in said
    }


@ON_SQLITE
def test_a_companys_items_are_listed_for_whoever_is_told_in_its_place(office: Office) -> None:
    adopt_plan(office, an_item("T01", due_on=DUE), an_item("P01", lead="某某公司", due_on=DUE))

    lists = {
        unit: codes(pulled(office, unit=unit, as_of=date(2024, 7, 1), overdue_only=True))
        for unit in (FINANCE, THE_OFFICE, "某某公司")
    }

    assert lists == {FINANCE: ["T01"], THE_OFFICE: ["P01"], "某某公司": ["P01"]}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param({"kind": ItemKind.PROJECT}, 3, id="kind"),
        pytest.param({"group": "农业领域"}, 0, id="working group"),
        pytest.param({"group": "工业领域"}, 4, id="working group with some"),
        pytest.param({"light": Light.RED}, 8, id="light"),
        pytest.param({"light": Light.GREY}, 5, id="historic ones are grey"),
        pytest.param({"min_days": 277}, 6, id="as old as T02"),
        pytest.param({"min_days": 278}, 5, id="older than T02"),
        pytest.param({"rung": Rung.NONE}, 13, id="no notice yet"),
        pytest.param({"rung": Rung.BLUE}, 0, id="no blue one yet"),
        pytest.param({"state": ItemState.ASSIGNED}, 13, id="state"),
        pytest.param({"state": ItemState.CLOSED}, 0, id="nothing closed is overdue"),
        pytest.param({"light": Light.RED, "kind": ItemKind.PROJECT}, 2, id="two at once"),
    ],
)
@ON_SQLITE
def test_a_list_is_narrowed_by_what_is_asked(
    zhanggong: Office, asked: dict[str, object], found: int
) -> None:
    there = pulled(zhanggong, as_of=date(2025, 1, 2), overdue_only=True, **asked)

    assert len(there.items) == found


@ON_SQLITE
def test_with_supporting_a_units_list_names_what_it_only_supports(zhanggong: Office) -> None:
    asked = {"unit": "区委宣传部", "as_of": date(2025, 1, 2), "overdue_only": True}

    assert codes(pulled(zhanggong, **asked)) == ["T04"]
    assert codes(pulled(zhanggong, **asked, with_supporting=True)) == ["T02", "T03", "T04"]


@ON_SQLITE
def test_an_unknown_group_is_answered_with_those_there_are(zhanggong: Office) -> None:
    with pytest.raises(UsageError, match="没有名为“工业”的专班") as refused:
        pulled(zhanggong, group="工业")

    assert "工业领域" in refused.value.advice


BEGINNINGS = (
    "=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫",
    "　=", "|", "%", "\t", "\u200b=", '"=', ",=", "';", "=\r\n=",
)  # fmt: skip
ENDINGS = (
    'HYPERLINK("http://a.test","点")', "1+1", "cmd|' /C calc'!A0", "SUM(A1:A9)", "A1", "2+5+cmd",
    'IMPORTXML("http://a.test","//a")', 'DDE("cmd","/C calc","x")', "{=1+1}", "张三", "-1",
    "@SUM(1)", 'WEBSERVICE("http://a.test")', "", " ", "\x00", "\x1b[31m", "<script>", "]]>",
    "{{ 7*7 }}",
)  # fmt: skip
PAYLOADS = [beginning + ending for beginning in BEGINNINGS for ending in ENDINGS]


@dataclass(frozen=True)
class Hostile:
    """A list whose every text is one of the payloads."""

    pulled: Pulled

    @property
    def csv_fields(self) -> Iterator[str]:
        content = WRITERS["csv"](words_of(self.pulled)).decode("utf-8-sig")
        for record in csv.reader(StringIO(content)):
            yield from record


@pytest.fixture(scope="module")
def hostile() -> Hostile:
    texts = cycle(PAYLOADS)
    items = [
        ListedItem(
            code=payload,
            kind=ItemKind.TASK,
            title=payload,
            state=ItemState.ASSIGNED,
            light=Light.RED,
            rule="R14",
            reason=next(texts),
            due_on=date(2024, 6, 30),
            deadline_text=next(texts),
            days_overdue=number,
            lead_unit=payload,
            responsible_units=[next(texts)],
            supporting_units=[next(texts)],
            sponsor_unit=None,
            historic=False,
            progress_percent=50,
            expected_percent=60,
            working_group=next(texts),
            rung=Rung.NONE,
            facts={},
        )
        for number, payload in enumerate(PAYLOADS, start=1)
    ]
    asked = Asked(overdue_only=True, unit=PAYLOADS[0], group=PAYLOADS[8])
    return Hostile(Pulled(asked=asked, as_of=date(2024, 7, 1), items=items))


def test_five_hundred_hostile_texts_make_no_formula_in_a_workbook(hostile: Hostile) -> None:
    content = WRITERS["xlsx"](words_of(hostile.pulled))

    cells = [cell for row in load_workbook(BytesIO(content))["清单"] for cell in row]

    assert len(PAYLOADS) == 500
    assert sum(cell.data_type == "s" for cell in cells) > 3_000
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [cell.coordinate for cell in cells if cell.hyperlink] == []


def test_five_hundred_hostile_texts_make_no_formula_in_a_csv(hostile: Hostile) -> None:
    content = WRITERS["csv"](words_of(hostile.pulled))

    suspects = [field for field in hostile.csv_fields if field != defused(field)]

    assert content.startswith(b"\xef\xbb\xbf")
    assert suspects == []
    assert sum(field.startswith("'") for field in hostile.csv_fields) > 300


def test_five_hundred_hostile_texts_stand_in_a_word_file_as_they_are(hostile: Hostile) -> None:
    table = Document(BytesIO(WRITERS["docx"](words_of(hostile.pulled)))).tables[0]

    assert len(table.rows) == 501
    titles = [row.cells[2].text for row in list(table.rows)[1:30]]
    assert titles[0] == '=HYPERLINK("http://a.test","点")'


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("=1+1", "'=1+1"),
        ("＋1", "'＋1"),
        (" @SUM(1)", "' @SUM(1)"),
        ("区财政局", "区财政局"),
        ("", ""),
        ("1-2", "1-2"),
    ],
    ids=["equals", "full-width plus", "blank first", "a name", "empty", "minus inside"],
)
def test_a_text_that_begins_like_a_formula_is_defused(text: str, field: str) -> None:
    assert defused(text) == field


@ON_SQLITE
def test_a_word_list_lies_on_a4_landscape_and_repeats_its_headings(
    zhanggong: Office, tmp_path: Path
) -> None:
    file = tmp_path / "新建" / "逾期.docx"

    write(pulled(zhanggong, as_of=date(2025, 1, 2), overdue_only=True), {"docx": file})

    document = Document(str(file))
    section = document.sections[0]
    millimetres = [Length(side or 0).mm for side in (section.page_width, section.page_height)]
    assert [round(side) for side in millimetres] == [297, 210]
    assert "w:tblHeader" in document.tables[0].rows[0]._tr.xml  # noqa: SLF001
    assert document.paragraphs[1].text == "截至2025-01-02　　共13项，其中基线待核5项"
    assert document.tables[0].rows[6].cells[9].text == "红（R14）"
    assert document.tables[0].rows[6].cells[10].text == "已逾期277天"
