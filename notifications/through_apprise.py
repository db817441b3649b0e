"""Channels whose sending is apprise's own: the WeCom application, and what an administrator adds.

Only the first tells whether the other side took a message; the others are never confirmed.
"""

import importlib
import logging
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from notifications.hosts import Hosts
from notifications.message import Outcome, OutgoingMessage, Verdict
from notifications.pieces import MOST_BYTES, pieces_of
from supervision.errors import NotConfiguredError
from supervision.vocabulary import ChannelKind

_APP_ADVICE = "写法：wechat://企业ID:应用secret@应用agentid/，私有部署加 ?host=主机。"


class WeComApp:
    """企业微信应用: the office's application writes to one person, named by his user id.

    `?host=` names a private deployment (政务微信), `&tls=no` one without TLS in a closed network.
    """

    name = "wecom_app"

    def __init__(self, url: str, *, hosts: Hosts) -> None:
        parts = urlsplit(url)
        if not (parts.username and parts.password and (parts.hostname or "").isdecimal()):
            raise NotConfiguredError("企业微信应用的地址不完整。", advice=_APP_ADVICE)
        self._base = f"wechat://{parts.netloc}"
        self._agent = parts.hostname
        options = parse_qs(parts.query)
        self._own_host = options.get("host", [""])[0]
        self._scheme = "http" if options.get("tls") == ["no"] else "https"
        if self._own_host:
            hosts.require(self._own_host.partition(":")[0])

    def deliver(self, message: OutgoingMessage) -> Outcome:
        """Send every piece; ACCEPTED once apprise has read the vendor's code 0 for each."""
        most_bytes = MOST_BYTES[ChannelKind.WECOM_APP]
        pieces = pieces_of(message.subject, message.text, most_bytes=most_bytes)
        plugin = self._plugin_for(message.address)
        for number, piece in enumerate(pieces, start=1):
            if not plugin.notify(body=piece, title=""):
                reason = "企业微信应用未接受（见 apprise 日志）"
                verdict = Verdict.DEFERRED if number == 1 else Verdict.IN_DOUBT
                return Outcome(verdict=verdict, reason=reason)
        return Outcome(verdict=Verdict.ACCEPTED)

    def _plugin_for(self, user: str) -> Any:  # noqa: ANN401 - apprise has no types
        plugin = _plugin("wechat", f"{self._base}/@{quote(user, safe='')}?redirects=no")
        if self._own_host:
            base = f"{self._scheme}://{self._own_host}/cgi-bin"
            plugin.token_url, plugin.notify_url = f"{base}/gettoken", f"{base}/message/send"
        return plugin

    def describe(self) -> str:
        """Return which application, without its secret."""
        return f"wechat://****@{self._agent}/"

    def close(self) -> None:
        """Do nothing: no connection is kept."""


class ThroughApprise:
    """A scheme of apprise's that an administrator has added: handed over, never confirmed."""

    name = "other"

    def __init__(self, url: str, *, scheme: str) -> None:
        self._scheme = scheme
        self._plugin = _plugin(scheme, url)

    def deliver(self, message: OutgoingMessage) -> Outcome:
        """Give the message to apprise; its «sent» only means that nothing was refused aloud."""
        if message.attachments:
            return Outcome(verdict=Verdict.REFUSED, reason="该渠道不能带附件")
        if self._plugin.notify(body=message.text, title=message.subject):
            return Outcome(verdict=Verdict.HANDED_OVER, reason="已交给渠道，对方是否收到不明")
        return Outcome(verdict=Verdict.DEFERRED, reason="渠道未接受（见 apprise 日志）")

    def describe(self) -> str:
        """Return the scheme: anything behind it may be a secret."""
        return f"{self._scheme}://****"

    def close(self) -> None:
        """Do nothing: no connection is kept."""


def _plugin(scheme: str, url: str) -> Any:  # noqa: ANN401 - apprise has no types
    """Return apprise's plugin for a URL, read by itself: no other scheme comes alive with it."""
    # At DEBUG it spells out the paths of requests, and vendors have secrets put into them.
    logging.getLogger("urllib3").setLevel(logging.INFO)
    found = _plugin_class(scheme)
    parsed = None if found is None else found.parse_url(url)
    if found is None or parsed is None:
        raise NotConfiguredError(f"{scheme}:// 渠道无法启用。", advice="请核对渠道地址的写法。")
    try:
        plugin = found(**parsed)
    except TypeError as error:
        raise NotConfiguredError(
            f"{scheme}:// 渠道的地址不完整。", advice="请核对渠道地址的写法。"
        ) from error
    plugin.request_rate_per_sec = 0  # really seconds between two messages; the outbox has its pace
    return plugin


def _plugin_class(scheme: str) -> Any:  # noqa: ANN401 - apprise has no types
    """Return the class behind one of apprise's schemes, None where no file of its has it."""
    folder = importlib.import_module("apprise.plugins").__path__[0]
    for file in sorted(Path(folder).glob("*.py")):
        text = file.read_text("utf-8", "replace")
        if f'"{scheme}"' not in text or file.stem == "__init__":
            continue
        module = importlib.import_module(f"apprise.plugins.{file.stem}")
        for name in dir(module):
            found = getattr(module, name)
            if name.startswith("Notify") and scheme in _schemes(found):
                return found
    return None


def _schemes(plugin: Any) -> set[str]:  # noqa: ANN401 - apprise has no types
    """Return the schemes of a plugin class, none for anything else."""
    given = [getattr(plugin, name, None) for name in ("protocol", "secure_protocol")]
    return {
        scheme
        for each in given
        if each
        for scheme in ((each,) if isinstance(each, str) else tuple(each))
    }
