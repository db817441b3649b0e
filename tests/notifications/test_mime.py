from email import message_from_bytes
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from email.policy import default

import pytest

from notifications.message import Attachment, UnsendableError
from notifications.mime import mime_of
from tests.notifications.messages import a_message

HEADERS = {
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Message-ID",
    "Date",
    "From",
    "To",
    "Subject",
    "Auto-Submitted",
}
NOTICE = Attachment(
    name="章贡督办〔2025〕1号 督办通知.docx",
    content=b"PK\x03\x04\r\n.\r\n",
    content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=default)


def wire(address: str = "lan@zhujian.test", **changes: object) -> bytes:
    return mime_of(a_message(address, **changes), sender_address="duban@office.test")


def test_a_message_has_exactly_these_headers_once_each() -> None:
    mail = parsed(wire(message_id="<1b2c@office.test>"))

    assert sorted(mail.keys()) == sorted(HEADERS)
    assert mail["Message-ID"] == "<1b2c@office.test>"
    assert mail["Date"] == "Thu, 02 Jan 2025 01:00:00 +0000"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_chinese_names_subject_and_text_arrive_as_written() -> None:
    mail = parsed(wire())

    assert mail["Subject"] == "今日督办提醒：2 项逾期"
    sender, recipient = mail["From"], mail["To"]
    assert isinstance(sender, AddressHeader)
    assert isinstance(recipient, AddressHeader)
    assert (sender.addresses[0].display_name, sender.addresses[0].addr_spec) == (
        "领导小组办公室",
        "duban@office.test",
    )
    assert recipient.addresses[0].display_name == "区住建局"
    assert mail.get_content() == "1. 老旧小区改造，逾期 3 天\r\n2. 管网<A&B>段，逾期 1 天\r\n"


def test_an_attachment_arrives_whole_under_its_chinese_name() -> None:
    mail = parsed(wire(attachments=(NOTICE,)))

    (part,) = mail.iter_attachments()
    assert part.get_filename() == NOTICE.name
    assert part.get_content_type() == NOTICE.content_type
    assert part.get_payload(decode=True) == NOTICE.content
    assert b"filename*=utf-8''%E7%AB%A0" in wire(attachments=(NOTICE,))  # RFC 2231


def test_the_wire_sees_only_seven_bits_short_lines_and_crlf() -> None:
    raw = wire(
        subject="长" * 200, recipient_name="名" * 60, text="字" * 5000, attachments=(NOTICE,)
    )

    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998  # RFC 5322, 2.1.1


@pytest.mark.parametrize("field", ["subject", "sender_name", "recipient_name"])
@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("提醒\r\nBcc: spy@evil.test", id="CRLF"),
        pytest.param("提醒\nBcc: spy@evil.test", id="LF"),
        pytest.param("提醒\rBcc: spy@evil.test", id="CR"),
        pytest.param("提醒\r\n Bcc: spy@evil.test", id="folded"),
        pytest.param("提醒\0", id="NUL"),
        pytest.param("提醒\x0bBcc: spy@evil.test", id="vertical tab"),
        pytest.param("提醒\u2028Bcc: spy@evil.test", id="line separator"),
        pytest.param("提醒\ud800", id="half a character"),
    ],
)
def test_a_line_break_in_a_header_is_refused(field: str, hostile: str) -> None:
    with pytest.raises(UnsendableError, match="换行或控制字符"):
        wire(**{field: hostile})


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("=?utf-8?q?a=0D=0ABcc:_spy@evil.test?=", id="encoded word with CRLF"),
        pytest.param("=?utf-8?b?YQ0KQmNjOiBzcHlAZXZpbC50ZXN0?=", id="encoded word in base64"),
        pytest.param('督查", <spy@evil.test>', id="quote and second address"),
        pytest.param("Bcc: spy@evil.test", id="looks like a header"),
        pytest.param("a,b;c:(d)<e>[f]\\", id="address punctuation"),
        pytest.param("plain words", id="plain"),
        pytest.param("=?utf-8?q?a=0D=0ABcc:_x?=" * 20, id="long"),
    ],
)
def test_what_looks_like_mail_syntax_arrives_as_typed_and_adds_no_header(hostile: str) -> None:
    raw = wire(subject=hostile, sender_name=hostile, recipient_name=hostile)

    mail = parsed(raw)
    assert sorted(mail.keys()) == sorted(HEADERS)
    assert mail["Subject"] == hostile
    for field, address in (("From", "duban@office.test"), ("To", "lan@zhujian.test")):
        header = mail[field]
        assert isinstance(header, AddressHeader)
        assert [a.addr_spec for a in header.addresses] == [address]


def test_marks_that_turn_the_writing_direction_are_left_out() -> None:
    cod = Attachment(name="报告\u202excod.exe", content=b"")

    mail = parsed(wire(subject="通知\u202e\u2066", attachments=(cod,)))

    assert mail["Subject"] == "通知"
    assert [part.get_filename() for part in mail.iter_attachments()] == ["报告xcod.exe"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("../../etc/passwd", ".._.._etc_passwd", id="path"),
        pytest.param('a";x="b.pdf', "a_;x=_b.pdf", id="quotes"),
        pytest.param(
            "=?utf-8?q?a=0D=0ABcc:_x?=.pdf", "=_utf-8_q_a=0D=0ABcc__x_=.pdf", id="RFC 2047"
        ),
    ],
)
def test_a_hostile_attachment_name_stays_one_file_name(name: str, shown: str) -> None:
    mail = parsed(wire(attachments=(Attachment(name=name, content=b"x"),)))

    (part,) = mail.iter_attachments()
    assert part.get_filename() == shown
    assert sorted(part.keys()) == sorted(
        ["Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Content-Disposition"]
    )


@pytest.mark.parametrize(
    "attachment",
    [
        pytest.param(Attachment(name="a\r\nBcc: x.pdf", content=b""), id="CRLF in the name"),
        pytest.param(Attachment(name="a", content=b"", content_type="x\r\nBcc: y/z"), id="type"),
    ],
)
def test_an_attachment_that_would_break_out_of_its_header_is_refused(
    attachment: Attachment,
) -> None:
    with pytest.raises(UnsendableError):
        wire(attachments=(attachment,))


@pytest.mark.parametrize(
    "address",
    [
        "lan@zhujian.test\r\nRCPT TO:<spy@evil.test>",
        "lan@zhujian.test>",
        "lan@zhujian.test,spy@evil.test",
        "lan",
        "兰@zhujian.test",
        "a b@zhujian.test",
        "@zhujian.test",
    ],
    ids=ascii,
)
def test_what_is_no_single_plain_address_is_refused(address: str) -> None:
    with pytest.raises(UnsendableError, match="邮箱地址不能用"):
        wire(address=address)


@pytest.mark.parametrize("message_id", ["", "1@x", "<1@x>\r\nBcc: y", "<1@x> <2@x>", "<1>"])
def test_a_message_id_that_is_none_is_refused(message_id: str) -> None:
    with pytest.raises(UnsendableError, match="消息编号"):
        wire(message_id=message_id)


def test_a_recipient_without_an_address_is_named_as_an_empty_group() -> None:
    recipient = parsed(wire(address=""))["To"]

    assert isinstance(recipient, AddressHeader)
    assert recipient.groups[0].display_name == "区住建局"
    assert recipient.addresses == ()


def test_half_a_character_in_the_text_costs_one_question_mark_not_the_message() -> None:
    assert parsed(wire(text="好\ud800")).get_content().strip() == "好?"
