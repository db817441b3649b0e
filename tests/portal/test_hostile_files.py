"""Eighty files that are not what they seem, brought as evidence through the portal (SEC9)."""

import asyncio
import re
import zipfile
from collections.abc import AsyncIterator
from io import BytesIO
from itertools import product

import pytest
from sqlmodel import select

from db.life_tables import EvidenceFile
from portal import forms
from portal.app import served
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


def evidence_path(office: Office) -> str:
    with office.reading() as session:
        return f"/items/{item_of(session, 'T01').id}/evidence"


def stored(office: Office) -> int:
    with office.reading() as session:
        return len(session.exec(select(EvidenceFile)).all())


def test_there_are_eighty() -> None:
    assert len(HOSTILE) + len(NAMES) >= 80


def test_each_is_refused_in_words_and_none_is_stored(bringer: Browser, reporting: Office) -> None:
    path = evidence_path(reporting)
    bringer.get(path)
    taken = []

    for what, (name, data) in HOSTILE.items():
        answer = bringer.submit(path, kind="ledger", file=(name, data))
        if answer.status_code != 422 or 'id="faults"' not in answer.text:
            taken.append((what, answer.status_code))

    assert taken == []
    assert stored(reporting) == 0
    assert list((reporting.settings.evidence).rglob("*.*")) == []


def test_a_name_that_is_a_trap_is_refused_or_loses_its_path(
    bringer: Browser, reporting: Office
) -> None:
    path = evidence_path(reporting)
    bringer.get(path)

    for number, name in enumerate(NAMES):
        bringer.submit(path, kind="ledger", file=(name, PDF + bytes(number)))

    with reporting.reading() as session:
        kept = {row.name for row in session.exec(select(EvidenceFile))}
    assert kept <= {"a.pdf", "passwd", "a%00.pdf"}


def test_a_unit_has_so_much_room_a_year_and_a_file_beyond_it_takes_none(
    bringer: Browser, reporting: Office
) -> None:
    settings = reporting.settings.model_copy(update={"evidence_unit_mb": 1})
    bringer.app = served(Office(settings, reporting.engine, reporting.now))
    path = evidence_path(reporting)
    bringer.get(path)
    half = PDF + bytes(600 * 1024)
    bringer.submit(path, kind="ledger", file=("a.pdf", half))

    answer = bringer.submit(path, kind="ledger", file=("b.pdf", half + b"2"))

    assert answer.status_code == 422
    assert "佐证空间（1MB）已满" in answer.text
    assert stored(reporting) == 1
    assert len(list(reporting.settings.evidence.rglob("*.*"))) <= 1


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(b"X-Long: " + b"x" * 400_000, id="one long header"),
        pytest.param(b"\r\n".join(b"X-%d: x" % n for n in range(20_000)), id="many headers"),
    ],
)
def test_a_part_with_a_huge_head_is_refused(
    bringer: Browser, reporting: Office, head: bytes
) -> None:
    path = evidence_path(reporting)
    bringer.get(path)
    token = bringer.form(path)["form_token"].encode()
    body = b"\r\n".join([
        b"--x", b'Content-Disposition: form-data; name="form_token"', b"", token,
        b"--x", b'Content-Disposition: form-data; name="file"; filename="a.pdf"', head, b"", PDF,
        b"--x--", b"",
    ])  # fmt: skip

    answer = bringer.send(
        "POST", path, content=body, headers={"Content-Type": "multipart/form-data; boundary=x"}
    )

    assert answer.status_code in (400, 413, 422)
    assert stored(reporting) == 0


def test_a_body_that_never_ends_is_not_waited_for(
    bringer: Browser, reporting: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "SECONDS_TO_ARRIVE", 0.05)
    path = evidence_path(reporting)

    async def dripping() -> AsyncIterator[bytes]:
        yield b"form_token="
        await asyncio.sleep(30)
        yield b"never"

    answer = bringer.send(
        "POST",
        path,
        content=dripping(),
        headers={"Content-Type": "application/x-www-form-urlencoded", "Content-Length": "9"},
    )

    assert answer.status_code == 408


def test_what_was_brought_goes_out_as_bytes_in_a_sandbox_under_a_name_of_ours(
    bringer: Browser, reporting: Office
) -> None:
    path = evidence_path(reporting)
    bringer.get(path)
    bringer.submit(path, kind="ledger", file=("方案.html.pdf", PDF))
    (link,) = re.findall(r'href="(/evidence/[^"]*)"', bringer.page)

    headers = bringer.get(link).headers

    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-disposition"].startswith('attachment; filename="duban-')
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("sandbox; default-src 'none'")


def test_a_hyperlink_and_a_linked_picture_are_nothing_to_refuse(
    bringer: Browser, reporting: Office
) -> None:
    path = evidence_path(reporting)
    bringer.get(path)
    file = package(
        DOCX, **{"word__x._rels": relation("hyperlink"), "word__footer1.xml": field("PAGE")}
    )

    bringer.submit(path, kind="ledger", file=("方案.docx", file))

    assert "已上传 方案.docx" in bringer.page


def test_a_file_beyond_the_limit_is_not_even_read(bringer: Browser, reporting: Office) -> None:
    path = evidence_path(reporting)
    bringer.get(path)
    largest = reporting.settings.evidence_file_mb * 1024 * 1024

    answer = bringer.submit(path, kind="ledger", file=("a.pdf", PDF + bytes(largest + 2**20)))

    assert answer.status_code == 413
    assert stored(reporting) == 0


def test_a_page_that_takes_no_file_takes_no_large_form(bringer: Browser) -> None:
    bringer.get("/account/password")

    answer = bringer.submit("/account/password", old="x" * (2 * 2**20), new="x", again="x")

    assert answer.status_code == 413
