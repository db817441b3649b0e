"""Office packages brought as evidence: each member looked at once for what it hides."""

import re
import stat
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from supervision.errors import UsageError

BLOCK = 1024 * 1024
LARGEST_TOTAL = 200 * BLOCK  # inflated
LARGEST_RATIO = 200  # inflated to packed
MOST_MEMBERS = 3_000
# What a package is, by the part that only it has.
PACKAGES = (
    (
        "word/document.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (
        "ppt/presentation.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    ("OFD.xml", "application/ofd"),
)
# A link that a reader clicks is common and harmless; these are fetched when the file is opened.
FETCHED = re.compile(
    rb"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)"
    rb"(?=[^>]*/(?:attachedTemplate|oleObject|frame|subDocument|aFChunk|control)[\"'])",
    re.IGNORECASE,
)
RUN_BY_FIELD = re.compile(rb"\bDDE(?:AUTO)?\b", re.IGNORECASE)
INSTRUCTIONS = re.compile(
    rb"<w:instrText[^>]*>([^<]*)|<w:fldSimple[^>]*w:instr=[\"']([^\"']*)", re.IGNORECASE
)
PACKED_FILE = "\x01Ole10Native".encode("utf-16-le")  # any file at all, in an object's dress


class NotEvidenceError(UsageError):
    """The file cannot be kept as evidence; the message says why and what to bring instead."""


def package_type(data: bytes) -> str:
    """Return the type of an office package, every member inflated once and looked at.

    Raises NotEvidenceError for macros, packed programs, parts fetched from elsewhere, commands in
    fields, links out of the package, and what inflates beyond reason.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as members:
            names = set(members.namelist())
            _refuse_members(members, packed=len(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise NotEvidenceError(
            "文件已损坏或设有密码", advice="请用 WPS 或 Word 打开后另存一份再上传。"
        ) from error
    found = next((media_type for part, media_type in PACKAGES if part in names), None)
    if found is None:
        raise NotEvidenceError("压缩包不能作为佐证", advice="请解压后逐个上传其中的文件。")
    return found


def _refuse_members(members: zipfile.ZipFile, *, packed: int) -> None:
    entries = members.infolist()
    if len(entries) > MOST_MEMBERS:
        raise _bomb()
    room = min(LARGEST_TOTAL, max(packed, BLOCK) * LARGEST_RATIO)
    for entry in entries:
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise NotEvidenceError("文件内部有指向别处的链接", advice="请另存为 PDF 后上传。")
        content = _inflated(members, entry, room=room)
        room -= len(content)
        _refuse_member(entry.filename.lower(), content)


def _inflated(members: zipfile.ZipFile, entry: zipfile.ZipInfo, *, room: int) -> bytes:
    blocks, inflated = [], 0
    with members.open(entry) as member:
        while block := member.read(BLOCK):
            inflated += len(block)
            if inflated > room:
                raise _bomb()
            blocks.append(block)
    return b"".join(blocks)


def _refuse_member(name: str, content: bytes) -> None:
    if PurePosixPath(name).name == "vbaproject.bin":
        raise macros()
    if name == "[content_types].xml" and b"macroEnabled" in content:
        raise macros()
    if PACKED_FILE in content:
        raise NotEvidenceError("文件里夹带了别的文件", advice="请删去夹带的对象，或另存为 PDF。")
    if name.endswith(".rels") and FETCHED.search(content):
        raise NotEvidenceError("文件会从外部取内容", advice="请另存为 PDF 后上传。")
    if name.endswith(".xml") and _runs_something(content):
        raise NotEvidenceError("文件里有会执行命令的域", advice="请另存为 PDF 后上传。")


def _runs_something(content: bytes) -> bool:
    """Return whether a field of a text asks for another program (DDE)."""
    if b"<ddeLink" in content:
        return True
    said = b"".join(first or second for first, second in INSTRUCTIONS.findall(content))
    return RUN_BY_FIELD.search(said) is not None


def macros() -> NotEvidenceError:
    """Return the refusal of a file with macros, of whatever age."""
    return NotEvidenceError("文件带有宏", advice="请另存为不含宏的文件或 PDF 后上传。")


def _bomb() -> NotEvidenceError:
    return NotEvidenceError("文件展开后过大或内部过多", advice="请另存为新文件或 PDF 后上传。")
