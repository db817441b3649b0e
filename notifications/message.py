"""What a channel is given and what it gives back: one message to one recipient, one outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from supervision.errors import UsageError
from supervision.vocabulary import Word


class UnsendableError(UsageError):
    """The message itself cannot go out as it stands (bad address, line break in a header)."""


class Verdict(Word):
    """What became of one attempt; the first three speak of the recipient, the others do not."""

    ACCEPTED = "accepted", "对方已接收"  # 2yz for this recipient, or file on disk
    REFUSED = "refused", "对方拒收"  # 5yz: trying again is of no use
    DEFERRED = "deferred", "对方暂不接收"  # 4yz: the same message may pass later
    UNAVAILABLE = "unavailable", "渠道不可用"  # counts for the relay, nothing was handed over
    LIMITED = "limited", "对方限流"  # too fast for this line, the message is not at fault
    IN_DOUBT = "in_doubt", "结果不明"  # handed over in full, the answer never came
    HANDED_OVER = "handed_over", "已交出，未确认"  # by a channel that never says
    FAILED = "failed", "处理出错"  # a fault of ours before anything left


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """A verdict with its reason: the server's own reply with its code, or a Chinese sentence."""

    verdict: Verdict
    reason: str = ""
    paths: tuple[Path, ...] = ()  # what the file channel wrote
    wait_seconds: int = 60  # before the line may be used again, where it is LIMITED


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file that travels with a message, under the name the recipient will see."""

    name: str
    content: bytes = field(repr=False)
    content_type: str = "application/octet-stream"


@dataclass(frozen=True, kw_only=True, slots=True)
class OutgoingMessage:
    """One message to one recipient, ready to go; sent again, it carries the same headers.

    `message_id` is made with the outbox row and never again (`<uuid@instance>`, RFC 5322), and
    `dated_at` (with a zone) becomes the Date header and the day under which a file is put: a
    repeat after midnight must not look like a second message. `address` may be empty for a file.
    """

    message_id: str
    dated_at: datetime
    recipient_name: str
    subject: str
    text: str = field(repr=False)
    sender_name: str
    address: str = field(default="", repr=False)  # of a robot: its URL, which is a secret
    attachments: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a time without a zone: it would be another day elsewhere."""
        if self.dated_at.tzinfo is None:
            raise ValueError("dated_at needs a time zone")


class Channel(Protocol):
    """A way out. One channel is used by one thread at a time."""

    @property
    def name(self) -> str:
        """The short word for it in the ledger, such as `mail`."""

    def deliver(self, message: OutgoingMessage) -> Outcome:
        """Try once and say what became of it; a dead relay is an outcome, never an error."""

    def describe(self) -> str:
        """Where it leads, for logs and pages: never a password or a key."""

    def close(self) -> None:
        """Let go of what is held open; delivering again opens it anew."""


class RecordingChannel:
    """A channel that keeps what it is given: for tests, and for trying rules without sending.

    `script` maps an address (or, without one, a recipient's name) to the outcomes of its first,
    second … attempt; the last one stays, and whoever is not in it accepts.
    """

    name = "recording"

    def __init__(self, script: Mapping[str, Sequence[Outcome]] | None = None) -> None:
        self.attempts: list[tuple[OutgoingMessage, Outcome]] = []
        self._script = {recipient: list(outcomes) for recipient, outcomes in (script or {}).items()}

    @property
    def accepted(self) -> list[OutgoingMessage]:
        """The messages that went through, in order."""
        return [m for m, outcome in self.attempts if outcome.verdict is Verdict.ACCEPTED]

    def deliver(self, message: OutgoingMessage) -> Outcome:
        """Answer as scripted, and keep the message with the answer."""
        outcomes = self._script.get(message.address or message.recipient_name, [])
        outcome = Outcome(verdict=Verdict.ACCEPTED)
        if outcomes:
            outcome = outcomes.pop(0) if len(outcomes) > 1 else outcomes[0]
        self.attempts.append((message, outcome))
        return outcome

    def describe(self) -> str:
        """Return `recording://`."""
        return "recording://"

    def close(self) -> None:
        """Keep everything: there is nothing to let go of."""
