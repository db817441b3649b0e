"""Which channel stands behind each way to a unit, by the settings in force."""

from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from notifications.channels import open_channel as open_url
from notifications.files import outbox_url
from notifications.message import Channel, OutgoingMessage, Verdict
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """What the other side answered to a test message."""

    verdict: Verdict
    reason: str
    paths: tuple[Path, ...]

    @property
    def is_accepted(self) -> bool:
        """Whether the recipient's side took it."""
        return self.verdict is Verdict.ACCEPTED


def try_channel(office: Office, *, address: str) -> Tried:
    """Send one test message by mail, or write one to a file where no address is given."""
    return _send_one(
        office,
        address,
        subject="【督办】渠道测试",
        text="这是一条测试消息，收到即说明渠道可用，无须办理。\n",
        to=address or "渠道测试",
    )


def tell_auditor(office: Office, *, address: str, line: str) -> Tried:
    """Mail the head of the record to the auditor: kept outside, it shows what was cut off."""
    return _send_one(office, address, subject="【督办】审计锚点", text=f"{line}\n", to="审计员")


def _send_one(office: Office, address: str, *, subject: str, text: str, to: str) -> Tried:
    now = office.now()
    channel = open_channel(office, ChannelKind.MAIL if address else ChannelKind.FILE)
    message = OutgoingMessage(
        message_id=f"<{uuid4()}@one.duban>",
        dated_at=now,
        recipient_name=to,
        subject=subject,
        text=text,
        sender_name="督办",
        address=address,
    )
    try:
        outcome = channel.deliver(message)
    finally:
        channel.close()
    return Tried(verdict=outcome.verdict, reason=outcome.reason, paths=outcome.paths)
