"""From a file to numbered blocks and table rows, whatever its format."""

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from supervision.errors import UnreadableDocumentError
from tasks_catalog.blocks import Document, Table
from tasks_catalog.readers import confined
from tasks_catalog.readers.package import bomb

# Suffix -> module under tasks_catalog.readers; only the one needed is imported, so that reading
# text does not wait for the libraries of the others.
READERS = {
    ".txt": "text",
    ".md": "text",
    ".docx": "word",
    ".doc": "old_word",
    ".xlsx": "workbook",
    ".xls": "old_workbook",
    ".ods": "open_sheet",
    ".csv": "separated",
    ".pdf": "pdf",
}
CONFINED = {".pdf", ".xls"}  # their libraries are run in a process with limits
CONVERTED = {".doc"}  # LibreOffice opens it in a process of its own, which needs more room
WITH_MACROS = {".docm", ".xlsm", ".dotm", ".xlsb", ".xltm"}
MOST_TABLES, MOST_BLOCKS = 1_000, 60_000  # blocks are paragraphs, tables and rows
LARGEST_FILE = 50 * 1024 * 1024  # bytes; a plan of a thousand items is far below


class _Reader(Protocol):
    """What every module under `readers` offers."""

    def read(self, path: Path) -> Document:
        """Return the blocks of the file."""
        ...


def read_document(path: Path, *, is_uploaded: bool = False) -> Document:
    """Return the document in a file; raises `UnreadableDocumentError` with what to do next.

    A file that came over the network is never opened in this process, whatever its format.
    """
    _refuse_unfit(path)
    suffix = path.suffix.lower()
    module = READERS[suffix]
    if suffix in CONFINED or (is_uploaded and suffix not in CONVERTED):
        document = confined.read(module, path)
    else:
        reader = cast("_Reader", import_module(f"tasks_catalog.readers.{module}"))
        document = reader.read(path)
    if _too_long(document):
        raise bomb()
    if not document.blocks:
        raise UnreadableDocumentError(
            f"文件“{path.name}”里没有文字。",
            advice="请确认选对了文件；扫描件请先做文字识别，或向发文单位索取电子文档。",
        )
    return document


def _too_long(document: Document) -> bool:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    rows = sum(len(table.rows) for table in tables)
    return len(tables) > MOST_TABLES or len(document.blocks) + rows > MOST_BLOCKS


def _refuse_unfit(path: Path) -> None:
    """Refuse what need not be opened to know that it cannot be read."""
    if not path.is_file():
        raise UnreadableDocumentError(
            f"找不到文件“{path}”。", advice="请核对路径和文件名（含后缀）后重试。"
        )
    if path.suffix.lower() in WITH_MACROS:
        raise UnreadableDocumentError(
            f"“{path.name}”是带宏的文件，已拒绝读取。",
            advice="请另存为不含宏的 .docx 或 .xlsx 后重试。",
        )
    if path.suffix.lower() not in READERS:
        raise UnreadableDocumentError(
            f"不认识“{path.suffix or path.name}”这种文件。",
            advice=f"可以读取的格式：{' '.join(READERS)}；请用 WPS 或 Word 另存后重试。",
        )
    size = path.stat().st_size
    if size == 0:
        raise UnreadableDocumentError(
            f"文件“{path.name}”是空的（0 字节）。", advice="可能没有下载完整，请重新获取后再试。"
        )
    if size > LARGEST_FILE:
        raise UnreadableDocumentError(
            f"文件“{path.name}”有 {size // 1024 // 1024} MB，超过 50 MB 的上限。",
            advice="请删去图片或拆分附件后重试。",
        )
