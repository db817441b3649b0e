"""Group robots of WeCom and DingTalk: text in pieces that fit, and the vendor's own code read.

`zwwecom://key[@host[:port]]/` and `zwding://secret@token[@host[:port]]/`; a host is needed for
private deployments only, and `?tls=no` for one that speaks plain HTTP inside a closed network.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from notifications import vendor_codes
from notifications.hosts import Hosts
from notifications.message import Outcome, OutgoingMessage, Verdict
from notifications.pieces import MOST_BYTES, pieces_of
from notifications.posting import Endpoint, post
from supervision.errors import NotConfiguredError
from supervision.vocabulary import ChannelKind

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,200}")
_ADVICE = (
    "写法：zwwecom://机器人key/ 或 zwding://加签密钥@access_token/，"
    "私有部署在后面加 @主机；只在内网明文时加 ?tls=no。"
)
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class RobotUrl:
    """What a robot's URL says."""

    secrets: tuple[str, ...] = field(repr=False)
    host: str
    port: int
    uses_tls: bool


def robot_at(url: str, *, secrets: int, vendor: str) -> RobotUrl:
    """Read a robot's URL with so many secrets before its host, which is the vendor's if missing.

    Raises NotConfiguredError, which never repeats the URL.
    """
    try:
        parts = urlsplit(url)
        *found, last = parts.netloc.split("@")
        if len(found) < secrets:
            found, last = [*found, last], vendor
        where = urlsplit(f"//{last}")
        uses_tls = parse_qs(parts.query).get("tls", ["yes"]) != ["no"]
        port = where.port or (443 if uses_tls else 80)
    except ValueError as error:
        raise NotConfiguredError("机器人地址读不懂。", advice=_ADVICE) from error
    is_whole = len(found) == secrets and all(map(_SECRET.fullmatch, found))
    if not is_whole or where.hostname is None or parts.path not in ("", "/"):
        raise NotConfiguredError("机器人地址不完整。", advice=_ADVICE)
    return RobotUrl(tuple(found), where.hostname, port, uses_tls)


@dataclass(frozen=True, kw_only=True, slots=True)
class Vendor:
    """What is the vendor's own: how its robots are called and what its codes mean."""

    kind: ChannelKind
    scheme: str
    host: str
    secrets: int  # in a robot's URL
    codes: vendor_codes.Codes
    path: Callable[[tuple[str, ...], datetime], str]


class Robot:
    """A group robot: one message may be several pieces, and all of them must be accepted."""

    def __init__(self, url: str, vendor: Vendor, *, hosts: Hosts, clock: Clock) -> None:
        self._url = robot_at(url, secrets=vendor.secrets, vendor=vendor.host)
        hosts.require(self._url.host)
        self._vendor, self._hosts, self._clock = vendor, hosts, clock
        self.name = vendor.kind.value

    def deliver(self, message: OutgoingMessage) -> Outcome:
        """Send every piece in turn; ACCEPTED once the vendor's code for each is 0.

        Where a later piece fails, the earlier ones have arrived, and the whole is in doubt.
        """
        most_bytes = MOST_BYTES[self._vendor.kind]
        pieces = pieces_of(message.subject, message.text, most_bytes=most_bytes)
        outcome = Outcome(verdict=Verdict.IN_DOUBT)
        for number, piece in enumerate(pieces, start=1):
            outcome = self._post(piece)
            if outcome.verdict is Verdict.ACCEPTED:
                continue
            if number == 1:
                return outcome
            reason = f"共{len(pieces)}段，第{number}段未成：{outcome.reason}"
            return Outcome(verdict=Verdict.IN_DOUBT, reason=reason)
        return outcome

    def describe(self) -> str:
        """Return where it leads, without its key."""
        return f"{self._vendor.scheme}://****@{self._url.host}/"

    def close(self) -> None:
        """Do nothing: no connection is kept."""

    def _post(self, piece: str) -> Outcome:
        endpoint = Endpoint(
            host=self._url.host,
            port=self._url.port,
            path=self._vendor.path(self._url.secrets, self._clock()),
            uses_tls=self._url.uses_tls,
        )
        body: Mapping[str, Any] = {"msgtype": "text", "text": {"content": piece}}
        answer = post(endpoint, body, hosts=self._hosts)
        if isinstance(answer, Outcome):
            return answer
        codes = self._vendor.codes
        return vendor_codes.outcome_of(answer, codes, code_name="errcode", words="errmsg")


def _wecom_path(secrets: tuple[str, ...], _now: datetime) -> str:
    return f"/cgi-bin/webhook/send?key={secrets[0]}"


def _dingtalk_path(secrets: tuple[str, ...], now: datetime) -> str:
    """Return the path with its signature, which is good for an hour (open.dingtalk.com)."""
    secret, token = secrets
    moment = str(int(now.timestamp() * 1000))
    signed = hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256).digest()
    query = {"access_token": token, "timestamp": moment}
    return f"/robot/send?{urlencode(query)}&sign={quote(base64.b64encode(signed), safe='')}"


WECOM = Vendor(  # 企业微信, and 政务微信 where its host is named
    kind=ChannelKind.WECOM_ROBOT,
    scheme="zwwecom",
    host="qyapi.weixin.qq.com",
    secrets=1,
    codes=vendor_codes.WECOM,
    path=_wecom_path,
)
DINGTALK = Vendor(  # 钉钉, and 专有钉钉 where its host is named
    kind=ChannelKind.DINGTALK_ROBOT,
    scheme="zwding",
    host="oapi.dingtalk.com",
    secrets=2,
    codes=vendor_codes.DINGTALK,
    path=_dingtalk_path,
)
