"""Files that are no workbook, or not safe to open, or saved by another programme."""

import random
import subprocess
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import docx
import pytest

from services.office import Office
from services.workbook_files import LARGEST_FILE, require_sound
from supervision.errors import DubanError, UnreadableDocumentError
from supervision.vocabulary import CellFate, RowFate
from templates.workbooks.reading import read_workbook
from tests.dispatch_quarter import DONE, exported, fates, reported, seen, taken
from tests.dispatch_tables import a_line, a_unit_workbook, book_of, filled, rewritten, saved
from tests.office_programs import NEEDS_CALC

SHEET = "xl/worksheets/sheet1.xml"
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def with_part(name: str, inside: bytes) -> Callable[[bytes], bytes]:
    def add(content: bytes) -> bytes:
        buffer = BytesIO(content)
        with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
            package.writestr(name, inside)
        return buffer.getvalue()

    return add


def many_tags() -> bytes:
    return b"<a>" + b"".join(b"<b>%d</b>" % number for number in range(210_000)) + b"</a>"


def a_word_document(_content: bytes) -> bytes:
    buffer = BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


def without_form(content: bytes) -> bytes:
    book = book_of(content)
    book["填报"].title = "别的"
    return saved(book)


def with_doctype(encoding: str, part: str = SHEET) -> Callable[[bytes], bytes]:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{ENTITY}<x>&e;</x>'
    return with_part(part, text.encode(encoding))


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        pytest.param(lambda _: b"", "已损坏", id="empty"),
        pytest.param(lambda _: "编号,任务".encode("gb18030"), "已损坏", id="a csv"),
        pytest.param(lambda content: content[: len(content) // 2], "已损坏", id="cut in half"),
        pytest.param(
            lambda _: b"\xd0\xcf\x11\xe0" + bytes(5_000), "打开密码", id="encrypted or xls"
        ),
        pytest.param(with_part("xl/vbaProject.bin", b"x"), "带有宏", id="macros"),
        pytest.param(with_part("xl/media/a.bin", bytes(40_000_000)), "远大于", id="a bomb"),
        pytest.param(with_part("a.xml", many_tags()), "远多于", id="tags"),
        pytest.param(with_doctype("utf-8", "a.xml"), "DOCTYPE", id="an entity"),
        pytest.param(with_doctype("utf-16", "a.bin"), "DOCTYPE", id="an entity, hidden"),
        pytest.param(lambda _: bytes(LARGEST_FILE + 1), "超过 8 MB", id="too large"),
        pytest.param(a_word_document, "已损坏，或不是", id="a Word document"),
        pytest.param(without_form, "没有“填报”工作表", id="another workbook"),
    ],
)
def test_what_is_not_a_sound_workbook_is_refused_in_words(
    damage: Callable[[bytes], bytes], why: str
) -> None:
    content = damage(a_unit_workbook(a_line()))

    with pytest.raises(UnreadableDocumentError, match=why) as refused:
        read(content)

    assert refused.value.advice


def read(content: bytes) -> int:
    """Do with a file what an import does before it looks anything up; return its rows."""
    require_sound(content, "表.xlsx")
    return len(read_workbook(content).lines)


def test_a_sheet_that_lies_about_its_size_is_read_whole() -> None:
    content = rewritten(
        a_unit_workbook(a_line("T01"), a_line("T02")),
        SHEET,
        r'<dimension ref="[^"]+"/>',
        '<dimension ref="A1"/>',
    )

    assert read(content) == 2


def test_one_cell_at_the_end_of_the_sheet_costs_nothing() -> None:
    content = rewritten(
        a_unit_workbook(a_line("T01")),
        SHEET,
        "</sheetData>",
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
    )

    assert read(content) == 1


def test_a_merge_over_the_whole_sheet_costs_nothing() -> None:
    content = rewritten(
        a_unit_workbook(a_line("T01")),
        SHEET,
        r'<mergeCell ref="A1:[A-Z]+1"/>',
        '<mergeCell ref="A1:XFD1048576"/>',
    )

    assert read(content) == 1


@pytest.mark.parametrize("seed", range(8))
def test_whatever_happens_to_its_bytes_a_file_is_read_or_refused(seed: int) -> None:  # REL18
    good = a_unit_workbook(a_line("T01"))
    chance = random.Random(seed)

    for _ in range(25):
        mutated = bytearray(good)
        for _ in range(chance.randint(1, 20)):
            mutated[chance.randrange(len(mutated))] = chance.randrange(256)
        with suppress(DubanError):
            assert read(bytes(mutated)) <= 1


@pytest.mark.parametrize("seed", range(8))
def test_whatever_happens_inside_its_parts_a_file_is_read_or_refused(seed: int) -> None:  # REL18
    good = a_unit_workbook(a_line("T01"))
    chance = random.Random(seed)
    names = zipfile.ZipFile(BytesIO(good)).namelist()

    for _ in range(15):
        with suppress(DubanError):
            assert read(_mutated_inside(good, chance.choice(names), chance)) <= 1


def _mutated_inside(content: bytes, part: str, chance: random.Random) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            inside = bytearray(old.read(name))
            if name == part:
                for _ in range(chance.randint(1, 4)):
                    inside[chance.randrange(len(inside))] = chance.choice(b'0129<>"/=aZ ')
            new.writestr(name, bytes(inside))
    return buffer.getvalue()


@NEEDS_CALC
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_workbook_saved_by_another_programme_is_taken_as_it_was_filled_in(
    in_fourth: Office, tmp_path: Path
) -> None:
    blank = exported(in_fourth)
    content = filled(blank, DONE | {("P01", "progress"): "一\n二", ("P01", "invested_wan"): 12.5})

    untouched, resaved = (_resaved(each, tmp_path) for each in (blank, content))

    assert set(fates(seen(in_fourth, untouched)).values()) == {RowFate.UNCHANGED}
    looked = seen(in_fourth, resaved)
    assert looked.is_clean
    assert {cell.fate for row in looked.rows for cell in row.cells} == {CellFate.ADDED}
    assert taken(in_fourth, resaved).handed_in == ("T01", "P01")
    project = reported(in_fourth, "P01")
    assert project is not None
    assert (project.progress, str(project.invested_wan)) == ("一\n二", "12.50")


def _resaved(content: bytes, folder: Path) -> bytes:
    """Return the file as LibreOffice saves it."""
    file, out = folder / "表.xlsx", folder / "resaved"
    file.write_bytes(content)
    command = [
        "soffice",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--convert-to", "xlsx", "--outdir", str(out), str(file)),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (out / file.name).read_bytes()
