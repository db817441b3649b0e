"""What our apprise plugins share: apprise brings the URL, the channel behind it tells the truth."""

import logging
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from apprise.plugins.base import NotifyBase

from notifications.hosts import Hosts
from notifications.message import Channel, OutgoingMessage, Verdict

_NotifyBase: Any = NotifyBase  # half typed upstream: attributes declared None, hooks without types
_log = logging.getLogger(__name__)


class ChannelPlugin(_NotifyBase):  # type: ignore[misc]
    """An apprise plugin with one of our channels in it.

    `open_channel` takes the `channel` and gives it whole messages. Apprise's own `notify()` knows
    only a title and a body; `send` makes the rest up, with the time from `clock`.
    """

    service_url = "https://github.com/caronc/apprise"
    setup_url = service_url
    templates = ("{schema}://",)
    request_rate_per_sec = 0  # really seconds between two messages; apprise's default is 5.5
    attachment_support = False  # apprise would fetch any address and any local file
    clock: ClassVar[Callable[[], datetime]]
    hosts: ClassVar[Hosts] = Hosts()

    channel: Channel
    recipient_name = ""
    address = ""
    sender_name = ""

    def __init__(self, whole_url: str, **kwargs: Any) -> None:  # noqa: ANN401 whatever apprise passes
        super().__init__(**kwargs)
        self._whole_url = whole_url

    @staticmethod
    def parse_url(url: str, *_: object, **__: object) -> dict[str, Any]:
        """Keep the URL whole: apprise's own reading drops what follows a colon in a password."""
        return {"schema": url.partition("://")[0].lower(), "whole_url": url}

    def url(self, privacy: bool = False, *_: object, **__: object) -> str:  # noqa: FBT001, FBT002
        """Return the URL; without its secret when `privacy` is asked for."""
        return self.channel.describe() if privacy else self._whole_url

    def send(self, body: str, title: str = "", attach: object = None, **_: object) -> bool:
        """Return True only when the recipient accepted; attachments are refused, not left out."""
        if attach:
            _log.error("Attachments by path or address are refused: %s", self.channel.describe())
            return False
        message = OutgoingMessage(
            message_id=f"<{uuid4()}@duban>",
            dated_at=type(self).clock(),
            subject=title,
            text=body,
            recipient_name=self.recipient_name,
            address=self.address,
            sender_name=self.sender_name,
        )
        with closing(self.channel):
            outcome = self.channel.deliver(message)
        if outcome.verdict is not Verdict.ACCEPTED:
            _log.error("Not delivered by %s: %s", self.channel.describe(), outcome.reason)
        return outcome.verdict is Verdict.ACCEPTED
