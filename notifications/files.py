"""The channel that always works: every message becomes an .eml and an .md file in a folder."""

import errno
import hashlib
import os
import re
import tempfile
from pathlib import Path
from urllib.parse import quote, unquote

from notifications.message import Outcome, OutgoingMessage, UnsendableError, Verdict
from notifications.mime import mime_of
from supervision.errors import NotConfiguredError

_SCHEME = "outbox://"
_SENDER_ADDRESS = "duban@localhost"
_NOT_IN_A_NAME = re.compile(r"\W+")
_LONGEST_NAME = 40  # characters; three bytes each stay far below the 255 of a file name
_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "磁盘是只读的",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "路径中有一段不是文件夹",
}


def outbox_url(folder: Path) -> str:
    """Return the channel URL of a folder, whatever characters its name has."""
    return _SCHEME + quote(folder.as_posix())


def folder_at(url: str) -> Path:
    """Return the folder a URL names: `outbox:///srv/out` absolute, `outbox://var/out` from here.

    Raises NotConfiguredError when it names none.
    """
    folder = unquote(url.partition("://")[2].partition("?")[0])
    if not folder or "\0" in folder:
        raise NotConfiguredError(
            "文件渠道没有写文件夹。", advice="写法：outbox://var/outbox 或 outbox:///绝对/路径。"
        )
    return Path(folder)


class FileChannel:
    """Writes `<folder>/<day>/<unit>-<short id>.eml` (as mail would be sent) and `.md` (to be read).

    The name depends on the message alone, so a repeat overwrites and never doubles.
    """

    name = "file"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, message: OutgoingMessage) -> Outcome:
        """Write both files; ACCEPTED once they are on disk, and `paths` says where (.eml first)."""
        try:
            mail = mime_of(message, sender_address=_SENDER_ADDRESS)
        except UnsendableError as error:
            return Outcome(verdict=Verdict.REFUSED, reason=str(error))
        day = self._folder / message.dated_at.date().isoformat()
        stem = f"{_safe(message.recipient_name)}-{_short(message.message_id)}"
        paths = (day / f"{stem}.eml", day / f"{stem}.md")
        try:
            _make_folder(day)
            _write(paths[1], _readable(message).encode("utf-8", "replace"))
            _write(paths[0], mail)
            _flush_folder(day)
        except OSError as error:
            return Outcome(verdict=Verdict.UNAVAILABLE, reason=failure_text(error, day))
        return Outcome(verdict=Verdict.ACCEPTED, reason=f"已写入 {paths[1]}", paths=paths)

    def describe(self) -> str:
        """Return the folder as a channel URL."""
        return outbox_url(self._folder)

    def close(self) -> None:
        """Do nothing: no file stays open."""


def failure_text(error: OSError, folder: Path) -> str:
    """Return in Chinese why nothing could be written into the folder."""
    why = _REASONS.get(error.errno or 0, "写不进去")
    return f"无法写入文件夹 {folder}：{why}（{error.strerror or error}）"


def _safe(name: str) -> str:
    return _NOT_IN_A_NAME.sub("_", name).strip("_")[:_LONGEST_NAME] or "未署名"


def _short(message_id: str) -> str:
    return hashlib.sha256(message_id.encode()).hexdigest()[:8]


def _readable(message: OutgoingMessage) -> str:
    attached = [(a.name, len(a.content)) for a in message.attachments]
    address = f"（{message.address}）" if message.address else ""
    lines = [
        f"# {message.subject}",
        "",
        f"- 收件：{message.recipient_name}{address}",
        f"- 发件：{message.sender_name}",
        f"- 时间：{message.dated_at:%Y-%m-%d %H:%M}",
        f"- 消息编号：`{message.message_id}`",
        *(f"- 附件：{name}（{size} 字节，在同名 .eml 内）" for name, size in attached),
        "",
        message.text.rstrip("\n"),
        "",
    ]
    return "\n".join(lines)


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _flush_folder(folder.parent)


def _write(path: Path, content: bytes) -> None:
    """Put the whole content under its name at once, or leave what was there."""
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)  # noqa: PTH105 mkstemp gives a string
    except OSError:
        Path(part).unlink(missing_ok=True)
        raise


def _flush_folder(folder: Path) -> None:
    """Make new names in a folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
