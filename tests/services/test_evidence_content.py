import zipfile
from io import BytesIO

import pytest
from docx import Document
from openpyxl import Workbook

from services.evidence_content import fit_name, recognised
from services.evidence_packages import NotEvidenceError

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(40)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(40)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def an_old_file(*streams: str) -> bytes:
    return OLE + b"".join(stream.encode("utf-16-le") + bytes(64) for stream in streams)


def a_word_file() -> bytes:
    buffer = BytesIO()
    Document().save(buffer)
    return buffer.getvalue()


def a_workbook() -> bytes:
    buffer = BytesIO()
    Workbook().save(buffer)
    return buffer.getvalue()


def a_package(**parts: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as members:
        for name, content in parts.items():
            members.writestr(name, content)
    return buffer.getvalue()


def a_bomb() -> bytes:
    return a_package(**{"word/document.xml": bytes(220 * 1024 * 1024)})


def many_members() -> bytes:
    return a_package(**{"word/document.xml": b"x"} | {f"media/{n}": b"" for n in range(3_000)})


def a_truncated_package() -> bytes:
    return a_word_file()[:2_000]


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        pytest.param(PNG, "image/png", id="a picture"),
        pytest.param(JPEG, "image/jpeg", id="a photograph"),
        pytest.param(PDF, "application/pdf", id="a PDF"),
        pytest.param(an_old_file("WordDocument"), "application/msword", id="an old Word file"),
        pytest.param(an_old_file("Workbook"), "application/vnd.ms-excel", id="an old workbook"),
        pytest.param(a_word_file(), WORD, id="a Word file"),
        pytest.param(a_workbook(), EXCEL, id="a workbook"),
        pytest.param(a_package(**{"OFD.xml": b"<x/>"}), "application/ofd", id="an OFD"),
        pytest.param("编号,进度\n1,80%\n".encode(), "text/plain", id="a table as text"),
        pytest.param("台账：已完成".encode("gb18030"), "text/plain", id="text from an old program"),
    ],
)
def test_a_file_is_what_its_content_says(data: bytes, media_type: str) -> None:
    content = recognised(data, most_mb=25)

    assert (content.media_type, content.size) == (media_type, len(data))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b"", "空的", id="empty"),
        pytest.param(b"MZ\x90\x00\x03" + bytes(200), "认不出", id="a Windows program"),
        pytest.param(b"\x7fELF\x02\x01\x01" + bytes(200), "认不出", id="a Linux program"),
        pytest.param(b"#!/bin/sh\nrm -rf /\n", "脚本", id="a shell script"),
        pytest.param(b"@echo off\r\ndel *.*\r\n", "脚本", id="a batch file"),
        pytest.param(b"\xef\xbb\xbf <!DOCTYPE html><html>", "网页", id="a page"),
        pytest.param(b"<?xml version='1.0'?><svg onload='x'/>", "矢量图", id="a drawing"),
        pytest.param(b"hello\n<script>alert(1)</script>", "脚本", id="a script inside text"),
        pytest.param(a_package(**{"a.txt": b"x"}), "压缩包", id="a plain archive"),
        pytest.param(
            a_package(**{"word/document.xml": b"x", "word/vbaProject.bin": b"x"}),
            "宏",
            id="a Word file with macros",
        ),
        pytest.param(
            a_package(
                **{"[Content_Types].xml": b"sheet.macroEnabled.main", "xl/workbook.xml": b""}
            ),
            "宏",
            id="a workbook that says it may have macros",
        ),
        pytest.param(
            an_old_file("Workbook", "_VBA_PROJECT"), "宏", id="an old office file with macros"
        ),
        pytest.param(an_old_file("Property"), "认不出", id="an installer in an old office's dress"),
        pytest.param(an_old_file("EncryptedPackage"), "认不出", id="a file with a password"),
        pytest.param(a_bomb(), "过大", id="a zip bomb"),
        pytest.param(many_members(), "过多", id="thousands of members"),
        pytest.param(a_truncated_package(), "损坏", id="half a file"),
        pytest.param(bytes(range(256)) * 4, "认不出", id="bytes of no kind"),
    ],
)
def test_what_is_not_evidence_is_refused_with_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(NotEvidenceError, match=why) as refused:
        recognised(data, most_mb=25)

    assert refused.value.advice


def test_a_file_may_be_as_large_as_the_limit_and_not_a_byte_larger() -> None:
    limit = 1024 * 1024

    assert recognised(PDF.ljust(limit), most_mb=1).size == limit
    with pytest.raises(NotEvidenceError, match="超过1MB"):
        recognised(PDF.ljust(limit + 1), most_mb=1)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("../../etc/passwd", id="climbs out of a folder"),
        pytest.param("C:\\Windows\\a.pdf", id="a path of Windows"),
        pytest.param("报告\x00.pdf", id="ends early"),
        pytest.param("\u202egnp.exe", id="reads backwards"),
        pytest.param("CON.pdf", id="a device"),
        pytest.param("lpt1", id="a printer"),
        pytest.param("..", id="only dots"),
        pytest.param("", id="nothing"),
        pytest.param("长" * 201 + ".pdf", id="too long"),
    ],
)
def test_a_name_that_is_a_trap_is_refused(name: str) -> None:
    with pytest.raises(NotEvidenceError, match="文件名"):
        fit_name(name)


def test_a_name_is_kept_as_the_person_wrote_it() -> None:
    assert (
        fit_name(" 关于“无废城市”的报告（终稿）.v2.pdf ") == "关于“无废城市”的报告（终稿）.v2.pdf"
    )
