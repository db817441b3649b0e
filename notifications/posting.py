"""One JSON request to a vendor or a gateway: bounded in time and size, redirects not followed."""

import http.client
import json
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Timer
from typing import Any

from notifications.hosts import Hosts
from notifications.message import Outcome, Verdict
from notifications.smtp_replies import failure_text

TIMEOUT_SECONDS = 30.0
MOST_BYTES = 64 * 1024
SERVICE_UNAVAILABLE, TOO_MANY = 503, 429
LONGEST_REST_SECONDS = 3600
Json = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Endpoint:
    """Where requests go, and how."""

    host: str
    port: int
    path: str = field(repr=False)  # may hold a key
    uses_tls: bool = True
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


def post(endpoint: Endpoint, body: Json, *, hosts: Hosts, path: str = "") -> Json | Outcome:
    """Return the JSON object that was answered, or what it means that there was none.

    Nothing but status 200 with a JSON object counts as an answer. A failure before the request
    left is UNAVAILABLE, one after it IN_DOUBT: the other side may have taken the message.
    """
    try:
        connection = _connected(endpoint, hosts)
    except OSError as error:
        reason = f"{endpoint.host} 不可用：{failure_text(error)}"
        return Outcome(verdict=Verdict.UNAVAILABLE, reason=reason)
    assert connection.sock is not None
    watch = Timer(TIMEOUT_SECONDS, _hang_up, [connection.sock])  # a slow drip ends, too
    watch.daemon = True
    watch.start()
    try:
        return _exchanged(connection, path or endpoint.path, body, endpoint)
    finally:
        watch.cancel()
        connection.close()


def _connected(endpoint: Endpoint, hosts: Hosts) -> http.client.HTTPConnection:
    address = hosts.address_of(endpoint.host, endpoint.port)
    connection = http.client.HTTPConnection(endpoint.host, endpoint.port)
    plain = socket.create_connection((address, endpoint.port), timeout=TIMEOUT_SECONDS)
    try:
        connection.sock = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=endpoint.host)
            if endpoint.uses_tls
            else plain
        )
    except OSError:
        plain.close()
        raise
    return connection


def _hang_up(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it was closed meanwhile


def _exchanged(
    connection: http.client.HTTPConnection, path: str, body: Json, endpoint: Endpoint
) -> Json | Outcome:
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    headers = {"Content-Type": "application/json; charset=utf-8", **endpoint.headers}
    try:
        connection.request("POST", path, body=content, headers=headers)
        response = connection.getresponse()
        answered = response.read(MOST_BYTES + 1)
    except (OSError, http.client.HTTPException) as error:
        reason = f"请求已发出，未等到答复：{type(error).__name__}"
        return Outcome(verdict=Verdict.IN_DOUBT, reason=reason)
    if response.status != http.client.OK:
        return _status_outcome(response)
    return _object(answered)


def _status_outcome(response: http.client.HTTPResponse) -> Outcome:
    """Return what a status other than 200 means; a redirect is refused, never followed."""
    reason = f"HTTP {response.status}"
    if response.status == TOO_MANY:
        rest = response.headers.get("Retry-After", "")
        seconds = int(rest) if rest.isdecimal() else 60
        return Outcome(
            verdict=Verdict.LIMITED,
            reason=reason,
            wait_seconds=min(max(seconds, 1), LONGEST_REST_SECONDS),
        )
    is_answered = response.status < http.client.INTERNAL_SERVER_ERROR
    if is_answered or response.status == SERVICE_UNAVAILABLE:
        return Outcome(verdict=Verdict.UNAVAILABLE, reason=reason)
    return Outcome(verdict=Verdict.IN_DOUBT, reason=reason)


def _object(answered: bytes) -> Json | Outcome:
    """Return the JSON object in an answer; anything else is no answer of the vendor's."""
    try:
        found = json.loads(answered) if len(answered) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return found
    return Outcome(verdict=Verdict.IN_DOUBT, reason="答复不是约定的 JSON，不能确认已收")
