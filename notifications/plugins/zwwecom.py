"""`zwwecom://key@host/`: a group robot of WeCom."""

from typing import Any

from notifications.plugins.base import ChannelPlugin
from notifications.robots import WECOM, Robot


class NotifyZwwecom(ChannelPlugin):
    """The channel under its URL scheme; the class name is apprise's rule for finding it."""

    service_name = "督办企业微信群机器人"
    protocol = "zwwecom"

    def __init__(self, whole_url: str, **kwargs: Any) -> None:  # noqa: ANN401 whatever apprise passes
        super().__init__(whole_url, **kwargs)
        self.channel = Robot(whole_url, WECOM, hosts=type(self).hosts, clock=type(self).clock)
