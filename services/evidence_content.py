"""What a file brought as evidence really is, by its content; what is not evidence is refused."""

import hashlib
from dataclasses import dataclass

import puremagic

from services.evidence_packages import BLOCK, NotEvidenceError, macros, package_type

LONGEST_NAME = 200
ZIP = b"PK\x03\x04"
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc .xls .ppt .wps and their kind
COMPOUND_FILES = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
MOST_FILES = (  # recognised at once: to look through every type there is takes a millisecond
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
MARKUP_AND_SCRIPTS = ("#!", "<!doctype", "<html", "<svg", "<script", "<?php", "<?xml", "@echo off")
DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{name}{n}" for name in ("com", "lpt") for n in range(10)),
}
PLAIN_FILES = frozenset(
    {"application/pdf", "image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff",
     "image/webp", "image/heic"}
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """The bytes of a file, with what they really are."""

    data: bytes
    media_type: str
    hash: str  # SHA-256 of the bytes, as 64 hexadecimal digits

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return len(self.data)


def recognised(data: bytes, *, most_mb: int) -> Content:
    """Return the content with its real type; NotEvidenceError unless it can be kept.

    Kept are pictures, PDF, OFD, office files without macros, and plain text. The name of the file
    plays no part.
    """
    if not data:
        raise NotEvidenceError("文件是空的", advice="请检查后重新选择文件。")
    if len(data) > most_mb * BLOCK:
        raise NotEvidenceError(
            f"文件超过{most_mb}MB", advice="请压缩图片或拆成几个文件后分别上传。"
        )
    media_type = _type_of(data)
    return Content(data=data, media_type=media_type, hash=hashlib.sha256(data).hexdigest())


def _type_of(data: bytes) -> str:
    if data.startswith(ZIP):
        return package_type(data)
    return _compound_type(data) if data.startswith(COMPOUND_FILE) else _plain_type(data)


def _compound_type(data: bytes) -> str:
    """Return the type of an old office file by the stream only it has; installers have none."""
    if _utf16("_VBA_PROJECT") in data:
        raise macros()
    found = next((kind for stream, kind in COMPOUND_FILES if _utf16(stream) in data), None)
    if found is None:
        raise _unknown()
    return found


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _plain_type(data: bytes) -> str:
    start = data[: 4 * 1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if any(sign.encode() in start for sign in MARKUP_AND_SCRIPTS[1:]) or start.startswith(b"#!"):
        raise NotEvidenceError("网页、矢量图或脚本不能作为佐证", advice="请改为 PDF 或图片后上传。")
    for sign, media_type in MOST_FILES:
        if data.startswith(sign):
            return media_type
    try:
        matches = puremagic.magic_string(data)
    except puremagic.PureError:
        matches = []
    found = [str(match.mime_type) for match in matches if match.mime_type in PLAIN_FILES]
    if found:
        return found[0]
    if _is_text(data):
        return "text/plain"
    raise _unknown()


def _is_text(data: bytes) -> bool:
    """Return whether the bytes are text in one of the encodings offices use."""
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return all(
            character.isprintable() or character in "\t\r\n\f\ufeff\u3000" for character in text
        )
    return False


def _unknown() -> NotEvidenceError:
    return NotEvidenceError(
        "认不出文件的类型，或该类型不能作为佐证",
        advice="可上传图片、PDF、OFD、Word、Excel、PPT 和纯文本文件，不带密码。",
    )


def fit_name(name: str) -> str:
    """Return the name a person gave a file, kept as a text only; NotEvidenceError for a trap.

    The file is stored under its hash, so a name can never lead anywhere; one that tries is a sign
    of something wrong and is refused all the same.
    """
    stem = name.partition(".")[0].strip().lower()
    is_path = any(sign in name for sign in "/\\:") or name.strip(". ") == ""
    if is_path or not name.isprintable() or stem in DEVICES or len(name) > LONGEST_NAME:
        raise NotEvidenceError(
            "文件名不合规（含路径、控制字符、系统保留名，或过长）", advice="请改名后重新上传。"
        )
    return name.strip()
