"""One attempt: a row of the outbox made into a message and offered to its channel, once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from db import papers
from db.plan_tables import ChannelAddress
from db.record_tables import Message
from notifications.message import Attachment, Channel, Outcome, OutgoingMessage, Verdict
from services import link_letters, sealing
from services.office import SHANGHAI, Office
from services.papers import content_of
from supervision.errors import NotConfiguredError, StorageError
from supervision.vocabulary import ChannelKind, MessageKind

PLAIN_BYTES = "application/octet-stream"
CONTENT_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
}

OpenChannel = Callable[[ChannelKind], Channel]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Post:
    """What one run sends with: under whose name, and the channels it has opened so far."""

    office: Office
    sender: str
    open_channel: OpenChannel
    channels: dict[ChannelKind, Channel] = field(default_factory=dict)

    def channel(self, kind: ChannelKind) -> Channel:
        """Return the one channel of a kind, opened when it is first needed."""
        if kind not in self.channels:
            self.channels[kind] = self.open_channel(kind)
        return self.channels[kind]

    def close(self) -> None:
        """Let go of every channel."""
        for channel in self.channels.values():
            channel.close()


def attempt(post: Post, message: Message) -> Outcome:
    """Offer a claimed message to its channel once; whatever goes wrong is an outcome."""
    try:
        outgoing = _outgoing(post, message)
        channel = post.channel(message.channel)
    except StorageError as error:  # a paper that is gone or was changed must not go out
        return Outcome(verdict=Verdict.REFUSED, reason=f"{error}。{error.advice}")
    except NotConfiguredError as error:
        return Outcome(verdict=Verdict.UNAVAILABLE, reason=f"{error}。{error.advice}")
    except Exception as error:  # noqa: BLE001 - one row at fault must not hold up the others
        _log.exception("Message %s could not be composed", message.id)
        return Outcome(verdict=Verdict.FAILED, reason=f"消息无法生成（{type(error).__name__}）")
    try:
        return channel.deliver(outgoing)
    except Exception as error:  # noqa: BLE001 - something may have left before it
        _log.exception("Channel %s failed on message %s", channel.name, message.id)
        return Outcome(verdict=Verdict.IN_DOUBT, reason=f"发送时出错（{type(error).__name__}）")


def _outgoing(post: Post, message: Message) -> OutgoingMessage:
    return OutgoingMessage(
        message_id=message.message_id,
        dated_at=message.dated_at.astimezone(SHANGHAI),
        recipient_name=message.recipient_name,
        subject=message.subject,
        text=message.body + link_letters.closing(post.office, message),
        sender_name=post.sender,
        address=_address(post.office, message),
        attachments=_attachments(post.office, message),
    )


def _address(office: Office, message: Message) -> str:
    """Return where a message goes: for a robot its URL, unsealed only here."""
    if message.channel not in sealing.SECRET_ADDRESSES:
        return message.address
    with office.reading() as session:
        way = session.get(ChannelAddress, message.way_id)
    if way is None or way.sealed is None or way.removed_on is not None:
        raise NotConfiguredError(
            f"{message.channel.label}“{message.address}”已停用", advice="请改用其他渠道重发。"
        )
    return sealing.opened(office.settings, way.sealed)


def _attachments(office: Office, message: Message) -> tuple[Attachment, ...]:
    """Return the papers that go with a message, as they were kept."""
    if message.kind is MessageKind.DIGEST:
        return ()
    with office.reading() as session:
        attached = papers.of_message(session, message.id)
    return tuple(
        Attachment(
            name=paper.file_name,
            content=content_of(office, paper),
            content_type=CONTENT_TYPES.get(Path(paper.file_name).suffix, PLAIN_BYTES),
        )
        for paper in attached
    )
