"""A Word file as PDF, by LibreOffice where it is installed, and what its fonts were replaced by."""

import logging
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from services.line_breaks import loosened
from supervision.errors import DubanError, NotConfiguredError

LOG = logging.getLogger(__name__)
SECONDS = 90  # a paper takes 3; the first call of a new profile 10
LISTER_SECONDS = 3
# The fonts that GB/T 9704 papers name, each with what comes nearest among the free ones.
STAND_INS = {
    "方正小标宋简体": ("Source Han Serif SC", "Noto Serif CJK SC"),
    "仿宋_GB2312": ("仿宋", "FangSong", "朱雀仿宋", "Zhuque Fangsong", "Noto Serif CJK SC"),
    "楷体_GB2312": ("楷体", "KaiTi", "LXGW WenKai", "AR PL UKai CN", "Noto Serif CJK SC"),
    "黑体": ("SimHei", "Source Han Sans SC", "Noto Sans CJK SC"),
    "宋体": ("SimSun", "Source Han Serif SC", "Noto Serif CJK SC"),
}
# The same font under its other name is no substitute.
SAME = {"宋体": "SimSun", "黑体": "SimHei", "仿宋_GB2312": "FangSong_GB2312",
        "楷体_GB2312": "KaiTi_GB2312"}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Pdf:
    """A PDF, and the named fonts that this machine has not."""

    content: bytes
    substituted: tuple[str, ...]

    @property
    def remark(self) -> str:
        """What has to be said beside the file; empty when the fonts are the paper's own."""
        if not self.substituted:
            return ""
        missing = "、".join(self.substituted)
        return f"本机没有{missing}，此 PDF 用了替代字体，正式用印请以 Word 文件为准。"


def office_program() -> str | None:
    """Return LibreOffice's program, or None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def missing_fonts() -> tuple[str, ...]:
    """Return the fonts of official papers that this machine has not; all when none can be asked."""
    lister = shutil.which("fc-list")
    families = set() if lister is None else _families(lister)
    return tuple(font for font in STAND_INS if not families & {font, SAME.get(font, font)})


def _families(lister: str) -> set[str]:
    """Return the names of all installed fonts, none when asking takes too long."""
    try:
        done = subprocess.run(  # noqa: S603
            [lister, "--format=%{family}\n"],
            capture_output=True,
            text=True,
            check=False,
            timeout=LISTER_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return set()
    return {name.strip() for line in done.stdout.splitlines() for name in line.split(",")}


def pdf_of(document: bytes, *, seconds: float = SECONDS) -> Pdf:
    """Return a Word file as PDF; replaced fonts are written to the log.

    NotConfiguredError without LibreOffice; DubanError when it fails or takes too long, and then
    nothing of it is left running.
    """
    program = office_program()
    if program is None:
        raise NotConfiguredError(
            "本机没有安装 LibreOffice，不能出 PDF",
            advice="Word 文件不受影响；需要 PDF 时请安装 libreoffice-writer。",
        )
    with tempfile.TemporaryDirectory(prefix="duban-pdf-") as room:
        content = _converted(program, Path(room), document, seconds)
    found = Pdf(content=content, substituted=missing_fonts())
    if found.substituted:
        LOG.warning("PDF made with substitute fonts for %s", "、".join(found.substituted))
    return found


def _converted(program: str, room: Path, document: bytes, seconds: float) -> bytes:
    """Convert in a room of its own, with its own profile: calls do not meet."""
    source = room / "paper.docx"
    source.write_bytes(loosened(document))
    fonts = room / "fonts.conf"
    fonts.write_text(_stand_ins(), encoding="utf-8")
    command = [
        program,
        f"-env:UserInstallation={(room / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf",
        "--outdir",
        str(room),
        str(source),
    ]
    said = _run(command, {**os.environ, "FONTCONFIG_FILE": str(fonts), "HOME": str(room)}, seconds)
    try:
        return (room / "paper.pdf").read_bytes()
    except OSError as error:
        raise DubanError(
            f"LibreOffice 没有转出 PDF（{said or '没有说明'}）",
            advice="请用 duban doctor 检查，或先用 Word 文件。",
        ) from error


def _run(command: list[str], environment: dict[str, str], seconds: float) -> str:
    """Run a command in a group of its own and end all of it when time is up."""
    process = subprocess.Popen(  # noqa: S603 - our own command
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise DubanError(
            f"LibreOffice 超过{seconds:g}秒没有完成", advice="请稍后重试，或先用 Word 文件。"
        ) from error
    return said.strip()[:200]


def _stand_ins() -> str:
    """Return a font configuration that names what stands in for each font that is missing."""
    rules = []
    for font, others in STAND_INS.items():
        families = "".join(f"<family>{other}</family>" for other in others)
        rules.append(
            f'<alias binding="same"><family>{font}</family><accept>{families}</accept></alias>'
        )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"{''.join(rules)}</fontconfig>"
    )
