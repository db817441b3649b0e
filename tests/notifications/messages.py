"""A valid message from one word, for the tests of this folder."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from notifications.message import OutgoingMessage

MORNING = datetime(2025, 1, 2, 1, 0, tzinfo=UTC)


def a_message(address: str = "lan@zhujian.test", **changes: object) -> OutgoingMessage:
    """Return a digest to the housing bureau; each call is another message."""
    facts: dict[str, Any] = {
        "message_id": f"<{uuid4()}@office.test>",
        "dated_at": MORNING,
        "recipient_name": "区住建局",
        "address": address,
        "subject": "今日督办提醒：2 项逾期",
        "text": "1. 老旧小区改造，逾期 3 天\n2. 管网<A&B>段，逾期 1 天\n",
        "sender_name": "领导小组办公室",
    }
    return OutgoingMessage(**(facts | changes))
