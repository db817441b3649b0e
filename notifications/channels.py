"""Opens the channel behind a URL: only schemes on the allow-list, and never a secret in a log."""

import logging
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from apprise import Apprise
from apprise.manager_plugins import NotificationManager

from notifications import plugins
from notifications.message import Channel
from notifications.plugins.base import ChannelPlugin
from supervision.errors import NotConfiguredError

SCHEMES = ("outbox", "smtp", "smtps")  # the allow-list: each tells the truth per recipient

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,31})://", re.IGNORECASE)
_AFTER_SCHEME = re.compile(r"://.*", re.DOTALL)
_ADVICE = (
    "可用：outbox://文件夹（写成文件）、smtp://用户:密码@主机:端口/?from=发件邮箱（邮件）、"
    "smtps://（465 端口的邮件）。"
)


def open_channel(url: str, *, clock: Callable[[], datetime]) -> Channel:
    """Return the channel that a URL names; nothing is connected or written yet.

    Raises NotConfiguredError for a scheme that is not allowed or a URL that cannot be read; the
    error never repeats the URL, which may hold a password.
    """
    register_schemes(clock=clock)
    match = _SCHEME.match(url)
    scheme = match.group(1).lower() if match else ""
    if scheme not in SCHEMES:
        shown = f"{scheme}://" if scheme else "（没有写类型）"
        raise NotConfiguredError(f"渠道类型不在允许之列：{shown}", advice=_ADVICE)
    plugin = Apprise.instantiate(url, suppress_exceptions=False)
    if not isinstance(plugin, ChannelPlugin):
        raise NotConfiguredError(f"{scheme}:// 渠道无法启用。", advice=_ADVICE)
    return plugin.channel


def register_schemes(*, clock: Callable[[], datetime]) -> None:
    """Make our schemes the only ones that apprise accepts in this process; again is harmless.

    `clock` dates what comes through apprise's own `notify()`, which knows no time. Loading our
    folder first leaves apprise's own 155 plugins unread (0.7 s); where something else has read
    them already, they are disabled.
    """
    logging.getLogger("apprise").addFilter(_without_secrets)
    ChannelPlugin.clock = staticmethod(clock)
    schemes: Any = NotificationManager()  # type: ignore[no-untyped-call]  # one for the process
    schemes.load_modules(path=plugins.__path__[0], name=plugins.__name__)
    schemes.enable_only(*SCHEMES)


def _without_secrets(record: logging.LogRecord) -> bool:
    """Drop apprise's TRACE lines (they spell out URLs, part by part) and cut URLs from the rest."""
    if record.levelno < logging.DEBUG:
        return False
    record.msg = _AFTER_SCHEME.sub("://…", record.getMessage())
    record.args = None
    return True
