"""What a relay's reply, or its silence, means for one recipient (RFC 5321, 4.2)."""

import smtplib
import socket
import ssl
from enum import Enum

from notifications.message import Outcome, Verdict

Reply = tuple[int, bytes]  # as smtplib returns it

_CLOSING = 421
_TOO_LARGE = 552
_LOGIN_WANTED = {530, 534, 535, 538}  # RFC 4954: our settings are wrong, not the recipient
_LONGEST_REASON = 500


class Stage(Enum):
    """Where in the transaction a reply came."""

    SENDER = "MAIL"
    RECIPIENT = "RCPT"
    DATA = "DATA"
    FINAL_DOT = "."


def outcome_of(reply: Reply, stage: Stage) -> Outcome:
    """Return what a reply other than the expected one (or the last, good one) means.

    A sender that is not liked, a wanted login and 421 speak of the relay and our settings: the
    recipient must not be struck off for them. 552 after MAIL speaks of this message's size.
    """
    code, _ = reply
    return Outcome(verdict=_verdict(code, stage), reason=reply_text(reply))


def is_good(reply: Reply) -> bool:
    """Whether a reply is 2yz."""
    return 200 <= reply[0] < 300  # noqa: PLR2004 the reply's first digit is its meaning


def reply_text(reply: Reply) -> str:
    """Return a reply on one line with its code first, such as `550 5.1.1 no such user`."""
    code, text = reply
    words = "".join(c if c.isprintable() else " " for c in _decoded(text))
    return f"{code} {' '.join(words.split())}"[:_LONGEST_REASON]


def failure_text(error: OSError) -> str:
    """Return in Chinese why a relay could not be used; smtplib's errors are OSErrors too."""
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return reply_text((error.smtp_code, text.encode() if isinstance(text, str) else text))
    cause = error.__context__ if isinstance(error, smtplib.SMTPServerDisconnected) else error
    for kind, words in _FAILURES:
        if isinstance(cause, kind):
            return f"{words}（{cause}）"
    return f"连接出错（{error}）"


_FAILURES: tuple[tuple[type[OSError], str], ...] = (
    (smtplib.SMTPNotSupportedError, "服务器不支持所要求的功能"),
    (TimeoutError, "等待答复超时"),
    (ConnectionRefusedError, "连接被拒绝"),
    (socket.gaierror, "主机名无法解析"),
    (ssl.SSLCertVerificationError, "服务器证书不可信"),
    (ssl.SSLError, "加密连接失败"),
    (ConnectionError, "连接被对方中断"),
)


def _decoded(text: bytes) -> str:
    """Read a reply's text, which no standard puts in a charset: relays here also speak GB18030."""
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("gb18030", "replace")


def _verdict(code: int, stage: Stage) -> Verdict:
    if code == _CLOSING or code in _LOGIN_WANTED:
        return Verdict.UNAVAILABLE
    if stage is Stage.SENDER and code != _TOO_LARGE:
        return Verdict.UNAVAILABLE
    match code // 100:
        case 2 if stage is Stage.FINAL_DOT:
            return Verdict.ACCEPTED
        case 4:
            return Verdict.DEFERRED
        case 5:
            return Verdict.REFUSED
    return Verdict.IN_DOUBT if stage is Stage.FINAL_DOT else Verdict.UNAVAILABLE
