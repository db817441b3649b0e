"""Writes a message as the bytes of the wire and of .eml files (RFC 5322, 2045, 2047, 2231).

The standard library's newer EmailMessage reads back every header that it is given: a subject
that spells `=?utf-8?q?a=0D=0ABcc:…?=` became a Bcc line of its own (seen on Python 3.11.7). The
older classes used here encode what they are given and never decode it.
"""

import re
import unicodedata
from email.encoders import encode_base64
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime
from typing import Any

from notifications.message import Attachment, OutgoingMessage, UnsendableError

_WIRE = compat32.clone(linesep="\r\n")
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]+@[!-;=?A-~]+>")
_MAILBOX = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,253}")
_CONTENT_TYPE = re.compile(r"([a-z]+)/([a-z0-9.+-]+)")
_NOT_IN_A_FILE_NAME = re.compile(r'[\\/:*?"<>|]')
_LINE_END = re.compile(r"\r\n|\r|\n")
_BREAKS = {"Cc", "Cs", "Zl", "Zp"}  # controls with CR, LF and NUL, lone surrogates, line separators
_BIDI = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def mime_of(message: OutgoingMessage, *, sender_address: str) -> bytes:
    """Return the whole message, 7-bit with CRLF line ends, with exactly the headers named here.

    Raises UnsendableError where a header would have to carry a line break or a control character;
    marks that turn the direction of writing are left out, since they only deceive the eye.
    """
    body = MIMEText(_canonical(message.text), "plain", "utf-8", policy=_WIRE)
    whole: Message[Any, Any] = body  # the stubs know no Header as a value
    if message.attachments:
        whole = MIMEMultipart(policy=_WIRE)
        whole.attach(body)
        for attachment in message.attachments:
            whole.attach(_part(attachment))
    whole["Message-ID"] = _message_id(message.message_id)
    whole["Date"] = format_datetime(message.dated_at)
    whole["From"] = _person(message.sender_name, mailbox(sender_address), field="发件人")
    whole["To"] = _recipient(message)
    whole["Subject"] = _words("Subject", header_text(message.subject, field="主题"))
    whole["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
    return whole.as_bytes()


def mailbox(address: str) -> str:
    """Return the address as it is if it can stand in an SMTP command (ASCII, one @, no quoting)."""
    if not _MAILBOX.fullmatch(address):
        raise UnsendableError(f"邮箱地址不能用：{address!r}", advice="请在联系人表中改正这个地址。")
    return address


def header_text(text: str, *, field: str) -> str:
    """Return text fit for a header; `field` is its Chinese name, for the refusal."""
    if any(unicodedata.category(character) in _BREAKS for character in text):
        raise UnsendableError(
            f"{field}中有换行或控制字符：{text[:40]!r}", advice=f"请改正{field}后重新发送。"
        )
    return text.translate(_BIDI)


def _message_id(message_id: str) -> str:
    if not _MESSAGE_ID.fullmatch(message_id):
        raise UnsendableError(f"消息编号不能用：{message_id!r}")
    return message_id


def _recipient(message: OutgoingMessage) -> Header:
    if message.address:
        return _person(message.recipient_name, mailbox(message.address), field="收件人")
    header = _words("To", header_text(message.recipient_name, field="收件人") or "未署名")
    header.append(":;", "us-ascii")  # a group without members: a name that has no mailbox
    return header


def _person(name: str, address: str, *, field: str) -> Header:
    name = header_text(name, field=field)
    header = _words("From", name) if name else Header(header_name="From")
    header.append(f"<{address}>", "us-ascii")
    return header


def _words(header_name: str, text: str) -> Header:
    """Encode even plain ASCII: what looks like an encoded word then arrives as it was typed."""
    return Header(text, "utf-8", header_name=header_name)


def _part(attachment: Attachment) -> Message:
    name = _NOT_IN_A_FILE_NAME.sub("_", header_text(attachment.name, field="附件名")) or "附件"
    content_type = _CONTENT_TYPE.fullmatch(attachment.content_type)
    if content_type is None:
        raise UnsendableError(f"附件《{name}》的类型不能用：{attachment.content_type!r}")
    part = MIMEBase(*content_type.groups(), policy=_WIRE)
    part.set_payload(attachment.content)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
    return part


def _canonical(text: str) -> str:
    """Return text with CRLF line ends (RFC 2046, 4.1.1), and a ? for what UTF-8 cannot carry."""
    lines = _LINE_END.sub("\r\n", text)
    return lines.encode("utf-8", "replace").decode("utf-8")
