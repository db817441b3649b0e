"""Which channel stands behind each way to a unit, by the settings in force."""

from notifications.channels import open_channel as open_url
from notifications.files import outbox_url
from notifications.message import Channel
from services.office import Office
from supervision.errors import NotConfiguredError
from supervision.vocabulary import ChannelKind


def open_channel(office: Office, kind: ChannelKind) -> Channel:
    """Return the channel of that kind; NotConfiguredError when its setting is missing."""
    if kind is ChannelKind.FILE:
        return open_url(outbox_url(office.settings.outbox.resolve()), clock=office.now)
    if office.settings.smtp_url is None:
        raise NotConfiguredError(
            "尚未设置邮件服务器",
            advice="请设置 DUBAN_SMTP_URL，如 smtp://用户:密码@主机:587/?from=发件邮箱。",
        )
    return open_url(office.settings.smtp_url.get_secret_value(), clock=office.now)
