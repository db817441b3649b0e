"""An office's own Word file at the door: what is dangerous in it is refused before it is opened."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

MOST_BYTES = 8 * 2**20
MOST_UNPACKED = 32 * 2**20
MOST_PARTS = 300
DOCUMENT = "word/document.xml"
MACROS = ("vbaproject.bin", "vbadata.xml")
EMBEDDED = ("word/embeddings/", "word/activex/")
EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.IGNORECASE)
ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# Fields that fetch or run something when Word opens the file.
FIELDS = re.compile(rb"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|MACROBUTTON|IMPORT)\b")
FIELD_CODES = re.compile(rb"<w:instrText[^>]*>([^<]*)<|w:instr=[\"']([^\"']*)[\"']")
# docxtpl's own merging of rows joins every row of a column and loses text (measured).
MERGES = re.compile(r"\{%\s*(?:vm|hm)\s*%\}")
TAGS = re.compile(r"<[^>]+>")


def refusals(content: bytes) -> list[str]:
    """Return why a file may not be a template, in Chinese; an empty list when it may."""
    if len(content) > MOST_BYTES:
        return [f"文件超过{MOST_BYTES // 2**20}MB"]
    try:
        with ZipFile(BytesIO(content)) as archive:
            return list(_in_parts(archive))
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return ["不是 .docx 文件，或者已损坏、加密"]


def _in_parts(archive: ZipFile) -> Iterator[str]:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        yield "文件展开后过大"
        return
    if DOCUMENT not in archive.namelist():
        yield "不是 .docx 文件，或者已损坏、加密"
        return
    reasons = (reason for part in parts for reason in _in_part(archive, part))
    yield from dict.fromkeys(reasons)


def _in_part(archive: ZipFile, part: ZipInfo) -> Iterator[str]:
    name = part.filename.lower()
    if name.endswith(MACROS):
        yield "含有宏"
    if name.startswith(EMBEDDED):
        yield "嵌入了对象"
    if not name.endswith((".xml", ".rels")):
        return
    content = archive.read(part)
    if ENTITIES.search(content) or b"\x00" in content:
        yield "含有外部实体声明或者无法辨认的编码"
    if name.endswith(".rels") and EXTERNAL.search(content):
        yield "引用了文件以外的内容"
    if b"macroEnabled" in content:
        yield "含有宏"
    yield from _in_text(content)


def _in_text(content: bytes) -> Iterator[str]:
    codes = (first or second for first, second in FIELD_CODES.findall(content))
    if any(FIELDS.search(code.upper()) for code in codes):
        yield "含有打开时会取外部内容或者运行命令的域"
    if MERGES.search(TAGS.sub("", content.decode("utf-8", errors="replace"))):
        yield "用了纵向或横向合并标记（vm、hm）：它会合并整列，丢失文字"
