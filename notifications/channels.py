"""Opens the channel behind a URL: only schemes on the allow-list, and never a secret in a log."""

import logging
import re
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from apprise import Apprise
from apprise.manager_plugins import NotificationManager

from notifications import plugins
from notifications.hosts import Hosts
from notifications.message import Channel
from notifications.plugins.base import ChannelPlugin
from notifications.through_apprise import ThroughApprise, WeComApp
from supervision.errors import NotConfiguredError

# The allow-list: each of these tells the truth per recipient.
SCHEMES = ("outbox", "smtp", "smtps", "zwwecom", "zwding", "gzt")
WECOM_APP = "wechat"  # apprise's own plugin, which reads the vendor's code

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,31})://", re.IGNORECASE)
_AFTER_SCHEME = re.compile(r"://.*", re.DOTALL)
_ADVICE = (
    "可用：outbox://文件夹（写成文件）、smtp://用户:密码@主机:端口/?from=发件邮箱（邮件）、"
    "smtps://（465 端口的邮件）、zwwecom://（企业微信群机器人）、zwding://（钉钉群机器人）、"
    "gzt://（政务平台或短信网关）、wechat://（企业微信应用）。"
)
_NO_HOSTS = Hosts()


def open_channel(
    url: str,
    *,
    clock: Callable[[], datetime],
    hosts: Hosts = _NO_HOSTS,
    extra_schemes: Collection[str] = (),
) -> Channel:
    """Return the channel that a URL names; nothing is connected or written yet.

    `hosts` are those named by an administrator, `extra_schemes` those of apprise's that he added:
    what they were given is never confirmed. Raises NotConfiguredError for a scheme or host that is
    not allowed or a URL that cannot be read; the error never repeats the URL, which may hold a
    password.
    """
    register_schemes(clock=clock, hosts=hosts)
    scheme = scheme_of(url)
    if scheme == WECOM_APP:
        return WeComApp(url, hosts=hosts)
    if scheme in extra_schemes and scheme not in SCHEMES:
        return ThroughApprise(url, scheme=scheme)
    if scheme not in SCHEMES:
        shown = f"{scheme}://" if scheme else "（没有写类型）"
        raise NotConfiguredError(f"渠道类型不在允许之列：{shown}", advice=_ADVICE)
    plugin = Apprise.instantiate(url, suppress_exceptions=False)
    if not isinstance(plugin, ChannelPlugin):
        raise NotConfiguredError(f"{scheme}:// 渠道无法启用。", advice=_ADVICE)
    return plugin.channel


def scheme_of(url: str) -> str:
    """Return a URL's scheme in lower case, empty where it has none."""
    match = _SCHEME.match(url)
    return match.group(1).lower() if match else ""


def register_schemes(*, clock: Callable[[], datetime], hosts: Hosts = _NO_HOSTS) -> None:
    """Make our schemes the only ones that apprise accepts in this process; again is harmless.

    `clock` dates what comes through apprise's own `notify()`, which knows no time. Loading our
    folder first leaves apprise's own 155 plugins unread (0.7 s); where something else has read
    them already, they are disabled.
    """
    logging.getLogger("apprise").addFilter(_without_secrets)
    ChannelPlugin.clock, ChannelPlugin.hosts = staticmethod(clock), hosts
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
