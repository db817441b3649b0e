"""The zip package of .docx, .xlsx and .ods, opened with budgets: nothing inflates past them.

Declared sizes are looked at first, what really comes out is counted while inflating, and a DOCTYPE
in any part is refused, so neither bombs nor external entities get anywhere.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from supervision.errors import UnreadableDocumentError

MOST_MEMBERS = 3_000
LARGEST_PART = 24 * 1024 * 1024  # bytes inflated; a plan of a thousand items has about 12 MB
LARGEST_TOTAL = 200 * 1024 * 1024  # declared, pictures included
LARGEST_RATIO = 200  # inflated to packed, for parts over a megabyte
SMALL_PART = 1024 * 1024
MOST_TAGS = 1_200_000  # memory grows with elements, not with bytes
LARGEST_DIRECTORY = 1024 * 1024
END_OF_DIRECTORY = b"PK\x05\x06"
ZIP64_LOCATOR = b"PK\x06\x07"
TAIL = 22 + 0xFFFF
COMPOUND_FILE = b"\xd0\xcf\x11\xe0"  # .doc, .xls, and what encryption makes of .docx
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError,
    ValueError, LookupError, ET.ParseError,
)  # fmt: skip


class Package:
    """The members of one file; every read is counted."""

    def __init__(self, members: zipfile.ZipFile) -> None:
        self._members = members
        self.names = members.namelist()

    def read(self, name: str) -> bytes:
        """Return a member's bytes, or refuse when more comes out than a plan can need."""
        with self._members.open(name) as member:
            content = member.read(LARGEST_PART + 1)
        if len(content) > LARGEST_PART:
            raise bomb()
        return content

    def xml(self, name: str) -> ET.Element:
        """Return the root of an XML part."""
        content = self.read(name)
        if content.count(b"<") > MOST_TAGS:
            raise bomb()
        parser = ET.XMLParser(target=_Tree())  # noqa: S314 - _Tree refuses every DOCTYPE
        parser.feed(content)
        root: ET.Element = parser.close()
        return root

    def roots(self, *names: str) -> Iterator[tuple[str, ET.Element]]:
        """Yield those of the named parts that there are, with their roots."""
        for name in names:
            if name in self.names:
                yield name, self.xml(name)


class _Tree(ET.TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse: no office program writes one, and entities are declared nowhere else."""
        del name, pubid, system
        raise UnreadableDocumentError(
            "文件的内部结构里带有文档类型声明（DOCTYPE），可能夹带外部引用，已拒绝读取。",
            advice="请用 WPS 或 Word 打开后另存为新文件，再重试。",
        )


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Open a file for reading its parts; whatever is wrong inside becomes one kind of refusal."""
    with _refusing(path.name), path.open("rb") as file, package_in(file, path.name) as package:
        yield package


@contextmanager
def package_in(file: IO[bytes], name: str) -> Iterator[Package]:
    """Do the same for content that is at hand already; `name` is what people call it."""
    with _refusing(name):
        _refuse_by_directory(file, name)
        with zipfile.ZipFile(file) as members:
            _refuse_by_members(members)
            yield Package(members)


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    try:
        yield
    except BROKEN as error:
        raise UnreadableDocumentError(
            f"文件“{name}”已损坏，或不是它的后缀所说的格式。",
            advice="请用 WPS 或 Word 打开原文件，确认能正常显示后另存一份再试。",
        ) from error
    except RecursionError as error:
        raise bomb() from error


def _refuse_by_directory(file: IO[bytes], name: str) -> None:
    """Look at the end of the file, before anything is unpacked."""
    if file.read(4).startswith(COMPOUND_FILE):
        raise UnreadableDocumentError(
            f"文件“{name}”设有打开密码，或是改了后缀的旧版 .doc/.xls。",
            advice="请去掉密码，或用 WPS、Word 打开后另存为 .docx 或 .xlsx 再试。",
        )
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL))
    tail = file.read()
    at = tail.rfind(END_OF_DIRECTORY)
    if at < 0:
        raise zipfile.BadZipFile
    entries = int.from_bytes(tail[at + 10 : at + 12], "little")
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    if entries > MOST_MEMBERS or directory > LARGEST_DIRECTORY or ZIP64_LOCATOR in tail:
        raise bomb()
    file.seek(0)


def _refuse_by_members(members: zipfile.ZipFile) -> None:
    entries = sorted(members.infolist(), key=lambda entry: entry.header_offset)
    if len(entries) > MOST_MEMBERS or sum(entry.file_size for entry in entries) > LARGEST_TOTAL:
        raise bomb()
    end = 0
    for entry in entries:
        if entry.flag_bits & 1:
            raise UnreadableDocumentError("文件设有打开密码。", advice="请去掉密码后另存一份再试。")
        packed = max(entry.compress_size, 1)
        lies = entry.file_size > SMALL_PART and entry.file_size / packed > LARGEST_RATIO
        if lies or entry.header_offset < end:
            raise bomb()
        end = entry.header_offset + entry.compress_size
        if entry.filename.endswith("vbaProject.bin"):
            raise UnreadableDocumentError(
                "文件带有宏，已拒绝读取。", advice="请另存为不含宏的 .docx 或 .xlsx 后重试。"
            )


def bomb() -> UnreadableDocumentError:
    """Return the refusal of a file that grows beyond any plan when it is opened."""
    return UnreadableDocumentError(
        "文件展开后远大于一份方案所需（内部过大、过多或嵌套过深），已拒绝读取。",
        advice="请把方案和清单另存为一个新文件（去掉图片、多余的空行和工作表）后重试。",
    )


def local(element: ET.Element) -> str:
    """Return an element's name without its namespace: transitional and strict files are one."""
    return element.tag.rpartition("}")[2]


def attribute(element: ET.Element | None, name: str) -> str | None:
    """Return an attribute by its name without namespace."""
    if element is None:
        return None
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), None)


def child(element: ET.Element | None, *path: str) -> ET.Element | None:
    """Return the first descendant along a path of names without namespaces."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def whole_number(text: str | None, *, default: int, most: int) -> int:
    """Return an attribute's number between 0 and `most`; anything else is the default."""
    return min(int(text), most) if text and text.isascii() and text.isdigit() else default
