"""`gzt://token@host/path`: the site's own gateway, as docs/gateway.md has it."""

from typing import Any

from notifications.gateway import GatewayChannel
from notifications.plugins.base import ChannelPlugin


class NotifyGzt(ChannelPlugin):
    """The channel under its URL scheme; the class name is apprise's rule for finding it."""

    service_name = "督办政务平台网关"
    protocol = "gzt"

    def __init__(self, whole_url: str, **kwargs: Any) -> None:  # noqa: ANN401 whatever apprise passes
        super().__init__(whole_url, **kwargs)
        self.channel = GatewayChannel(whole_url, hosts=type(self).hosts)
