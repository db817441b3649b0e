"""The generic HTTP gateway, `gzt://token@host/path`: text messages, 赣政通-like platforms.

The contract a site's own adapter has to keep stands in docs/gateway.md.
"""

import base64
from urllib.parse import parse_qs, unquote, urlsplit

from notifications import vendor_codes
from notifications.hosts import Hosts
from notifications.message import Outcome, OutgoingMessage
from notifications.posting import Endpoint, post
from supervision.errors import NotConfiguredError

SCHEMA = "duban.gateway/1"
_ADVICE = "写法：gzt://令牌@主机:端口/路径，只在内网明文时加 ?tls=no；约定见 docs/gateway.md。"


class GatewayChannel:
    """Hands each message to the site's own gateway, which answers for its recipient."""

    name = "gateway"

    def __init__(self, url: str, *, hosts: Hosts) -> None:
        self._endpoint = _endpoint(url)
        hosts.require(self._endpoint.host)
        self._hosts = hosts

    def deliver(self, message: OutgoingMessage) -> Outcome:
        """Offer the message once; ACCEPTED only for code 0."""
        answer = post(self._endpoint, _body(message), hosts=self._hosts)
        if isinstance(answer, Outcome):
            return answer
        return vendor_codes.outcome_of(
            answer, vendor_codes.GATEWAY, code_name="code", words="message"
        )

    def describe(self) -> str:
        """Return where it leads, without its token."""
        return f"gzt://****@{self._endpoint.host}:{self._endpoint.port}/"

    def close(self) -> None:
        """Do nothing: no connection is kept."""


def _endpoint(url: str) -> Endpoint:
    try:
        parts = urlsplit(url)
        uses_tls = parse_qs(parts.query).get("tls", ["yes"]) != ["no"]
        port = parts.port or (443 if uses_tls else 80)
    except ValueError as error:
        raise NotConfiguredError("网关地址读不懂。", advice=_ADVICE) from error
    token = unquote(parts.username or "")
    if not parts.hostname or not token or not (token.isascii() and token.isprintable()):
        raise NotConfiguredError("网关地址不完整。", advice=_ADVICE)
    return Endpoint(
        host=parts.hostname,
        port=port,
        path=parts.path or "/",
        uses_tls=uses_tls,
        headers={"Authorization": f"Bearer {token}"},
    )


def _body(message: OutgoingMessage) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "id": message.message_id,
        "to": message.address,
        "name": message.recipient_name,
        "title": message.subject,
        "text": message.text,
        "sender": message.sender_name,
        "dated_at": message.dated_at.isoformat(),
        "attachments": [
            {
                "name": attachment.name,
                "content_type": attachment.content_type,
                "content": base64.b64encode(attachment.content).decode(),
            }
            for attachment in message.attachments
        ],
    }
