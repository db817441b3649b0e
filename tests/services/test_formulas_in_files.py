"""Texts that would calculate, in every table that leaves the office as .xlsx or .csv (SEC11)."""

import csv
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from itertools import product

import pytest
from openpyxl import load_workbook

from services.library import exported
from services.office import Office
from services.pulling import Asked
from services.round_status import round_of
from services.workbooks import Desk, export_round
from tests.clock import Clock
from tests.outspoken import TEXTS, outspoken
from tests.people import the_plan
from tests.reporting import OPENS

FORMULAS = [
    f"{before}{start}{rest}"
    for before, start, rest in product(
        ["", " ", "\t", "\r\n", "\u3000"],
        ["=", "+", "-", "@", "＝", "＋", "－", "＠", "%", "|"],
        ["1+1", 'HYPERLINK("http://evil.example")', "cmd|' /C calc'!A0", "SUM(A1:A9)", '"; =1+1',
         "IMPORTXML(1)", "A1", "DDE()", "1;=2", "WEBSERVICE(1)"],
    )
]  # fmt: skip
LISTED = (0, 1, 2)  # title, deadline and unit stand in lists; what is reported does not
STARTS = tuple("=+-@\t\r\n|%")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "turn", [0, *(pytest.param(turn, marks=pytest.mark.proof) for turn in range(1, TEXTS))]
)
def test_no_text_becomes_a_formula_in_any_table(office: Office, clock: Clock, turn: int) -> None:
    assert len(set(FORMULAS)) == 500
    clock.turn_to(OPENS)
    outspoken(office, FORMULAS, turn=turn, leads=True)

    with office.reading() as session:
        plan = the_plan(session)
        desk = Desk(office=office, plan=plan, round=round_of(session, plan, None), as_of=OPENS)
        books = [export_round(session, desk), exported(session, office, Asked(), "xlsx")[1]]
        (_, comma_separated) = exported(session, office, Asked(), "csv")

    in_books = [text for book in books for text in texts_of(book)]
    rows = csv.reader(StringIO(comma_separated.decode("utf-8-sig")))
    in_csv = [text for row in rows for text in row]
    assert [text for text in in_csv if as_read(text).startswith(STARTS)] == []
    assert stripped(FORMULAS) - stripped(in_books) == set()
    in_lists = [text for place, text in enumerate(FORMULAS) if (place - turn) % TEXTS in LISTED]
    assert stripped(in_lists) - stripped(text.removeprefix("'") for text in in_csv) == set()


def as_read(text: str) -> str:
    """Return a text as a spreadsheet may read it: blanks left out, full-width signs as plain."""
    return unicodedata.normalize("NFKC", text.lstrip())


def stripped(texts: Iterable[str]) -> set[str]:
    return {text.strip() for text in texts}


def texts_of(book: bytes) -> Iterator[str]:
    """Yield the texts of a workbook's cells; a formula, in a cell or a check, fails the test."""
    with zipfile.ZipFile(BytesIO(book)) as parts:
        assert [name for name in parts.namelist() if "externalLink" in name] == []
    for sheet in load_workbook(BytesIO(book)):
        for row in sheet:
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                assert cell.hyperlink is None, cell.coordinate
                yield str(cell.value)
