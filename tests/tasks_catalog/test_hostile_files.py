"""Files that are broken, locked or meant to harm: one clear refusal, at once, with advice."""

import io
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pypdf
import pytest

from supervision.errors import UnreadableDocumentError
from tasks_catalog.documents import read_document
from tasks_catalog.extract import read_plan
from tests.tasks_catalog import sample_files

BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
END = "</w:body></w:document>"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">'
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def _package(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def _word(xml: str, *, encoding: str = "utf-8") -> bytes:
    return _package({"word/document.xml": xml.encode(encoding)})


def _lying() -> bytes:
    """A part that says it is small and inflates to 60 MB."""
    content = _package({"word/document.xml": b" " * 60_000_000})
    size = struct.pack("<L", 60_000_000)
    return content.replace(size, struct.pack("<L", 1000))


def _overlapping() -> bytes:
    """Two members that are one and the same bytes."""
    content = bytearray(_package({"word/document.xml": b"<a/>" * 500, "word/b.xml": b"<b/>" * 500}))
    second = content.rfind(b"PK\x01\x02")
    content[second + 42 : second + 46] = struct.pack("<L", 0)
    return bytes(content)


def _encrypted_member() -> bytes:
    content = bytearray(_word(BODY + END))
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def _far_cell() -> bytes:
    """One cell in the last row and column, and repeated references to columns in between."""
    head = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    cells = "".join(
        f'<c r="{a}{b}1"><v>1</v></c>'
        for a in "ABCDEFGHIJKLMNOP"
        for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    )
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return _workbook(f'{head}<row r="1">{cells}</row>{far}</sheetData></worksheet>')


def _workbook(sheet: str) -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    link = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    sheets = '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>'
    book = f"<workbook {space} {link}>{sheets}</workbook>"
    relations = (
        '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    return _package(
        {
            "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": relations.encode(),
            "xl/worksheets/sheet1.xml": sheet.encode(),
        }
    )


def _repeated_rows() -> bytes:
    text = "<text:p>a</text:p>"
    cell = f'<table:table-cell table:number-columns-repeated="9999">{text}</table:table-cell>'
    spaces = 'xmlns:office="o" xmlns:table="t" xmlns:text="x"'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    sheet = f'<table:table table:name="a">{row}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    content = f"<office:document {spaces}>{body}</office:document>"
    return _package({"content.xml": content.encode()})


def _locked_pdf() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _scan() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("a.docx", lambda: b""),
    "binary as text": ("a.txt", lambda: bytes(range(256)) * 40),
    "binary as Word": ("a.docx", lambda: b"\x00\x01\x02" * 500),
    "binary as Excel": ("a.xlsx", lambda: b"PK\x03\x04" + b"\x00" * 500),
    "binary as PDF": ("a.pdf", lambda: b"%PDF-1.7\n" + b"\xff" * 500),
    "binary as old Excel": ("a.xls", lambda: b"\xd0\xcf\x11\xe0" + b"\x00" * 2000),
    "half a UTF-16 character": ("a.txt", lambda: b"\xff\xfea\x00b"),
    "locked Word": ("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4000),
    "locked member": ("a.docx", _encrypted_member),
    "locked PDF": ("a.pdf", _locked_pdf),
    "scanned PDF": ("a.pdf", _scan),
    "macros inside": (
        "a.docx",
        lambda: _package({"word/document.xml": (BODY + END).encode(), "word/vbaProject.bin": b"x"}),
    ),
    "macro suffix": ("a.docm", lambda: _word(BODY + END)),
    "unknown suffix": ("a.rtf", lambda: b"{\\rtf1}"),
    "package without text": ("a.docx", lambda: _package({"a.xml": b"<a/>"})),
    "not well formed": ("a.docx", lambda: _word(BODY + "<w:p>")),
    "bomb that says so": ("a.docx", lambda: _package({"word/document.xml": b" " * 60_000_000})),
    "bomb that lies": ("a.docx", _lying),
    "bomb of tags": ("a.docx", lambda: _word(BODY + "<w:p/>" * 2_000_000 + END)),
    "bomb of members": (
        "a.docx",
        lambda: _package({f"word/{number}.xml": b"" for number in range(10_001)}),
    ),
    "overlapping members": ("a.docx", _overlapping),
    "nested too deep": (
        "a.docx",
        lambda: _word(BODY + "<w:sdt>" * 20_000 + "</w:sdt>" * 20_000 + END),
    ),
    "entity bomb": ("a.docx", lambda: _word(ENTITIES + "]>" + BODY + "&i;" + END)),
    "external entity": (
        "a.docx",
        lambda: _word(
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + BODY + "&a;" + END
        ),
    ),
    "external entity in UTF-16": (
        "a.docx",
        lambda: _word(
            '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/x">'
            + BODY + END,
            encoding="utf-16",
        ),
    ),
    "external entity in a sheet": (
        "a.xlsx",
        lambda: _workbook(
            '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;]><worksheet/>'
        ),
    ),
    "too many columns": ("a.xlsx", _far_cell),
    "rows repeated without end": ("a.ods", _repeated_rows),
    "one table missing its sheet": (
        "a.xlsx",
        lambda: _package({"xl/workbook.xml": b"<workbook/>", "[Content_Types].xml": b"<Types/>"}),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_at_once_with_advice(
    tmp_path: Path, name: str, content: Callable[[], bytes]
) -> None:
    path = tmp_path / name
    path.write_bytes(content())
    started = time.process_time()

    with pytest.raises(UnreadableDocumentError) as refusal:
        read_document(path)

    assert time.process_time() - started < 1
    assert str(refusal.value)
    assert refusal.value.advice


@pytest.mark.parametrize("name", ["none.txt", "none.docx", ""])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableDocumentError, match="找不到文件"):
        read_document(tmp_path / name)


@pytest.mark.parametrize("kept", [0.9, 0.5, 0.1])
@pytest.mark.parametrize("name", ["division.docx", "projects.xlsx"])
def test_a_file_cut_short_is_refused(tmp_path: Path, name: str, kept: float) -> None:
    whole, cut = tmp_path / name, tmp_path / f"cut-{name}"
    sample_files.WRITERS[name](whole)
    content = whole.read_bytes()
    cut.write_bytes(content[: int(len(content) * kept)])

    with pytest.raises(UnreadableDocumentError):
        read_document(cut)


def test_a_document_that_is_no_plan_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("关于放假的通知\n各科室：\n国庆节放假七天。\n", encoding="utf-8")

    with pytest.raises(UnreadableDocumentError, match="没有找到任务"):
        read_plan(path)


def test_a_table_that_plans_nothing_makes_no_tasks(tmp_path: Path) -> None:
    document = docx.Document()
    rows: sample_files.Rows = [["序号", "姓名", "电话"], ["1", "某人", "123"]]
    sample_files.table(document, rows)
    document.add_paragraph("一、巡查。（县水利局）")
    document.save(str(tmp_path / "a.docx"))

    plan = read_plan(tmp_path / "a.docx")

    assert plan.work_items == []
    assert [line.text for line in plan.unread] == ["序号 | 姓名 | 电话", "1 | 某人 | 123"]
