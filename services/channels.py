"""Which channel stands behind each way to a unit, by the settings in force."""

from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from notifications.channels import open_channel as open_url
from notifications.files import outbox_url
from notifications.hosts import Hosts
from notifications.message import Channel, Outcome, OutgoingMessage, Verdict
from services.office import Office
from services.office_channels import named_hosts, url_of
from services.sealing import SECRET_ADDRESSES
from supervision.errors import NotConfiguredError
from supervision.vocabulary import ChannelKind


def open_channel(office: Office, kind: ChannelKind) -> Channel:
    """Return the channel of that kind; NotConfiguredError when its setting is missing.

    A robot's channel is given each robot's URL as the message's address.
    """
    if kind is ChannelKind.FILE:
        return open_url(outbox_url(office.settings.outbox.resolve()), clock=office.now)
    if kind in SECRET_ADDRESSES:
        return ByAddress(office, kind)
    return open_at(office, url_of(office, kind))


def open_at(office: Office, url: str) -> Channel:
    """Return the channel behind a URL, held to the hosts and schemes that settings allow."""
    return open_url(
        url,
        clock=office.now,
        hosts=Hosts.naming(named_hosts(office.settings)),
        extra_schemes=office.settings.extra_schemes,
    )


class ByAddress:
    """Opens a channel for each address it meets: every robot has a URL of its own."""

    def __init__(self, office: Office, kind: ChannelKind) -> None:
        self.name = kind.value
        self._office = office
        self._opened: dict[str, Channel] = {}

    def deliver(self, message: OutgoingMessage) -> Outcome:
        """Send by the channel at the message's address; one that is not allowed is an outcome."""
        url = message.address
        try:
            if url not in self._opened:
                self._opened[url] = open_at(self._office, url)
        except NotConfiguredError as error:
            return Outcome(verdict=Verdict.UNAVAILABLE, reason=f"{error}。{error.advice}")
        return self._opened[url].deliver(replace(message, address=""))

    def describe(self) -> str:
        """Return the kind alone: its addresses are secrets."""
        return f"{self.name}://"

    def close(self) -> None:
        """Close whatever was opened."""
        for channel in self._opened.values():
            channel.close()


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


def try_channel(office: Office, *, address: str, kind: ChannelKind | None = None) -> Tried:
    """Send one test message by a channel, by mail unless one is named; a file where no address is.

    A robot is tried by its URL.
    """
    return _send_one(
        office,
        address,
        kind=kind,
        subject="【督办】渠道测试",
        text="这是一条测试消息，收到即说明渠道可用，无须办理。\n",
        to=address if kind in (None, ChannelKind.MAIL) and address else "渠道测试",
    )


def tell_auditor(office: Office, *, address: str, line: str) -> Tried:
    """Mail the head of the record to the auditor: kept outside, it shows what was cut off."""
    return _send_one(office, address, subject="【督办】审计锚点", text=f"{line}\n", to="审计员")


def _send_one(
    office: Office,
    address: str,
    *,
    subject: str,
    text: str,
    to: str,
    kind: ChannelKind | None = None,
) -> Tried:
    now = office.now()
    channel = open_channel(office, kind or (ChannelKind.MAIL if address else ChannelKind.FILE))
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
