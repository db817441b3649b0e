"""`smtp://user:password@host:port/recipient?from=sender`, and `smtps://` for TLS from the start."""

from typing import Any

from notifications.mail import MailChannel
from notifications.plugins.base import ChannelPlugin
from notifications.relay import relay_at


class NotifySmtp(ChannelPlugin):
    """The mail channel under its URL schemes; the class name is apprise's rule for finding it."""

    service_name = "督办邮件渠道"
    protocol = "smtp"
    secure_protocol = "smtps"

    def __init__(self, whole_url: str, **kwargs: Any) -> None:  # noqa: ANN401 whatever apprise passes
        super().__init__(whole_url, **kwargs)
        relay = relay_at(whole_url)
        self.channel = MailChannel(relay)
        self.address, self.sender_name = relay.recipient, relay.sender_name
