"""The ways out that the office shares: set in the settings, or by an administrator and sealed."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from pydantic import SecretStr
from sqlmodel import Session

from db import office_channels
from services import sealing
from services.office import Office
from services.plans import the_office
from services.settings import Settings
from supervision.errors import NotConfiguredError
from supervision.vocabulary import ChannelKind

# The setting of each kind that takes one line for the whole office.
SETTING_OF: Mapping[ChannelKind, str] = MappingProxyType(
    {
        ChannelKind.MAIL: "smtp_url",
        ChannelKind.GATEWAY: "gateway_url",
        ChannelKind.SMS: "sms_url",
        ChannelKind.WECOM_APP: "wecom_app_url",
    }
)
_EXAMPLES: Mapping[ChannelKind, str] = MappingProxyType(
    {
        ChannelKind.MAIL: "smtp://用户:密码@主机:587/?from=发件邮箱",
        ChannelKind.GATEWAY: "gzt://令牌@主机/路径",
        ChannelKind.SMS: "gzt://令牌@主机/路径",
        ChannelKind.WECOM_APP: "wechat://企业ID:应用secret@应用agentid/",
    }
)
_NAMES: Mapping[ChannelKind, str] = MappingProxyType({ChannelKind.MAIL: "邮件服务器"})


def is_set_up(session: Session, office: Office, kind: ChannelKind) -> bool:
    """Return whether a channel of that kind can be opened; nothing is tried."""
    name = SETTING_OF.get(kind)
    if name is None or getattr(office.settings, name) is not None:
        return True
    return office_channels.of_kind(session, the_office(session).id, kind) is not None


def url_of(office: Office, kind: ChannelKind) -> str:
    """Return a shared channel's URL, the settings before the database.

    NotConfiguredError with the setting's name where neither has one.
    """
    given: SecretStr | None = getattr(office.settings, SETTING_OF[kind])
    if given is not None:
        return given.get_secret_value()
    with office.reading() as session:
        row = office_channels.of_kind(session, the_office(session).id, kind)
    if row is None:
        raise NotConfiguredError(
            f"尚未设置{_NAMES.get(kind, kind.label)}",
            advice=f"请设置 DUBAN_{SETTING_OF[kind].upper()}，如 {_EXAMPLES[kind]}。",
        )
    return sealing.opened(office.settings, row.sealed)


def named_hosts(settings: Settings) -> set[str]:
    """Return the hosts that channels may call beside the vendors': those settings name."""
    urls = [settings.gateway_url, settings.sms_url]
    found = {urlsplit(url.get_secret_value()).hostname for url in urls if url is not None}
    return set(settings.channel_hosts) | {host for host in found if host}
