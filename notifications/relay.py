"""How a mail relay is named: `smtp://user:password@host:587/?from=…` as checked settings."""

import re
import socket
from dataclasses import dataclass, field
from typing import NoReturn, TypeVar
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from notifications.message import UnsendableError
from notifications.mime import mailbox
from supervision.errors import NotConfiguredError
from supervision.vocabulary import Word

_T = TypeVar("_T")

_OPTIONS = {"from", "name", "starttls", "timeout", "helo", "verify"}
_LONGEST_WAIT_SECONDS = 600
_HOST_NAME = re.compile(r"[A-Za-z0-9.-]{1,253}")
_YES = {"yes": True, "no": False}
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_ADVICE = (
    "写法：smtp://用户:密码@主机:端口/?from=发件邮箱，465 端口用 smtps://；"
    "用户和密码中的 @ : / ? # % 要写成 %40 %3A %2F %3F %23 %25。"
)


class StartTls(Word):
    """Whether a connection that begins in the clear must turn to TLS."""

    REQUIRED = "required", "必须加密"
    IF_OFFERED = "if-offered", "能加密则加密"
    NEVER = "never", "不加密"


@dataclass(frozen=True, kw_only=True, slots=True)
class Relay:
    """A mail relay and how to speak to it."""

    host: str
    port: int
    sender_address: str
    user: str = ""
    password: str = field(default="", repr=False)
    implicit_tls: bool = False  # smtps://
    starttls: StartTls = StartTls.IF_OFFERED
    verify: bool = True  # the relay's certificate
    timeout_seconds: float = 30.0
    helo: str = ""
    recipient: str = ""  # from the path; only apprise's own notify() needs it
    sender_name: str = ""

    def describe(self) -> str:
        """Return the URL with stars for the password."""
        scheme = "smtps" if self.implicit_tls else "smtp"
        secret = ":****" if self.password else ""
        login = f"{quote(self.user, safe='')}{secret}@" if self.user else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{login}{host}:{self.port}/?from={self.sender_address}"


def relay_at(url: str) -> Relay:
    """Read an `smtp://` or `smtps://` URL; raises NotConfiguredError, which never repeats the URL.

    Where a password would cross the network, TLS is required unless `starttls=` says otherwise.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        (parts.hostname or "").encode("idna")
    except ValueError:
        _refuse("邮件渠道的地址读不懂")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := sorted(options.keys() - _OPTIONS):
        _refuse(f"邮件渠道不认识选项 {unknown[0]}")
    if not parts.hostname:
        _refuse("邮件渠道没有写主机")
    secure = parts.scheme == "smtps"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii():
        _refuse("邮件渠道的用户和密码只能用英文字母、数字和符号")
    return Relay(
        host=parts.hostname,
        port=port or (465 if secure else 25),
        sender_address=_sender_address(options, user=user, host=parts.hostname),
        user=user,
        password=password,
        implicit_tls=secure,
        starttls=_starttls(options, parts),
        verify=_choice(options, "verify", _YES, default=True),
        timeout_seconds=_seconds(options),
        helo=_helo(options),
        recipient=unquote(parts.path.strip("/")),
        sender_name=options.get("name", ""),
    )


def _sender_address(options: dict[str, str], *, user: str, host: str) -> str:
    address = options.get("from") or (user if "@" in user else f"duban@{host}")
    try:
        return mailbox(address)
    except UnsendableError:
        _refuse("邮件渠道的发件邮箱（from=）不能用")


def _helo(options: dict[str, str]) -> str:
    """Return the name we greet with; asking the DNS for it may take longer than the message."""
    own_name = socket.gethostname()
    name = options.get("helo") or (own_name if _HOST_NAME.fullmatch(own_name) else "localhost")
    if not _HOST_NAME.fullmatch(name):
        _refuse("邮件渠道的 helo 应为主机名")
    return name


def _starttls(options: dict[str, str], parts: SplitResult) -> StartTls:
    exposed = bool(parts.password) and parts.hostname not in _LOOPBACK
    default = StartTls.REQUIRED if exposed else StartTls.IF_OFFERED
    return _choice(options, "starttls", {mode.value: mode for mode in StartTls}, default=default)


def _choice(options: dict[str, str], name: str, values: dict[str, _T], *, default: _T) -> _T:
    if name not in options:
        return default
    if options[name] not in values:
        _refuse(f"邮件渠道的选项 {name} 只能是 {'、'.join(values)}")
    return values[options[name]]


def _seconds(options: dict[str, str]) -> float:
    try:
        seconds = float(options.get("timeout", "30"))
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _LONGEST_WAIT_SECONDS:
        _refuse(f"邮件渠道的 timeout 应为 {_LONGEST_WAIT_SECONDS} 以内的秒数")
    return seconds


def _refuse(what: str) -> NoReturn:
    raise NotConfiguredError(f"{what}。", advice=_ADVICE)
