"""`zwding://secret@token@host/`: a group robot of DingTalk."""

from typing import Any

from notifications.plugins.base import ChannelPlugin
from notifications.robots import DINGTALK, Robot


class NotifyZwding(ChannelPlugin):
    """The channel under its URL scheme; the class name is apprise's rule for finding it."""

    service_name = "督办钉钉群机器人"
    protocol = "zwding"

    def __init__(self, whole_url: str, **kwargs: Any) -> None:  # noqa: ANN401 whatever apprise passes
        super().__init__(whole_url, **kwargs)
        self.channel = Robot(whole_url, DINGTALK, hosts=type(self).hosts, clock=type(self).clock)
