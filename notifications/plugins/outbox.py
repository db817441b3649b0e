"""`outbox:///folder`: messages become files."""

from typing import Any

from notifications.files import FileChannel, folder_at
from notifications.plugins.base import ChannelPlugin


class NotifyOutbox(ChannelPlugin):
    """The file channel under its URL scheme; the class name is apprise's rule for finding it."""

    service_name = "督办文件渠道"
    protocol = "outbox"

    def __init__(self, whole_url: str, **kwargs: Any) -> None:  # noqa: ANN401 whatever apprise passes
        super().__init__(whole_url, **kwargs)
        self.channel = FileChannel(folder_at(whole_url))
