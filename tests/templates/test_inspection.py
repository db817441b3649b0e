"""What an office's own Word file lacks is said before any paper is made from it."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.document import Document as WordFile

from supervision.vocabulary import PaperKind
from templates.inspection import faults
from templates.render import template_of

SHIPPED = template_of(PaperKind.SUPERVISION).read_bytes()
Part = tuple[str, bytes]


def edited(change: Callable[[WordFile], object]) -> bytes:
    document = Document(BytesIO(SHIPPED))
    change(document)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def saying(text: str) -> bytes:
    return edited(lambda document: document.add_paragraph(text))


def with_part(name: str, content: bytes) -> bytes:
    """Return the shipped template with one part put in or in place of its own."""
    buffer = BytesIO()
    with ZipFile(BytesIO(SHIPPED)) as source, ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for there in source.namelist():
            if there != name:
                target.writestr(there, source.read(there))
        target.writestr(name, content)
    return buffer.getvalue()


def part(name: str) -> bytes:
    with ZipFile(BytesIO(SHIPPED)) as source:
        return source.read(name)


def errors(content: bytes) -> str:
    return "；".join(
        fault.text for fault in faults(PaperKind.SUPERVISION, content) if not fault.is_warning
    )


@pytest.mark.parametrize("kind", list(PaperKind), ids=lambda kind: kind.value)
def test_nothing_is_wrong_with_a_shipped_template(kind: PaperKind) -> None:
    assert faults(kind, template_of(kind).read_bytes()) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("{{ tilte }}", "没有“tilte”这个词", id="a word there is none of"),
        pytest.param("{{ lines[0].cod }}", "填不进样例", id="a field there is none of"),
        pytest.param("{%p for line in lines %}", "标签有误", id="a loop that does not end"),
        pytest.param("{%p endif %}", "标签有误", id="an end without a beginning"),
        pytest.param("{{ title", "标签有误", id="a brace left open"),
        pytest.param("{{ title.upper() }}", "标签有误", id="a call"),
        pytest.param("{% vm %}", "vm、hm", id="a vertical merge"),
        pytest.param("{{ lines | chinese_day }}", "填不进样例", id="a list for a day"),
    ],
)
def test_a_wrong_tag_is_an_error(text: str, said: str) -> None:
    assert said in errors(saying(text))


def test_a_merge_whose_letters_stand_in_several_runs_is_seen() -> None:
    def merge(document: WordFile) -> None:
        paragraph = document.add_paragraph("{% v")
        paragraph.add_run("m %}")

    assert "vm、hm" in errors(edited(merge))


def test_a_required_word_that_is_missing_is_an_error() -> None:
    def without_number(document: WordFile) -> None:
        for paragraph in document.paragraphs:
            if "{{ number }}" in paragraph.text:
                paragraph.runs[0].text = "章无废督〔2025〕1号"

    assert errors(edited(without_number)) == "缺少必须有的词“number”"


def test_another_look_is_a_warning_and_the_template_can_be_used() -> None:
    def in_songti(document: WordFile) -> None:
        document.styles["公文正文"].element.xpath("w:rPr/w:sz")[0].set(
            "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val", "28"
        )

    found = faults(PaperKind.SUPERVISION, edited(in_songti))

    assert [fault.is_warning for fault in found] == [True]
    assert "公文正文为仿宋_GB231214磅" in found[0].text


EXTERNAL = (
    b'<?xml version="1.0"?><Relationships '
    b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" TargetMode="External" Target="http://example.com/a.dotm" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
    b"</Relationships>"
)
ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
FIELD = b'<w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe "/k"</w:instrText></w:r></w:p>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "不是 .docx 文件", id="nothing"),
        pytest.param(b"%PDF-1.7", "不是 .docx 文件", id="a PDF"),
        pytest.param(SHIPPED[: len(SHIPPED) // 2], "不是 .docx 文件", id="half a file"),
        pytest.param(b"\0" * (9 * 2**20), "超过8MB", id="a large file"),
        pytest.param(with_part("word/vbaProject.bin", b"x"), "含有宏", id="macros"),
        pytest.param(
            with_part(
                "[Content_Types].xml",
                part("[Content_Types].xml").replace(
                    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                    b"application/vnd.ms-word.document.macroEnabled.main",
                ),
            ),
            "含有宏",
            id="a .docm renamed",
        ),
        pytest.param(with_part("word/embeddings/a.bin", b"x"), "嵌入了对象", id="an OLE object"),
        pytest.param(
            with_part("word/_rels/settings.xml.rels", EXTERNAL), "文件以外", id="a remote template"
        ),
        pytest.param(with_part("word/a.xml", ENTITY), "实体声明", id="an entity"),
        pytest.param(
            with_part("word/a.xml", ENTITY.decode().encode("utf-16")), "实体", id="one in UTF-16"
        ),
        pytest.param(
            with_part(
                "word/document.xml",
                part("word/document.xml").replace(b"<w:sectPr", FIELD + b"<w:sectPr"),
            ),
            "域",
            id="a field that runs",
        ),
        pytest.param(with_part("word/a.xml", b" " * (40 * 2**20)), "展开后过大", id="a zip bomb"),
    ],
)
def test_a_dangerous_file_is_refused_at_the_door(content: bytes, said: str) -> None:
    found = faults(PaperKind.SUPERVISION, content)

    assert said in found[0].text
    assert all(fault.text.startswith("不能作为模板") for fault in found)
