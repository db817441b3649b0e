"""Old Word documents (.doc), through LibreOffice where it is installed."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from supervision.errors import NotConfiguredError, UnreadableDocumentError
from tasks_catalog.blocks import Aside, Document
from tasks_catalog.readers import word
from tasks_catalog.readers.package import COMPOUND_FILE, local, open_package

PROGRAMS = ("soffice", "libreoffice")
PATIENCE = 90  # seconds for one conversion, the first start included
CONVERSIONS = {"docx": "docx", "html": "html:HTML (StarWriter)"}


def read(path: Path) -> Document:
    """Return the document; a conversion that lost rows is reported as doubtful.

    Raises `NotConfiguredError` without LibreOffice, `UnreadableDocumentError` for a broken file.
    """
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise NotConfiguredError(
            "读取旧版 .doc 文件需要 LibreOffice，本机没有安装。",
            advice="请用 WPS 或 Word 把文件另存为 .docx 后再读，或请管理员安装 LibreOffice。",
        )
    with path.open("rb") as file:
        if not file.read(4).startswith(COMPOUND_FILE):
            raise _unreadable(path)
    with TemporaryDirectory(prefix="duban-") as folder:
        for form in CONVERSIONS.values():
            _convert(program, path, form, Path(folder))
        converted = Path(folder) / f"{path.stem}.docx"
        page = Path(folder) / f"{path.stem}.html"
        if not converted.is_file():
            raise _unreadable(path)
        document = word.read(converted)
        return _compared(document, converted, page)


def _convert(program: str, path: Path, form: str, folder: Path) -> None:
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += ["--convert-to", form, "--outdir", str(folder), str(path.resolve())]
    try:
        subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        f"“{path.name}”不能转换：已损坏、设有密码，或其实不是 .doc 文件。",
        advice="请用 WPS 或 Word 打开后另存为 .docx，再重试。",
    )


def _compared(document: Document, converted: Path, page: Path) -> Document:
    """Compare tables and rows with a second conversion: the first is known to lose some."""
    with open_package(converted) as package:
        names = [local(element) for element in package.xml(word.MAIN).iter()]
    counted = names.count("tbl"), names.count("tr")
    html = page.read_text(encoding="utf-8", errors="replace") if page.is_file() else ""
    tags = [tag.lower() for tag in re.findall(r"<(table|tr)\b", html, re.IGNORECASE)]
    expected = tags.count("table"), tags.count("tr")
    if counted == expected:
        return document
    text = (
        f"转换前后不一致：读到 {counted[0]} 张表 {counted[1]} 行，"
        f"另一种转换有 {expected[0]} 张表 {expected[1]} 行"
    )
    return replace(document, doubts=(*document.doubts, Aside(0, text, "旧版 .doc 的转换")))
